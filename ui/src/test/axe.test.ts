import axe from "axe-core";
import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import App from "../App.svelte";
import { setLocale } from "../lib/i18n/index.svelte";
import { open, type Over } from "../lib/state/open.svelte";
import type { Place } from "../lib/state/route.svelte";
import { core, signedIn } from "./window";

async function clean() {
  document.title = "Dossierkluis";
  setLocale("nl");
  // Colours are measured in a real window: jsdom paints nothing.
  const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`)).toEqual([]);
}

const places: [string, Place, string][] = [
  ["today", { view: "today" }, "recent"], ["clients", { view: "clients" }, "client-row"], ["story", { view: "dossier", id: "d2" }, "entry"],
  ["fields", { view: "dossier", id: "d2", tab: "fields" }, "field-bsn"], ["goals", { view: "dossier", id: "d2", tab: "goals" }, "goal"],
  ["involved", { view: "dossier", id: "d2", tab: "involved" }, "involved"], ["contacts", { view: "dossier", id: "d2", tab: "contacts" }, "entry"],
  ["documents", { view: "dossier", id: "d2", tab: "documents" }, "document"], ["import", { view: "import" }, "import-choose"], ["bin", { view: "bin" }, "bin-item"], ["people", { view: "manage", tab: "people" }, "invite"],
  ["matrix", { view: "manage", tab: "matrix" }, "matrix"], ["groups", { view: "manage", tab: "groups" }, "group-new"], ["circles", { view: "manage", tab: "circles" }, "circle-new"],
  ["employees", { view: "employees" }, "employee-row"], ["relations", { view: "relations" }, "relation-row"], ["gate", { view: "dossier", id: "m1" }, "vault-gate"], ["employee", { view: "dossier", id: "m3" }, "entry"], ["vaults", { view: "manage", tab: "vaults" }, "vault-Personeel"],
  ["invoices", { view: "manage", tab: "invoices" }, "invoice-row"], ["log", { view: "log" }, "event"], ["settings", { view: "settings" }, "practice-settings"], ["style", { view: "settings" }, "style-settings"],
];
test.each(places)("axe: %s", async (_, place, mark) => {
  await signedIn(place);
  await screen.findAllByTestId(mark);
  await clean();
});
test.each<[Over, string]>([["palette", "palette"], ["shortcuts", "shortcuts"], ["new-dossier", "new-dossier-dialog"], ["new-employee", "new-employee-dialog"], ["new-relation", "new-relation-dialog"], ["export", "export-dialog"], ["mailing", "mailing-dialog"], ["password", "change-password-dialog"]])("axe: %s", async (over, mark) => {
  await signedIn();
  open.show(over);
  await screen.findByTestId(mark);
  await clean();
});
test.each([["none", "first-run"], ["locked", "sign-in-view"]] as const)("axe: %s", async (state, mark) => {
  core((b) => (b.status = { ...b.status, state }));
  render(App);
  await screen.findByTestId(mark);
  await clean();
});
