// The language of the window. Reading a message inside a template makes it follow a switch at once.
import { m } from "./generated/messages";
import { overwriteGetLocale } from "./generated/runtime";

export type Locale = "nl" | "en";
const now = $state<{ locale: Locale }>({ locale: "nl" });
overwriteGetLocale(() => now.locale);

export { m };
export const locale = () => now.locale;
export function setLocale(next: Locale) {
  now.locale = next;
  document.documentElement.lang = next;
}

const all = m as unknown as Record<string, ((inputs: Record<string, unknown>) => string) | undefined>;
export const has = (key: string) => key in all;
/** A message whose key is only known at run time; `other` is what to say when there is none. */
export const say = (key: string, inputs: Record<string, unknown> = {}, other = key) => all[key]?.(inputs) ?? other;

export const fieldName = (id: string) => say(`field_${id}`, {}, id.replaceAll("_", " "));
/** One entry of a list whose name is that of many. */
export const entryName = (field: string) => say(`one_${field}`, {}, fieldName(field));
export const kindName = (id: string) => say(`kind_${id}`, {}, id);
export const kindNames = (id: string) => say(`kinds_${id}`, {}, id);
export const sectionName = (id: string) => say(`section_${id}`, {}, id);
/** The Practice circle and one's own have a name of the program; others have the one people gave. */
export const circleName = (c: { name: string; kind: string; mine?: boolean }) =>
  c.kind === "stand_in" ? m.circle_stand_in() : c.kind === "practice" ? m.circle_practice() : c.kind === "own" && c.mine ? m.circle_own() : c.name;
/** Built-in groups have a name of the program. */
export const groupName = (name: string) => say(`group_${name}`, {}, name);
export const choiceName = (field: string, id: string) => say(`choice_${field}_${id}`, {}, id);
