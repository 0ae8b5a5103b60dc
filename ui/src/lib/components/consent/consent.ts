// Consents as people read them, and who may give them.
import { day } from "../../i18n/format";
import { fieldName, m, say } from "../../i18n/index.svelte";
import type { ConsentLine, Entry, GroundLine } from "../../ipc/bindings";

/** Whether an entry says that somebody speaks for the person on this day, ISO 8601. */
export const speaks = (e: Entry, today: string) =>
  ["representatives", "authorisations"].includes(e.field) && (e.content.on ?? today) <= today && (e.content.until ?? today) >= today;
export const capacityOf = (e: Entry) => say(`capacity_${e.field === "authorisations" ? "authorised" : (e.content.role ?? "")}`);
export const partName = (part: string) => say(`use_${part}`, {}, fieldName(part));
/** What it covers, in one line. */
export const covers = (one: ConsentLine | GroundLine) => [one.recipient, one.scope.map(partName).join(", ")].filter(Boolean).join(": ");
export const term = (one: { on: string; until: string }) => (one.until ? m.consent_term({ on: day(one.on), until: day(one.until) }) : m.consent_since({ on: day(one.on) }));
/** Whether something rests on it that ends when it is taken back. */
export const ends = (state: string) => ["valid", "ending", "not_yet", "elsewhere"].includes(state);
