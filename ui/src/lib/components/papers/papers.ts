// What the papers share.
import type { Dossier } from "../../ipc/bindings";

export const INVOICES = "invoices";
/** Rates, and grounds of exemption. */
export const VAT = ["21", "9", "0", "health", "education", "small"];
export const CHANNELS = ["post", "email", "telephone", "newsletter"];

/** Name and address of a dossier, as far as they are open: a proposal that can be changed. */
export function addressOf(dossier: Dossier, name: string): string {
  const shown = (field: string) => {
    const state = dossier.fields[field];
    return state?.state === "shown" ? (state.value ?? "") : "";
  };
  return [name, shown("street"), `${shown("postcode")} ${shown("town")}`.trim()].filter(Boolean).join("\n");
}
