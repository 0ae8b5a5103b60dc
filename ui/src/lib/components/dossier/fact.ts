// What an entry that was filled in says, as people read it.
import { day, shown, today } from "../../i18n/format";
import { m, say } from "../../i18n/index.svelte";
import type { EntryContent } from "../../ipc/bindings";
import { app } from "../../state/app.svelte";
import { FACTS } from "./entry";

export const shapeOf = (field: string) => app.field(field)?.shape ?? "note";
export const isFact = (field: string) => FACTS.includes(shapeOf(field));

export const wageText = (c: EntryContent) => [c.amount && shown("money", "", c.amount), c.hours && m.fact_hours_shown({ hours: c.hours.replace(".", ",") })].filter(Boolean).join(" · ");
export const partName = (c: EntryContent) => c.title || (c.dossier ? m.a_dossier() : "");
/** In one line, for the history. */
export function factLine(c: EntryContent): string {
  if (c.amount) return wageText(c);
  const named = c.dossier || c.role ? partName(c) : c.title;
  return [c.role && say(`part_${c.role}`), named, c.until && m.fact_valid_until({ day: day(c.until) })].filter(Boolean).join(" · ");
}

const WARN_DAYS = 60;
const noon = (iso: string) => new Date(`${iso}T12:00`).getTime();
/** Negative once it has ended. */
export const daysLeft = (until: string) => Math.round((noon(until) - noon(today())) / 864e5);
/** That it ends soon or has ended; empty while there is time. The last day still counts. */
export function ending(until: string | null): string {
  if (!until) return "";
  const days = daysLeft(until);
  if (days < 0) return m.fact_ended();
  return days > WARN_DAYS ? "" : days === 0 ? m.fact_ends_today() : m.fact_ends({ count: days });
}
