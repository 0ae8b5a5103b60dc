// What the palette offers and the keyboard reaches.
import { m } from "../i18n/index.svelte";
import { app } from "./app.svelte";
import { open } from "./open.svelte";
import type { ListName } from "./kinds";
import { route } from "./route.svelte";
import { closeNow, vaults } from "./vaults.svelte";
import { veil } from "./veil.svelte";

/** A new one for the list that one works in. */
const forms = { clients: "new-dossier", employees: "new-employee", relations: "new-relation" } as const;
export const newIn = (which: ListName) => open.show(forms[which]);

export type Command = { id: string; name: string; key?: string; act: () => void };
export const allCommands = (): Command[] => [
  { id: "new", name: m.key_new(), ...(route.list === "clients" && { key: "Ctrl+N" }), act: () => newIn("clients") },
  { id: "new-employee", name: m.new_employee(), act: () => newIn("employees") },
  { id: "new-relation", name: m.new_relation(), act: () => newIn("relations") },
  { id: "today", name: m.go_to({ place: m.nav_today() }), act: () => route.go({ view: "today" }) },
  { id: "clients", name: m.go_to({ place: m.nav_clients() }), act: () => route.go({ view: "clients" }) },
  { id: "employees", name: m.go_to({ place: m.nav_employees() }), act: () => route.go({ view: "employees" }) },
  { id: "relations", name: m.go_to({ place: m.nav_relations() }), act: () => route.go({ view: "relations" }) },
  { id: "lock", name: m.lock_now(), key: "Ctrl+L", act: () => void app.lock() },
  { id: "veil", name: m.veil_on(), key: "F9", act: veil.toggle },
  { id: "import", name: m.import_title(), act: () => route.go({ view: "import", list: route.list }) },
  { id: "export", name: m.export_title(), act: () => open.show("export") },
  { id: "receive", name: m.package_receive(), act: () => open.show("receive") },
  { id: "mailing", name: m.mailing_title(), act: () => open.show("mailing") },
  { id: "invoices", name: m.go_to({ place: m.manage_invoices() }), act: () => route.go({ view: "manage", tab: "invoices" }) },
  { id: "register", name: m.go_to({ place: m.register_title() }), act: () => route.go({ view: "manage", tab: "disclosures" }) },
  { id: "matrix", name: m.go_to({ place: m.manage_matrix() }), act: () => route.go({ view: "manage", tab: "matrix" }) },
  { id: "people", name: m.go_to({ place: m.manage_people() }), act: () => route.go({ view: "manage", tab: "people" }) },
  { id: "vaults", name: m.go_to({ place: m.manage_vaults() }), act: () => route.go({ view: "manage", tab: "vaults" }) },
  ...vaults.all.map((v) => v.open
    ? { id: `vault-close-${v.id}`, name: m.vault_close_named({ name: v.name }), act: () => void closeNow(v) }
    : { id: `vault-open-${v.id}`, name: m.vault_open_named({ name: v.name }), act: () => open.unlock(v.id) }),
  ...(app.session?.administrator ? [{ id: "log", name: m.go_to({ place: m.nav_log() }), act: () => route.go({ view: "log" }) }] : []),
  { id: "bin", name: m.go_to({ place: m.bin_title() }), act: () => route.go({ view: "bin" }) },
  { id: "settings", name: m.nav_settings(), key: "Ctrl+,", act: () => route.go({ view: "settings" }) },
  { id: "password", name: m.change_password(), act: () => open.show("password") },
  { id: "shortcuts", name: m.shortcuts(), key: "Ctrl+/", act: () => open.show("shortcuts") },
];

const keys: Record<string, () => void> = {
  "ctrl+k": () => open.show("palette"),
  "ctrl+n": () => newIn(route.list),
  "ctrl+l": () => void app.lock(),
  "ctrl+,": () => route.go({ view: "settings" }),
  "ctrl+/": () => open.show("shortcuts"),
  f9: veil.toggle,
  "ctrl+f": () => {
    const box = document.querySelector<HTMLInputElement>("[data-find]");
    if (box) return box.focus();
    route.go({ view: "clients" });
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>("[data-find]")?.focus());
  },
};
export function onShortcut(e: KeyboardEvent) {
  if (e.altKey) return;
  const key = `${e.ctrlKey || e.metaKey ? "ctrl+" : ""}${e.key.toLowerCase()}`;
  const act = keys[key];
  if (!act) return;
  e.preventDefault();
  // Nothing keeps the lock or the veil away.
  if (!open.held || key === "ctrl+l" || key === "f9") act();
}
