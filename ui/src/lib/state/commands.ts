// What the palette offers and the keyboard reaches.
import { m } from "../i18n/index.svelte";
import { app } from "./app.svelte";
import { open } from "./open.svelte";
import { route } from "./route.svelte";
import { veil } from "./veil.svelte";

export type Command = { id: string; name: string; key?: string; act: () => void };
export const allCommands = (): Command[] => [
  { id: "new", name: m.key_new(), key: "Ctrl+N", act: () => open.show("new-dossier") },
  { id: "today", name: m.go_to({ place: m.nav_today() }), act: () => route.go({ view: "today" }) },
  { id: "clients", name: m.go_to({ place: m.nav_clients() }), act: () => route.go({ view: "clients" }) },
  { id: "lock", name: m.lock_now(), key: "Ctrl+L", act: () => void app.lock() },
  { id: "veil", name: m.veil_on(), key: "F9", act: veil.toggle },
  { id: "import", name: m.import_title(), act: () => route.go({ view: "import" }) },
  { id: "export", name: m.export_title(), act: () => open.show("export") },
  { id: "matrix", name: m.go_to({ place: m.manage_matrix() }), act: () => route.go({ view: "manage", tab: "matrix" }) },
  { id: "people", name: m.go_to({ place: m.manage_people() }), act: () => route.go({ view: "manage", tab: "people" }) },
  ...(app.session?.administrator ? [{ id: "log", name: m.go_to({ place: m.nav_log() }), act: () => route.go({ view: "log" }) }] : []),
  { id: "bin", name: m.go_to({ place: m.bin_title() }), act: () => route.go({ view: "bin" }) },
  { id: "settings", name: m.nav_settings(), key: "Ctrl+,", act: () => route.go({ view: "settings" }) },
  { id: "password", name: m.change_password(), act: () => open.show("password") },
  { id: "shortcuts", name: m.shortcuts(), key: "Ctrl+/", act: () => open.show("shortcuts") },
];

const keys: Record<string, () => void> = {
  "ctrl+k": () => open.show("palette"),
  "ctrl+n": () => open.show("new-dossier"),
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
