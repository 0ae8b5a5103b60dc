import { fieldName, m, say } from "../../i18n/index.svelte";
import type { DisclosureProfile, FieldLeftOut, WeighedGround } from "../../ipc/bindings";

export const ASKERS = ["employer", "person", "insurer", "uwv", "municipality", "professional", "new_firm"];
export const PURPOSES = ["absence", "progress", "claim", "reintegration", "consultation", "medical_consultation", "transfer"];
export const GROUNDS = ["interest", "need", "harm", "doubt"] as const;
/** Answered so, a ground does not stand in the way. */
const IN_FAVOUR: Record<string, boolean> = { interest: true, need: true, harm: false, doubt: false };

export const askerName = (id: string) => say(`asker_${id}`, {}, id);
export const purposeName = (id: string) => say(`purpose_${id}`, {}, id);
export const outcomeName = (id: string) => say(`outcome_${id}`, {}, id);
export const purposesOf = (profiles: DisclosureProfile[], asker: string) => profiles.filter((p) => p.asker === asker).map((p) => p.purpose);
/** The fields of which a name is made are one thing to people: the name. */
const NAME = ["initials", "given_name", "prefix", "surname"];
export const fieldsInWords = (fields: string[]) => [...(fields.some((f) => NAME.includes(f)) ? [m.disclosed_name()] : []), ...fields.filter((f) => !NAME.includes(f)).map((f) => fieldName(f).toLowerCase())].join(", ");
/** What was left out of a package, by its reason: fields and lists by name, whole dossiers by their number. */
export function leftOutByReason(all: FieldLeftOut[], known: (id: string) => boolean) {
  return [...new Set(all.map((one) => one.reason))].map((reason) => {
    const mine = all.filter((one) => one.reason === reason);
    const named = (field: string) => {
      const count = new Set(mine.filter((one) => one.field === field).map((one) => one.dossier)).size;
      return count > 1 ? `${fieldName(field)} (${m.package_dossiers({ count })})` : fieldName(field);
    };
    const fields = [...new Set(mine.map((one) => one.field).filter(known))];
    return { reason, fields: fields.map(named), dossiers: mine.filter((one) => !known(one.field)).length };
  });
}
/** The grounds that there are by these answers, the first of them first. */
export const standing = (answers: WeighedGround[]) => answers.filter((a) => a.yes !== IN_FAVOUR[a.ground]).map((a) => a.ground);
