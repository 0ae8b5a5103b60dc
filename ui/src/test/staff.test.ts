// Employees, relations, and who plays which part.
import { emit } from "@tauri-apps/api/event";
import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import ids from "../lib/i18n/catalogue-ids.json";
import { KINDS } from "../lib/state/kinds";
import { ending } from "../lib/components/dossier/fact";
import { veil } from "../lib/state/veil.svelte";
import { asked, signedIn } from "./window";

const inDays = (days: number) => { const d = new Date(Date.now() + days * 864e5); return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`; };

describe("the lists", () => {
  test("every kind stands in one of them", () => expect(Object.values(KINDS).flat().sort()).toEqual(ids.kinds.map((k) => k.id).sort()));
  test("employees: function, department, location, and the vault with its state", async () => {
    const { user, backend } = await signedIn();
    await user.click(await screen.findByTestId("nav-employees"));
    const rows = await screen.findAllByTestId("employee-row");
    expect(rows.map((r) => r.textContent!.replace(/\s+/g, " ").trim())).toEqual([
      "Hanneke Bos Casemanager Re-integratie Utrecht Personeel, dicht", "Tarik Demir Administratie Bedrijfsbureau Utrecht Personeel, dicht",
      "Loes van Dam Coach Loopbaan Zwolle Directie, open", "Wim Jager Directeur Utrecht Niet voor u",
    ]);
    await user.click(screen.getByTestId("sort-department"));
    await waitFor(() => expect(asked(backend, "list_dossiers").at(-1)).toMatchObject({ query: { kinds: ["employee"], sort: "department" } }));
    await user.click(screen.getAllByTestId("employee-row")[2]!);
    await screen.findByTestId("dossier-name");
    expect(screen.getByTestId("nav-employees")).toHaveAttribute("aria-current", "page");
    await user.click(screen.getByTestId("dossier-back"));
    expect(await screen.findByTestId("employee-list")).toBeVisible();
  });
  test("a dossier that was reached another way stands in its own list", async () => {
    await signedIn({ view: "dossier", id: "r1" });
    expect(await screen.findByTestId("relation-list")).toBeVisible();
    expect(screen.getByTestId("nav-relations")).toHaveAttribute("aria-current", "page");
  });
  test("without a vault the list of employees says to make one", async () => {
    const { user } = await signedIn({ view: "employees" }, (b) => { b.vaults = []; b.staff = false; });
    expect(await screen.findByText("Begin met een kluis")).toBeVisible();
    await user.click(screen.getByTestId("to-vaults"));
    expect(await screen.findByTestId("vaults")).toHaveTextContent("Nog geen kluis");
  });
  test("Ctrl+K finds them too", async () => {
    const { user } = await signedIn();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "demir");
    expect((await screen.findAllByTestId("hit"))[0]).toHaveTextContent("Tarik Demir");
  });
});

describe("a new one", () => {
  test("employee: the vault is opened right there, and everybody of the practice sees the line", async () => {
    const { user, backend } = await signedIn({ view: "employees" }, (b) => b.setVault("v2", { open: false, closesIn: null }));
    await screen.findAllByTestId("employee-row");
    await user.keyboard("{Control>}n{/Control}");
    expect(await screen.findByTestId("create-dossier")).toBeDisabled();
    await waitFor(() => expect(screen.getByTestId("vault-password")).toHaveFocus());
    await user.keyboard("goed{Enter}");
    await waitFor(() => expect(screen.getByTestId("new-given_name")).toHaveFocus());
    await user.keyboard("Noor");
    await user.type(screen.getByTestId("new-surname"), "Hof");
    await user.type(screen.getByTestId("new-job_title"), "Planner");
    await user.click(screen.getByTestId("create-dossier"));
    await waitFor(() => expect(asked(backend, "create_dossier")).toEqual([{ kind: "employee", circle: "c0", vault: "v1", fields: { given_name: "Noor", surname: "Hof", job_title: "Planner" } }]));
    await screen.findByTestId("dossier-name");
  });
  test("relation: a company needs its name alone, a contact person theirs", async () => {
    const { user, backend } = await signedIn({ view: "relations" });
    await user.click(await screen.findByTestId("new-relation"));
    await user.type(await screen.findByTestId("new-organisation"), "De Linde B.V.{Enter}");
    await waitFor(() => expect(asked(backend, "create_dossier")).toEqual([{ kind: "relation", circle: "c0", vault: null, fields: { organisation: "De Linde B.V." } }]));
    await screen.findByTestId("dossier-name");
    await user.keyboard("{Control>}n{/Control}");
    await user.selectOptions(await screen.findByTestId("new-kind"), "contact_person");
    expect(screen.getByTestId("create-dossier")).toBeDisabled();
    await user.type(screen.getByTestId("new-surname"), "Prins");
    await user.click(screen.getByTestId("create-dossier"));
    await waitFor(() => expect(asked(backend, "create_dossier")[1]).toMatchObject({ kind: "contact_person", fields: { surname: "Prins" } }));
  });
});

describe("what is filled in", () => {
  test("a part that names a dossier is a link to it; one from outside is not", async () => {
    const { user } = await signedIn({ view: "dossier", id: "r1" });
    const parts = await screen.findAllByTestId("entry");
    expect(parts.map((p) => p.textContent)).toEqual([expect.stringContaining("Contactpersoon"), expect.stringContaining("Verzekeraar Noord")]);
    expect(within(parts[1]!).queryByTestId("part-link")).toBeNull();
    await user.click(within(parts[0]!).getByTestId("part-link"));
    await waitFor(() => expect(screen.getByTestId("dossier-name")).toHaveTextContent("Jolanda Prins"));
    await waitFor(() => expect(screen.getByTestId("dossier-name")).toHaveFocus());
  });
  test("who plays a part is chosen from those everybody sees", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "r1" });
    await user.click(await screen.findByTestId("add-roles"));
    await user.selectOptions(await screen.findByTestId("part-role"), "case_manager");
    await user.type(screen.getByTestId("part-who"), "hanneke");
    await user.click(await screen.findByTestId("part-hit"));
    expect(asked(backend, "list_dossiers").at(-1)).toMatchObject({ query: { kinds: ["employee", "relation", "department", "contact_person"] } });
    await waitFor(() => expect(screen.getByTestId("part-unlink")).toHaveFocus());
    await user.click(screen.getByTestId("fact-save"));
    await waitFor(() => expect(asked(backend, "add_entry")).toMatchObject([{ id: "r1", field: "roles", content: { role: "case_manager", dossier: "m1", title: "Hanneke Bos" } }]));
  });
  test("a certificate that ends soon or has ended says so", async () => {
    expect([ending(inDays(61)), ending(inDays(60)), ending(inDays(1)), ending(inDays(0)), ending(inDays(-1)), ending(null)]).toEqual(["", "verloopt over 60 dagen", "verloopt over 1 dag", "verloopt vandaag", "verlopen", ""]);
    await signedIn({ view: "dossier", id: "m3", tab: "story" });
    expect(await screen.findByTestId("ends")).toHaveTextContent("verlopen");
  });
  test("Today names what ends, of what lies open, and leads there", async () => {
    const { user, backend } = await signedIn({ view: "today" }, (b) => b.facts.forEach((e) => { if (e.content.until) e.content.until = inDays(e.of === "m3" ? -12 : 25); }));
    const card = await screen.findByTestId("endings-card");
    expect(card).toHaveTextContent("Loes van DamVOG12 dagen geleden verlopen");
    expect(card).not.toHaveTextContent("BHV");
    backend.setVault("v1", { open: true, closesIn: 600 });
    await emit("vaults");
    await waitFor(() => expect(card).toHaveTextContent("Hanneke BosBHVover 25 dagen"));
    veil.set(true);
    await waitFor(() => expect(card).toHaveTextContent("H. B.▒▒▒over 25 dagen"));
    expect(card).not.toHaveTextContent(/Loes|VOG|BHV/);
    veil.set(false);
    backend.setVault("v1", { open: false, closesIn: null });
    await emit("vaults");
    await waitFor(() => expect(screen.getAllByTestId("ending")).toHaveLength(1));
    await user.click(screen.getByTestId("ending"));
    await waitFor(() => expect(screen.getByTestId("dossier-name")).toHaveTextContent("Loes van Dam"));
  });
  test("a wage: the amount as people write it, refused beside its box", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "m3", tab: "story" });
    backend.failures.set("add_entry", { code: "invalid_value", params: { field: "wage_history", reason: "money_form" } });
    await user.click(await screen.findByTestId("add-wage_history"));
    await user.type(await screen.findByTestId("fact-amount"), "3.900,00");
    expect(screen.getByTestId("fact-save")).toBeDisabled();
    await user.type(screen.getByTestId("fact-hours"), "32");
    await user.type(screen.getByTestId("fact-on"), "1-1-2026");
    await user.click(screen.getByTestId("fact-save"));
    expect(await screen.findByText(/Dit is geen bedrag/)).toBeVisible();
    expect(screen.getByTestId("fact-amount")).toHaveAttribute("aria-invalid", "true");
    expect(asked(backend, "add_entry")[0]).toMatchObject({ content: { amount: "3.900,00", hours: "32", on: "2026-01-01" } });
  });
  test("it is changed in the same form", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "m1", tab: "story" }, (b) => b.setVault("v1", { open: true, closesIn: 600 }));
    const wage = (await screen.findAllByTestId("entry")).find((e) => e.dataset["field"] === "wage_history")!;
    expect(wage).toHaveTextContent(/€\s3\.850,00 · 32 uur per week/);
    await user.click(within(wage).getByRole("button", { name: "Meer met dit verslag" }));
    await user.click(await screen.findByTestId("entry-edit"));
    const box = await screen.findByTestId("fact-amount");
    expect(box).toHaveValue("3850,00");
    await user.clear(box);
    await user.type(box, "4000");
    await user.click(screen.getByTestId("fact-save"));
    await waitFor(() => expect(asked(backend, "edit_entry")).toMatchObject([{ entry: "f4", content: { amount: "4000", hours: "32" } }]));
  });
});

test("an import of employees goes into a vault that was opened, and leaves out what has a form of its own", async () => {
  const { user, backend } = await signedIn({ view: "import", list: "employees" });
  await user.click(await screen.findByTestId("import-choose"));
  expect(await screen.findByTestId("import-kind")).toHaveValue("employee");
  expect(screen.queryByTestId("import-circle")).toBeNull();
  await user.selectOptions(screen.getByTestId("vault-pick"), "v1");
  expect(screen.getByTestId("import-check")).toBeDisabled();
  await user.type(screen.getByTestId("vault-password"), "goed{Enter}");
  await waitFor(() => expect(screen.getByTestId("import-check")).toBeEnabled());
  const targets = [...screen.getByTestId("mapping-3").querySelectorAll("option")].map((o) => o.value);
  for (const own of ["documents", "id_documents", "roles", "wage_history", "certificates", "trainings"]) expect(targets).not.toContain(own);
  expect(targets).toContain("job_title");
  await user.click(screen.getByTestId("import-check"));
  await waitFor(() => expect(asked(backend, "preview_import")[0]).toMatchObject({ plan: { kind: "employee", circle: "c0", vault: "v1" } }));
});
test("an employee moves to another vault, which is opened first", async () => {
  const { user, backend } = await signedIn({ view: "dossier", id: "m3" });
  await user.click(await screen.findByTestId("dossier-menu"));
  expect(screen.queryByTestId("dossier-move")).toBeNull();
  await user.click(await screen.findByTestId("dossier-vault"));
  expect(await screen.findByTestId("move-vault-go")).toBeDisabled();
  await user.type(screen.getByTestId("vault-password"), "goed{Enter}");
  await waitFor(() => expect(screen.getByTestId("move-vault-go")).toBeEnabled());
  await waitFor(() => expect(screen.getByTestId("move-vault-go")).toHaveFocus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(asked(backend, "move_to_vault")).toEqual([{ dossier: "m3", vault: "v1" }]));
});

test("who plays a part elsewhere reads it in the own dossier", async () => {
  const { user, backend } = await signedIn({ view: "dossier", id: "r1", tab: "story" }, (b) => { b.parts = [{ dossier: "d2", name: "De Eik", kind: "relation", entry: "e9", role: "contact_person" }]; });
  expect(await screen.findByTestId("parts-played")).toHaveTextContent(/Contactpersoon\s*De Eik/);
  await user.click(screen.getByTestId("played-at"));
  await waitFor(() => expect(asked(backend, "open_dossier").at(-1)).toEqual({ id: "d2" }));
});
