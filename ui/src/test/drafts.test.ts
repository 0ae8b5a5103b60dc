import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { drafts, KEEP_MS } from "../lib/state/drafts.svelte";
import { asked, core, held, locking, signedIn } from "./window";

describe("open texts", () => {
  test("reach the store within 250 ms, however fast one types", async () => {
    vi.useFakeTimers();
    const backend = core();
    for (let i = 1; i <= 20; i++) {
      drafts.keep("d1", "session_notes", "x".repeat(i));
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(asked(backend, "keep_draft").length).toBeGreaterThanOrEqual(3);
    expect(asked(backend, "keep_draft").length).toBeLessThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(KEEP_MS);
    expect(asked(backend, "keep_draft").at(-1)).toMatchObject({ text: "x".repeat(20) });
    expect(drafts.stateOf("d1", "session_notes")).toBe("kept");
    drafts.clear();
  });
  test("a note is kept while typing and saved with Ctrl+Enter", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
    await user.type(await screen.findByTestId("note-text"), "Sanne belde.");
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Concept bewaard"));
    expect(backend.drafts).toMatchObject([{ dossier: "d2", field: "session_notes", text: "Sanne belde." }]);
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(asked(backend, "add_entry")).toHaveLength(1));
    await waitFor(() => expect(screen.getByTestId("note-text")).toHaveValue(""));
    expect(backend.drafts).toEqual([]);
    expect(screen.getAllByTestId("entry")[0]).toHaveTextContent("Sanne belde.");
  });
  test("what is typed while a note is being saved stays, and once is once", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
    const box = await screen.findByTestId("note-text");
    const go = held(backend, "add_entry");
    await user.type(box, "Eerste.{Control>}{Enter}{Enter}{/Control} Tweede.");
    go();
    await waitFor(() => expect(box).toHaveValue("Tweede."));
    await waitFor(() => expect(backend.drafts).toMatchObject([{ text: "Tweede." }]));
    expect(asked(backend, "add_entry")).toMatchObject([{ content: { text: "Eerste." } }]);
    expect(box).toHaveFocus();
  });
  test("another kind takes the text along, but never over an open text", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" }, (b) => (b.drafts = [{ dossier: "d2", name: "", field: "interventions", text: "Weekkaart", at: new Date().toISOString() }]));
    const box = await screen.findByTestId("note-text");
    await user.selectOptions(screen.getByTestId("note-kind"), "session_notes");
    expect(box).toHaveValue("Weekkaart");
    await user.selectOptions(screen.getByTestId("note-kind"), "interventions");
    await user.selectOptions(screen.getByTestId("note-kind"), "session_notes");
    drafts.keep("d2", "contact_log", "Belde terug");
    await user.selectOptions(screen.getByTestId("note-kind"), "contact_log");
    expect(box).toHaveValue("Belde terug");
    await user.selectOptions(screen.getByTestId("note-kind"), "session_notes");
    expect(box).toHaveValue("Weekkaart");
    await drafts.flush();
    expect(backend.drafts.map((d) => d.text).sort()).toEqual(["Belde terug", "Weekkaart"]);
  });
  test("the lock takes along what was typed a moment ago, and leaves nothing in the window", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
    await user.type(await screen.findByTestId("note-text"), "Half een zin");
    backend.status = { ...backend.status, state: "locked" };
    await locking();
    await screen.findByTestId("sign-in-view");
    expect(backend.drafts.at(-1)).toMatchObject({ text: "Half een zin" });
    expect(drafts.text("d2", "session_notes")).toBe("");
    expect(document.body.innerHTML).not.toContain("Half een zin");
  });
  test("after signing in the text stands where it was left", async () => {
    await signedIn(undefined, (b) => (b.drafts = [{ dossier: "d2", name: "", field: "interventions", text: "Weekkaart bespr", at: new Date().toISOString() }])).then(async ({ user }) => {
      await user.click(await screen.findByTestId("draft"));
      expect(await screen.findByTestId("note-text")).toHaveValue("Weekkaart bespr");
      expect(screen.getByTestId("note-kind")).toHaveValue("interventions");
    });
  });
  test("a field that was being edited stands open again", async () => {
    await signedIn({ view: "dossier", id: "d2" }, (b) => (b.drafts = [{ dossier: "d2", name: "", field: "town", text: "Leid", at: new Date().toISOString() }]));
    expect(await screen.findByTestId("edit-town")).toHaveValue("Leid");
  });
});
