import { say } from "../../i18n/index.svelte";
import type { DisclosureProfile, WeighedGround } from "../../ipc/bindings";

export const ASKERS = ["employer", "person", "insurer", "uwv", "municipality", "professional", "new_firm"];
export const GROUNDS = ["interest", "need", "harm", "doubt"] as const;
export const REFUSALS = [...GROUNDS, "no_consent"];
/** Answered so, a ground does not stand in the way. */
const IN_FAVOUR: Record<string, boolean> = { interest: true, need: true, harm: false, doubt: false };

export const askerName = (id: string) => say(`asker_${id}`, {}, id);
export const purposeName = (id: string) => say(`purpose_${id}`, {}, id);
export const outcomeName = (id: string) => say(`outcome_${id}`, {}, id);
export const purposesOf = (profiles: DisclosureProfile[], asker: string) => profiles.filter((p) => p.asker === asker).map((p) => p.purpose);
/** The grounds that stand in the way, the first of them first. */
export const against = (answers: WeighedGround[]) => answers.filter((a) => a.ground !== "doubt" && a.yes !== IN_FAVOUR[a.ground]).map((a) => a.ground);
