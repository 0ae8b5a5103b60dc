import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { m, setLocale } from "../lib/i18n/index.svelte";
import { app } from "../lib/state/app.svelte";
import { asked, signedIn } from "./window";

describe("the matrix", () => {
  test("three states, each with a word", async () => {
    await signedIn({ view: "manage", tab: "matrix" });
    expect(await screen.findByTestId("matrix-bsn-coach")).toHaveDisplayValue("Wijzigen");
    expect(screen.getByTestId("matrix-bsn-physician")).toHaveDisplayValue("Inzien");
    expect(screen.getByTestId("matrix-bsn-reception")).toHaveDisplayValue("Geen");
    expect(screen.getByTestId("matrix-row-town")).toHaveTextContent("Open: iedereen in de kring");
  });
  test("what a change will do is said first, and nothing happens on cancel", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "matrix" });
    await user.selectOptions(await screen.findByTestId("matrix-bsn-reception"), "view");
    expect(await screen.findByTestId("grant-effect")).toHaveTextContent("Anne-Fleur Smit kan dit daarna zien");
    expect(screen.getByTestId("grant-effect")).toHaveTextContent("Pauline Dijkgraaf moet wachten");
    await user.click(screen.getByText("Annuleren"));
    expect(asked(backend, "set_grant")).toHaveLength(0);
    expect(screen.getByTestId("matrix-bsn-reception")).toHaveValue("none");
  });
  test("confirmed, the right is changed", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "matrix" });
    await user.selectOptions(await screen.findByTestId("matrix-bsn-reception"), "view");
    await user.click(await screen.findByTestId("grant-go").then((b) => waitFor(() => { expect(b).toBeEnabled(); return b; })));
    await waitFor(() => expect(asked(backend, "set_grant")).toEqual([{ field: "bsn", group: "g4", level: "view" }]));
    await waitFor(() => expect(screen.getByTestId("matrix-bsn-reception")).toHaveValue("view"));
  });
  test("who holds a key gives it; who does not, reads whom to ask", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "matrix" });
    const waiting = await screen.findByTestId("waiting");
    expect(waiting).toHaveTextContent("Vraag het aan Pauline Dijkgraaf");
    expect(waiting).toHaveTextContent("Eerst is een getekende verklaring van afgeleid beroepsgeheim nodig.");
    expect(within(waiting).queryByTestId("give-medical_conclusions-Anne-Fleur Smit")).toBeNull();
    await user.click(within(waiting).getByTestId("give-salary-Anne-Fleur Smit"));
    await waitFor(() => expect(asked(backend, "give_waiting")).toEqual([{ key: "k1", user: "u4" }]));
  });
});

test("what was just protected is known everywhere", async () => {
  const { user } = await signedIn({ view: "manage", tab: "matrix" });
  expect(app.field("town")?.protected).toBe(false);
  await user.click(await screen.findByTestId("protect-town"));
  await user.click(await screen.findByTestId("protect-go"));
  await waitFor(() => expect(app.field("town")?.protected).toBe(true));
});
test("one person can, two persons can (kan, kunnen)", () => {
  setLocale("nl");
  expect(m.grant_gain({ names: "A", count: 1 })).toMatch(/^A kan /);
  expect(m.grant_gain({ names: "A en B", count: 2 })).toMatch(/^A en B kunnen /);
  expect([m.import_run({ count: "1" }), m.import_run({ count: "1.200" })]).toEqual(["1 dossier toevoegen", "1.200 dossiers toevoegen"]);
});

describe("settings", () => {
  test("only what the core takes is offered", async () => {
    await signedIn({ view: "settings" });
    expect([...(await screen.findByTestId("password-score")).querySelectorAll("option")].map((o) => o.value)).toEqual(["3", "4"]);
  });
  test("a theme leaves the minutes to the practice; minutes are kept as chosen", async () => {
    const { user, backend } = await signedIn({ view: "settings" });
    await user.click(await screen.findByTestId("theme-dark"));
    await waitFor(() => expect(asked(backend, "save_preferences")).toMatchObject([{ preferences: { theme: "dark", lockMinutes: 0 } }]));
    await fireEvent.change(screen.getByTestId("lock-minutes"), { target: { value: "8" } });
    await waitFor(() => expect(asked(backend, "save_preferences")[1]).toMatchObject({ preferences: { lockMinutes: 8 } }));
    await user.click(screen.getByTestId("theme-light"));
    await waitFor(() => expect(asked(backend, "save_preferences")[2]).toMatchObject({ preferences: { theme: "light", lockMinutes: 8 } }));
  });
});

test("an invitation shows its password once", async () => {
  const { user } = await signedIn({ view: "manage", tab: "people" });
  await user.click(await screen.findByTestId("invite"));
  await user.type(screen.getByTestId("invite-name"), "Kees Hof");
  await user.click(screen.getByTestId("invite-group-coach"));
  await user.click(screen.getByTestId("invite-go"));
  expect(await screen.findByTestId("one-time-password")).toHaveTextContent("wandel-koper-linde-38");
  await user.keyboard("{Escape}");
  await user.keyboard("{Control>},{/Control}");
  expect(screen.getByTestId("one-time-password")).toHaveTextContent("wandel-koper-linde-38");
  await user.click(screen.getByText("Klaar, ik heb het doorgegeven"));
  await waitFor(() => expect(document.body.innerHTML).not.toContain("wandel-koper-linde-38"));
});
test("a lost invitation is renewed, only for who has not signed in yet", async () => {
  const { user, backend } = await signedIn({ view: "manage", tab: "people" });
  await user.click(within(await screen.findByTestId("person-Anne-Fleur Smit")).getByRole("button"));
  await user.click(await screen.findByTestId("user-renew"));
  expect(await screen.findByTestId("one-time-password")).toHaveTextContent("wandel-koper-linde-39");
  expect(asked(backend, "renew_invitation")).toEqual([{ user: "u4" }]);
  await user.click(screen.getByTestId("password-given"));
  await user.click(within(screen.getByTestId("person-Marijke Veenstra")).getByRole("button"));
  await screen.findByTestId("user-demand");
  expect(screen.queryByTestId("user-renew")).toBeNull();
});
