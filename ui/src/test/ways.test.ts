// Where one comes, and what one is told there.
import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { day, today } from "../lib/i18n/format";
import { idle } from "../lib/state/idle.svelte";
import { veil } from "../lib/state/veil.svelte";
import { row } from "../mock/people";
import { signedIn } from "./window";

describe("the log", () => {
  test("is not offered to who may not read it", async () => {
    const { user } = await signedIn({ view: "today" }, (b) => (b.administrator = false));
    expect(screen.queryByTestId("nav-log")).toBeNull();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "logboek");
    expect(screen.queryByTestId("command-log")).toBeNull();
    expect(screen.getByTestId("palette")).toHaveTextContent("een postcode of een woord uit een verslag");
  });
  test("names the circle, group or person that it is about", async () => {
    const some = { subject: null, subjectName: null, success: true, count: null, reason: null };
    await signedIn({ view: "log" }, (b) => (b.logged = [
      { ...some, event: "key_given", part: "circle", objectName: "Intake · Bram" },
      { ...some, event: "key_given", part: "bsn", objectName: "Bram" },
      { ...some, event: "group_changed", part: "group", objectName: "coach · Bram", reason: "added" },
      { ...some, event: "exported", part: null, objectName: null, reason: "begun" },
      { ...some, event: "circle_changed", part: "circle", objectName: null },
    ]));
    const texts = (await screen.findAllByTestId("event")).map((e) => e.querySelectorAll("td")[2]!.textContent);
    expect(texts.slice(0, 5)).toEqual(["Sleutel gegeven: Intake · Bram", "Sleutel gegeven: BSN · Bram", "Groep gewijzigd: Coaches · Bram · erbij", "Geëxporteerd: begonnen", "Kring gewijzigd: kring"]);
  });
  test("says so when no dossier is found", async () => {
    const { user } = await signedIn({ view: "log" });
    await user.type(await screen.findByTestId("log-filter"), "qqqq");
    expect(await screen.findByText("Geen dossier gevonden dat u mag zien")).toBeVisible();
  });
});

describe("Ctrl+K", () => {
  test("shows where it was found as people write it, and the keyboard goes along to the dossier", async () => {
    const r = row(2);
    const { user } = await signedIn({ view: "today" }, (b) => (b.hits = [
      { row: r, field: "name", snippet: r.name, marks: [[0, 2]] }, { row: r, field: "date_of_birth", snippet: "1986-04-12", marks: [[0, 4]] }, { row: r, field: "town", snippet: "Utrecht", marks: [[0, 2]] },
    ]));
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "1986");
    await waitFor(() => expect(screen.getAllByTestId("hit")[1]).toHaveTextContent("Geboortedatum: 12-04-1986"));
    expect(screen.getAllByTestId("hit")[0]).not.toHaveTextContent("name");
    expect(screen.getAllByTestId("hit")[2]!.querySelector("mark")).toHaveTextContent("Ut");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("dossier-name")).toHaveFocus());
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "1986");
    await waitFor(() => expect(screen.getAllByTestId("hit")).toHaveLength(3));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("dossier-name")).toHaveFocus());
  });
});

describe("today", () => {
  test("who has dossiers is not told to make the first one", async () => {
    await signedIn({ view: "today" }, (b) => (b.recent = []));
    expect(await screen.findByTestId("list-card")).toHaveTextContent("300 dossiers");
    expect(screen.queryByTestId("start-first")).toBeNull();
  });
  test("who has none is", async () => {
    await signedIn({ view: "today" }, (b) => (b.count = 0));
    await screen.findByTestId("start-first");
  });
});
test("who works with others but is in no circle with dossiers, reads what to do", async () => {
  await signedIn({ view: "clients" }, (b) => (b.count = 0));
  expect(await screen.findByText("U zit nog in geen kring met dossiers")).toBeVisible();
});
test("no contacts is not no story; a day that is to come is noticed, and kept", async () => {
  const { user } = await signedIn({ view: "dossier", id: "d2", tab: "contacts" }, (b) => (b.entries = []));
  expect(await screen.findByText("Nog geen contact vastgelegd")).toBeVisible();
  const box = screen.getByTestId("note-date");
  expect(screen.queryByTestId("note-ahead")).toBeNull();
  expect(box).toHaveValue(day(today()));
  await user.clear(box);
  await user.type(box, "01-02-2999");
  expect(await screen.findByTestId("note-ahead")).toHaveTextContent("ligt in de toekomst");
  await user.type(screen.getByTestId("note-text"), "x");
  expect(screen.getByTestId("note-save")).toBeEnabled();
});
test("F9 covers what is typed about somebody involved", async () => {
  const { user } = await signedIn({ view: "dossier", id: "d2", tab: "involved" });
  await user.click(await screen.findByTestId("involved-new"));
  const box = await screen.findByTestId("involved-name");
  veil.set(true);
  expect(box.matches("[data-veil] .modal input")).toBe(true);
  const css = Object.values(import.meta.glob("../styles/base.css", { eager: true, query: "?raw", import: "default" }))[0] as string;
  expect(css).toContain(".modal input:not(");
});
test("the ring says how long, in sight when it is soon", async () => {
  await signedIn();
  const ring = await screen.findByTestId("lock-ring");
  expect(ring).toHaveAccessibleName(/^Vergrendelt over \d+ min$/);
  idle.begin(Date.now() + 90_000);
  await waitFor(() => expect(ring).toHaveTextContent("2 min"));
  idle.begin(Date.now() + 30_000);
  await waitFor(() => expect(ring).toHaveTextContent(/^(30|29) s$/));
});
