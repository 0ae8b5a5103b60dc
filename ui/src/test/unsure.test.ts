// Words of health or a BSN in what an employer keeps: refused once, and then the writer decides.
import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { EntryChange } from "../lib/ipc/bindings";
import { commands } from "../mock/handle";
import { asked, signedIn } from "./window";

const MEDICAL = { code: "invalid_value", params: { field: "goals", reason: "medical_words" } };

describe("a text that an employer may not keep", () => {
  test("a note: asked, changed, asked again, kept all the same", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "m3", tab: "story" });
    const box = await screen.findByTestId("note-text");
    await user.type(box, "Thuis met een burn-out.{Control>}{Enter}{/Control}");
    expect(await screen.findByTestId("keep-anyway")).toHaveTextContent("In deze tekst lijken medische woorden te staan. Een werkgever mag die niet bewaren, ook niet met toestemming. Er is niets bewaard.");
    expect(screen.getAllByRole("alert")).toHaveLength(1);
    expect(box).toHaveFocus();
    await user.click(screen.getByTestId("keep-change"));
    expect(screen.queryByTestId("keep-anyway")).toBeNull();
    expect(box).toHaveFocus();
    expect(box).toHaveValue("Thuis met een burn-out.");
    await user.keyboard(" Belt vrijdag.{Control>}{Enter}{/Control}");
    await screen.findByTestId("keep-anyway");
    await user.tab();
    await user.tab();
    expect(screen.getByTestId("keep-go")).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(box).toHaveValue(""));
    expect(screen.queryByTestId("keep-anyway")).toBeNull();
    expect(box).toHaveFocus();
    const sent = asked(backend, "add_entry").map((a) => a["content"] as { text: string; confirmed?: boolean });
    expect(sent.map((c) => [c.text, c.confirmed])).toEqual([["Thuis met een burn-out.", undefined], ["Thuis met een burn-out. Belt vrijdag.", undefined], ["Thuis met een burn-out. Belt vrijdag.", true]]);
    expect(backend.drafts).toEqual([]);
  });
  test("another text is not kept unasked", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "m3", tab: "story" });
    await user.type(await screen.findByTestId("note-text"), "Een depressie.");
    await user.click(screen.getByTestId("note-save"));
    await screen.findByTestId("keep-anyway");
    await user.type(screen.getByTestId("note-text"), " Erger.");
    expect(screen.queryByTestId("keep-anyway")).toBeNull();
    await user.click(screen.getByTestId("note-save"));
    await screen.findByTestId("keep-anyway");
    expect(asked(backend, "add_entry").at(-1)).not.toMatchObject({ content: { confirmed: true } });
  });
  test("a change to a note", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "m1", tab: "story" }, (b) => b.setVault("v1", { open: true, closesIn: 600 }));
    const note = (await screen.findAllByTestId("entry")).find((e) => e.dataset["field"] === "personnel_notes")!;
    await user.click(within(note).getByRole("button", { name: "Meer met dit verslag" }));
    await user.click(await screen.findByTestId("entry-edit"));
    await user.type(await screen.findByTestId("entry-text"), " Een burn-out.");
    await user.click(screen.getByTestId("entry-save"));
    await user.click(await screen.findByTestId("keep-go"));
    await waitFor(() => expect(screen.queryByTestId("entry-text")).toBeNull());
    expect(asked(backend, "edit_entry")).toMatchObject([{ entry: "f1" }, { entry: "f1", content: { confirmed: true } }]);
  });
  test("what is filled in: a BSN", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "m3", tab: "story" });
    await user.click(await screen.findByTestId("add-certificates"));
    await user.type(await screen.findByTestId("fact-title"), "VCA");
    await user.type(screen.getByTestId("fact-text"), "Op naam van 111222333");
    await user.click(screen.getByTestId("fact-save"));
    expect(await screen.findByTestId("keep-anyway")).toHaveTextContent("In deze tekst lijkt een BSN te staan. Zet het liever in het veld BSN. Er is niets bewaard.");
    await user.click(screen.getByTestId("keep-change"));
    expect(screen.getByTestId("fact-text")).toHaveFocus();
    await user.click(screen.getByTestId("fact-save"));
    await user.click(await screen.findByTestId("keep-go"));
    await waitFor(() => expect(screen.queryByTestId("fact-dialog")).toBeNull());
    expect(asked(backend, "add_entry").at(-1)).toMatchObject({ field: "certificates", content: { title: "VCA", confirmed: true } });
  });
  test("somebody involved", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "involved" });
    backend.failures.set("add_entry", MEDICAL);
    await user.click(await screen.findByTestId("involved-new"));
    await user.type(screen.getByTestId("involved-name"), "Kees Hof");
    await user.click(screen.getByTestId("involved-save"));
    await screen.findByTestId("keep-anyway");
    backend.failures.clear();
    await user.click(screen.getByTestId("keep-go"));
    await waitFor(() => expect(screen.queryByTestId("involved-dialog")).toBeNull());
    expect(asked(backend, "add_entry").at(-1)).toMatchObject({ content: { title: "Kees Hof", confirmed: true } });
  });
  test("a goal", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "goals" });
    backend.failures.set("add_entry", MEDICAL);
    const box = await screen.findByTestId("goal-new");
    await user.type(box, "Herstel{Enter}");
    await screen.findByTestId("keep-anyway");
    expect(box).toHaveValue("Herstel");
    backend.failures.clear();
    await user.click(screen.getByTestId("keep-go"));
    await waitFor(() => expect(box).toHaveValue(""));
    expect(box).toHaveFocus();
    expect(asked(backend, "add_entry").at(-1)).toMatchObject({ content: { text: "Herstel", state: "open", confirmed: true } });
  });
  test("an earlier version that is put back", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "story" });
    const entry = backend.entries.find((e) => e.id === "e1")!;
    const before = commands["entry_history"]!;
    commands["entry_history"] = (): EntryChange[] => [{ id: "h1", at: entry.created, by: "u2", before: { ...entry.content, text: "Vroeger" } }];
    backend.failures.set("edit_entry", MEDICAL);
    await user.click(within((await screen.findAllByTestId("entry"))[0]!).getByRole("button", { name: "Meer met dit verslag" }));
    await user.click(await screen.findByTestId("entry-history"));
    const put = await screen.findByRole("button", { name: "Terugzetten" });
    await user.click(put);
    await user.click(await screen.findByTestId("keep-change"));
    expect(put).toHaveFocus();
    await user.click(put);
    await screen.findByTestId("keep-anyway");
    backend.failures.clear();
    await user.click(screen.getByTestId("keep-go"));
    await waitFor(() => expect(screen.queryByTestId("entry-history-dialog")).toBeNull());
    expect(asked(backend, "edit_entry").at(-1)).toMatchObject({ content: { text: "Vroeger", confirmed: true } });
    commands["entry_history"] = before;
  });
});
