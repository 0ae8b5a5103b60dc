// What of a dossier lies behind a vault that is closed, and behind which.
import type { Dossier, VaultInfo } from "../../ipc/bindings";
import { app } from "../../state/app.svelte";
import { STAFF_LIST } from "../../state/kinds";
import { vaults } from "../../state/vaults.svelte";

/** `vault` null: one that this person may not try to open. */
export type Gate = { vault: VaultInfo | null };
const isMedical = (field: string) => app.field(field)?.section === "medical";

/** The vault of an employee, while it is closed. */
export function staffGate(d: Dossier): Gate | null {
  if (!d.vault) return null;
  const vault = vaults.find(d.vault) ?? null;
  return vault?.open ? null : { vault };
}
/** The medical vault, where it keeps something of this dossier shut. */
export function medicalGate(d: Dossier): Gate | null {
  const shut = [...Object.entries(d.fields).filter(([, s]) => s.state === "withheld" && s.reason === "vault_closed"), ...Object.entries(d.withheldEntries).filter(([, reason]) => reason === "vault_closed")];
  const vault = vaults.medical;
  return vault && !vault.open && shut.some(([field]) => isMedical(field)) ? { vault } : null;
}
/** Whether a gate speaks for it, so that nothing more is said about it. */
export const behindGate = (d: Dossier, field: string, reason: string) =>
  isMedical(field) ? reason === "vault_closed" && !!medicalGate(d) : !!staffGate(d) && !STAFF_LIST.includes(field) && (reason === "vault_closed" || reason === "no_grant");
/** Whether it lies in a vault that is closed. */
export const isShut = (d: Dossier, field: string) => (isMedical(field) ? !!medicalGate(d) : !!staffGate(d) && !STAFF_LIST.includes(field));
/** Those that are open now and hold something of this dossier. */
export const openVaults = (d: Dossier) => [vaults.find(d.vault), app.kindFields(d.kind).some(isMedical) ? vaults.medical : undefined].filter((v) => v !== undefined).filter((v) => v.open);
