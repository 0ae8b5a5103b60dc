import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import ids from "../lib/i18n/catalogue-ids.json";
import { app } from "../lib/state/app.svelte";
import { idle } from "../lib/state/idle.svelte";
import { list, PAGE } from "../lib/state/list.svelte";
import { asked, signedIn } from "./window";

describe("import", () => {
  test("mapping, preview with refusals, and a warning about the file", async () => {
    const { user, backend } = await signedIn({ view: "import" });
    await user.click(await screen.findByTestId("import-choose"));
    const hobby = (await screen.findByTestId("mapping-3")).querySelector("select")!;
    expect(hobby).toHaveValue("");
    await user.selectOptions(hobby, "interests");
    await user.click(screen.getByTestId("import-check"));
    expect(await screen.findByTestId("import-ready")).toHaveTextContent("236");
    expect(screen.getByTestId("import-refused")).toHaveTextContent("3");
    expect(screen.getByTestId("refused")).toHaveTextContent("Deze datum bestaat niet.");
    expect(screen.getByTestId("duplicates")).toHaveTextContent("Sanne van der Berg");
    expect(asked(backend, "run_import")).toHaveLength(0);
    await user.click(screen.getByTestId("import-run"));
    const done = await screen.findByTestId("import-done");
    expect(done).toHaveTextContent("1 rij is geweigerd");
    expect(done).toHaveTextContent("1 rij is overgeslagen");
    expect(done).toHaveTextContent("staan alleen nog in clienten.csv");
    expect(done).not.toHaveTextContent("Verwijder het nu");
    expect(asked(backend, "run_import")[0]).toMatchObject({ plan: { kind: "client", circle: "c1", mapping: ["given_name", "surname", "date_of_birth", "interests"], skipRefused: true, skipDuplicates: true } });
  });
  test("who is probably here already comes in when asked; nothing refused, then the file can go", async () => {
    const { user, backend } = await signedIn({ view: "import" }, (b) => (b.clean = true));
    await user.click(await screen.findByTestId("import-choose"));
    expect(await screen.findByTestId("import-left")).toHaveTextContent("Niet meegenomen: Hobby's.");
    await user.click(screen.getByTestId("import-check"));
    await user.click(await screen.findByTestId("import-skip-duplicates"));
    await waitFor(() => expect(screen.getByTestId("import-ready")).toHaveTextContent("237"));
    await user.click(screen.getByTestId("import-run"));
    expect(await screen.findByTestId("import-done")).toHaveTextContent("Verwijder het nu");
    expect(asked(backend, "run_import")[0]).toMatchObject({ plan: { skipDuplicates: false } });
  });
  test("a street and its house number may both go to the street", async () => {
    const { user } = await signedIn({ view: "import" });
    await user.click(await screen.findByTestId("import-choose"));
    const box = async (n: number) => (await screen.findByTestId(`mapping-${n}`)).querySelector("select")!;
    await user.selectOptions(await box(2), "street");
    await user.selectOptions(await box(3), "street");
    expect(await box(2)).toHaveValue("street");
    expect(screen.getByText(/worden samengevoegd/)).toBeVisible();
    await user.click(screen.getByTestId("import-check"));
    await screen.findByTestId("import-ready");
  });
  test("why an import failed is said", async () => {
    const { user, backend } = await signedIn({ view: "import" });
    backend.failures.set("preview_import", { code: "import", params: { reason: "mapping" } });
    await user.click(await screen.findByTestId("import-choose"));
    await user.click(await screen.findByTestId("import-check"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Twee kolommen staan bij hetzelfde veld");
  });
  test("one field comes from one column only", async () => {
    const { user } = await signedIn({ view: "import" });
    await user.click(await screen.findByTestId("import-choose"));
    await user.selectOptions((await screen.findByTestId("mapping-3")).querySelector("select")!, "surname");
    expect(screen.getByTestId("mapping-1").querySelector("select")).toHaveValue("");
  });
});

test("a field that the chosen kind lacks is not read in, and is back with the kind that has it", async () => {
  const { user, backend } = await signedIn({ view: "import" });
  await user.click(await screen.findByTestId("import-choose"));
  const people = ids.kinds.filter((k) => k.fields.includes("date_of_birth"));
  const kindOf = (field: string, has: boolean) => people.find((k) => k.fields.includes(field) === has)!.id;
  const only = ids.fields.find((f) => f.valueType === "text" && ids.kinds[0]!.fields.includes(f.id) && people.some((k) => !k.fields.includes(f.id)))!.id;
  const box = () => screen.getByTestId("mapping-3").querySelector("select")!;
  await screen.findByTestId("mapping-3");
  await user.selectOptions(box(), only);
  await user.selectOptions(screen.getByTestId("import-kind"), kindOf(only, false));
  expect(box()).toHaveValue("");
  await user.click(screen.getByTestId("import-check"));
  await screen.findByTestId("import-ready");
  expect(asked(backend, "preview_import")[0]).toMatchObject({ plan: { mapping: ["given_name", "surname", "date_of_birth", null] } });
  await user.click(screen.getByText("Terug", { selector: "button:not([aria-label])" }));
  await user.selectOptions(screen.getByTestId("import-kind"), ids.kinds[0]!.id);
  expect(box()).toHaveValue(only);
});

describe("someone is beside me", () => {
  test("F9 covers what is written at a statement", async () => {
    const { user } = await signedIn({ view: "manage", tab: "people" });
    expect(await screen.findByTestId("person-Youssef el Amrani")).toHaveTextContent("map personeel");
    await user.keyboard("{F9}");
    expect(screen.getByTestId("person-Youssef el Amrani")).not.toHaveTextContent("map personeel");
  });
  test("F9 covers names, numbers and notes, and again undoes it", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
    const name = (await screen.findByTestId("dossier-name")).textContent!;
    await user.keyboard("{F9}");
    expect(screen.getByTestId("veil-banner")).toBeVisible();
    expect(screen.getByTestId("dossier-name")).toHaveTextContent("M. t. K.");
    expect(document.body).not.toHaveTextContent("leidinggevende, vóór vrijdag");
    await user.click(screen.getByTestId("tab-fields"));
    expect(await screen.findByTestId("field-mobile")).not.toHaveTextContent("06-12345678");
    await user.click(screen.getByTestId("nav-log"));
    await screen.findAllByTestId("event");
    for (const person of backend.status.users) expect(screen.getByTestId("log")).not.toHaveTextContent(person.name);
    await user.keyboard("{F9}");
    expect(screen.queryByTestId("veil-banner")).toBeNull();
    await user.click(screen.getByTestId("nav-clients"));
    expect(await screen.findByText(name)).toBeVisible();
  });
});

describe("the list", () => {
  test("asks only for what is in sight", async () => {
    const { backend } = await signedIn({ view: "clients" }, (b) => (b.count = 100_000));
    await screen.findAllByTestId("client-row");
    expect(list.total).toBe(100_000);
    expect(screen.getAllByTestId("client-row").length).toBeLessThan(60);
    list.need(50_000, 50_020);
    await waitFor(() => expect(list.row(50_010)).toBeDefined());
    expect(asked(backend, "list_dossiers").map((a) => (a["query"] as { offset: number }).offset)).toContain(500 * PAGE);
    expect(asked(backend, "list_dossiers").length).toBeLessThan(6);
  });
  test("after a save the rows on screen stay, and are asked for again", async () => {
    const { backend } = await signedIn({ view: "clients" }, (b) => (b.count = 1000));
    await screen.findAllByTestId("client-row");
    list.need(250, 270);
    await waitFor(() => expect(list.row(260)).toBeDefined());
    const offsets = () => asked(backend, "list_dossiers").map((a) => (a["query"] as { offset: number }).offset);
    const before = offsets().length;
    list.reload();
    expect(list.row(260)).toBeDefined();
    await waitFor(() => expect(offsets().slice(before)).toEqual([0, 200]));
    await waitFor(() => expect(list.row(0)).toBeDefined());
    expect(list.row(260)).toBeDefined();
  });
  test("another question leaves no row of the old one", async () => {
    const { backend } = await signedIn({ view: "clients" }, (b) => (b.count = 1000));
    await screen.findAllByTestId("client-row");
    list.need(250, 270);
    await waitFor(() => expect(list.row(260)).toBeDefined());
    list.change({ descending: true });
    await waitFor(() => expect(list.row(260)).toBeUndefined());
    expect(asked(backend, "list_dossiers").at(-1)).toMatchObject({ query: { offset: 0, descending: true } });
  });
  test("Ctrl+N makes a dossier of a name alone", async () => {
    const { user, backend } = await signedIn({ view: "clients" });
    await user.keyboard("{Control>}n{/Control}");
    await user.type(await screen.findByTestId("new-given_name"), "Noor");
    await user.type(screen.getByTestId("new-surname"), "Hof");
    await user.click(screen.getByTestId("create-dossier"));
    await screen.findByTestId("dossier-name");
    expect(asked(backend, "create_dossier")).toEqual([{ kind: "client", circle: "c1", vault: null, fields: { given_name: "Noor", surname: "Hof" } }]);
  });
});

describe("shell", () => {
  test("Ctrl+L locks, after keeping what is open", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
    await user.type(await screen.findByTestId("note-text"), "Open tekst");
    await user.keyboard("{Control>}l{/Control}");
    await screen.findByTestId("sign-in-view");
    const order = backend.calls.map(([c]) => c);
    expect(order.indexOf("keep_draft")).toBeGreaterThan(-1);
    expect(order.indexOf("keep_draft")).toBeLessThan(order.indexOf("lock"));
  });
  test("the palette finds dossiers and commands", async () => {
    const { user, backend } = await signedIn();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "inlezen");
    await user.keyboard("{Enter}");
    await screen.findByTestId("import");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "koning");
    await waitFor(() => expect(asked(backend, "search").length).toBeGreaterThan(0));
    await screen.findAllByTestId("hit");
    await user.keyboard("{Enter}");
    await screen.findByTestId("dossier-name");
  });
  test("events that no person made do not put off the lock", async () => {
    const { backend } = await signedIn();
    await fireEvent.keyDown(window, { key: "a" });
    await fireEvent.pointerMove(window);
    expect(asked(backend, "touch")).toHaveLength(0);
    await idle.felt({ isTrusted: true } as Event);
    await idle.felt({ isTrusted: true } as Event);
    expect(asked(backend, "touch")).toHaveLength(1);
  });
  test("typing counts where a first password is chosen, and where a practice was just founded", async () => {
    const { backend } = await signedIn();
    vi.useFakeTimers();
    vi.setSystemTime(Date.now() + 5000);
    app.session = { ...app.session!, first: "change_password" };
    await idle.felt({ isTrusted: true } as Event);
    vi.setSystemTime(Date.now() + 5000);
    [app.session, app.founded] = [null, true];
    await idle.felt({ isTrusted: true } as Event);
    vi.setSystemTime(Date.now() + 5000);
    app.founded = false;
    await idle.felt({ isTrusted: true } as Event);
    expect(asked(backend, "touch")).toHaveLength(2);
  });
});
