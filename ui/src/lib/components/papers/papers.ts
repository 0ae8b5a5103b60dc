// What the papers share.
import { failureText, isFailure } from "../../i18n/failure";
import { say } from "../../i18n/index.svelte";
import type { Dossier } from "../../ipc/bindings";

/** What was invoiced: issued by the program, and fixed from then on. */
export const INVOICES = "invoices";
/** Rates, and grounds of exemption. */
export const VAT = ["21", "9", "0", "health", "education", "small"];
export const CHANNELS = ["post", "email", "telephone", "newsletter"];
/** Languages of a paper, each in its own words. */
export const LANGUAGES = [{ id: "nl", name: "Nederlands" }, { id: "en", name: "English" }];
export const MEDICAL_WORDS = "medical_words";

/** Why something typed was refused; empty for any other failure. */
export const refusal = (e: unknown) => (isFailure(e) && e.code === "invalid_value" ? (e.params["reason"] ?? "") : "");
/** The same in words, where an invoice has its own for it. */
export const refusalText = (e: unknown) => say(`invoice_reason_${refusal(e)}`, {}, failureText(e));

/** Name and address of a dossier, as far as they are open: a proposal that can be changed. */
export function addressOf(dossier: Dossier): string {
  const shown = (field: string) => {
    const state = dossier.fields[field];
    return state?.state === "shown" ? (state.value ?? "") : "";
  };
  return [dossier.name, shown("street"), `${shown("postcode")} ${shown("town")}`.trim()].filter(Boolean).join("\n");
}
