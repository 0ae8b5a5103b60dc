// What leaves on paper: looked at first, and only what may leave can be saved or printed.
import { screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { resetRegister } from "../mock/disclosures";
import { asked, signedIn } from "./window";

const engine = vi.hoisted(() => ({ ready: Promise.resolve() }));
// jsdom paints nothing: the engine is tried in a real window.
vi.mock("../lib/pdf/engine", () => ({
  Locked: class extends Error {},
  openPdf: async () => ({
    count: 2, size: async () => ({ width: 595, height: 842 }), text: async () => "", close: () => undefined, leave: () => undefined,
    paint: () => ({ done: engine.ready.then(() => document.createElement("canvas")), cancel: () => undefined }),
  }),
}));
beforeEach(() => {
  resetRegister();
  window.print = vi.fn();
  globalThis.IntersectionObserver = class {
    observe() {}
    disconnect() {}
  } as unknown as typeof IntersectionObserver;
});

describe("a letter", () => {
  test("that nobody approved is looked at and does not leave", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "disclosures" });
    await user.click(await screen.findByTestId("request-decide"));
    for (const answer of ["interest-yes", "need-yes", "harm-no", "doubt-no"]) await user.click(await screen.findByTestId(answer));
    await user.click(screen.getByTestId("weigh-preview"));
    await user.click(await screen.findByTestId("letter-paper"));
    await screen.findByTestId("view-pdf");
    expect(screen.queryByTestId("paper-save")).toBeNull();
    expect(screen.queryByTestId("paper-print")).toBeNull();
    await user.click(screen.getByTestId("paper-close"));
    expect(screen.getByTestId("letter-approve")).toBeEnabled();
    expect(asked(backend, "letter_paper")).toEqual([]);
  });
  test("that went is looked at, saved under its reference alone, and printed", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "disclosures" });
    await user.click(await screen.findByTestId("letter-show"));
    await waitFor(() => expect(screen.getByTestId("letter-paper")).toBeEnabled());
    await user.click(screen.getByTestId("letter-paper"));
    await user.click(await screen.findByTestId("paper-save"));
    expect(asked(backend, "save_letter")).toEqual([{ request: "q2", name: "V-1A2B3C4D.pdf" }]);
    const print = await screen.findByTestId("paper-print");
    let paint = () => {};
    engine.ready = new Promise((done) => (paint = done));
    await user.click(print);
    // It keeps the keys while it works, and works once.
    expect(print).toBeEnabled();
    expect(print).toHaveFocus();
    await user.click(print);
    paint();
    await waitFor(() => expect(window.print).toHaveBeenCalledOnce());
    expect(document.querySelectorAll(".printing canvas")).toHaveLength(2);
    await user.click(screen.getByTestId("paper-close"));
    await waitFor(() => expect(document.querySelector(".printing")).toBeNull());
  });
  test("is closed while it is being painted, and then not printed", async () => {
    const { user } = await signedIn({ view: "dossier", id: "d2", tab: "disclosures" });
    await user.click(await screen.findByTestId("letter-show"));
    await waitFor(() => expect(screen.getByTestId("letter-paper")).toBeEnabled());
    await user.click(screen.getByTestId("letter-paper"));
    let broken = (_: Error) => {};
    engine.ready = new Promise((_, breaks) => (broken = breaks));
    await user.click(await screen.findByTestId("paper-print"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("paper-print")).toBeNull());
    broken(new Error("cancelled"));
    engine.ready = Promise.resolve();
    await new Promise((done) => setTimeout(done, 50));
    expect(window.print).not.toHaveBeenCalled();
    expect(document.querySelector(".printing")).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

test("the recovery sheet is looked at in the language of the window, and stays until it is typed back", async () => {
  const { user, backend } = await signedIn({ view: "settings" });
  await user.click(await screen.findByTestId("open-sheet"));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByTestId("password"), "goed{Enter}");
  await user.click(await screen.findByTestId("look-sheet"));
  await screen.findByTestId("view-pdf");
  expect(asked(backend, "sheet_paper")).toEqual([{ language: "nl" }]);
  await user.click(screen.getByTestId("paper-save"));
  expect(asked(backend, "save_recovery_sheet")).toEqual([{ language: "nl" }]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId("paper-preview")).toBeNull());
  expect(screen.getByTestId("recovery-groups")).toBeVisible();
});
