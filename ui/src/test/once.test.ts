import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { asked, held, signedIn } from "./window";

describe("a change that was refused is not shown", () => {
  test("who is in a group", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "groups" });
    backend.failures.set("set_member", { code: "last_administrator", params: {} });
    const box = within(await screen.findByTestId("group-administrator")).getByLabelText("Marijke Veenstra");
    await user.click(box);
    await screen.findByText(/Er moet één beheerder blijven/);
    await waitFor(() => expect(box).toBeEnabled());
    expect(box).toBeChecked();
  });
  test("the state of a goal", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "goals" });
    backend.failures.set("edit_entry", { code: "no_grant", params: {} });
    const box = (await screen.findAllByTestId("goal-state"))[0]!;
    await user.selectOptions(box, "reached");
    await screen.findByText(/Hier heeft u geen recht op/);
    expect(box).toHaveValue("open");
  });
});

describe("pressed twice, done once", () => {
  test("a change to a note; the keyboard is back at its menu", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
    const go = held(backend, "edit_entry");
    const entry = (await screen.findAllByTestId("entry"))[0]!;
    const menu = within(entry).getByRole("button", { name: "Meer met dit verslag" });
    await user.click(menu);
    await user.click(await screen.findByTestId("entry-edit"));
    await waitFor(() => expect(screen.getByTestId("entry-text")).toHaveFocus());
    await user.keyboard("Nog iets.{Control>}{Enter}{Enter}{/Control}");
    go();
    await waitFor(() => expect(screen.queryByTestId("entry-text")).toBeNull());
    expect(asked(backend, "edit_entry")).toHaveLength(1);
    await waitFor(() => expect(menu).toHaveFocus());
  });
  test("a goal", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "goals" });
    const go = held(backend, "add_entry");
    const box = await screen.findByTestId("goal-new");
    await user.type(box, "Weer fietsen{Enter}{Enter}");
    go();
    await waitFor(() => expect(box).toHaveValue(""));
    expect(asked(backend, "add_entry")).toHaveLength(1);
    expect(box).toHaveFocus();
  });
  test("somebody involved", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "involved" });
    const go = held(backend, "add_entry");
    await user.click(await screen.findByTestId("involved-new"));
    await user.type(screen.getByTestId("involved-name"), "Kees Hof");
    const form = screen.getByTestId("involved-name").closest("form")!;
    void fireEvent.submit(form);
    void fireEvent.submit(form);
    go();
    await waitFor(() => expect(screen.queryByTestId("involved-dialog")).toBeNull());
    expect(asked(backend, "add_entry")).toHaveLength(1);
  });
  test("a statement, which stays for good", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "people" });
    const go = held(backend, "add_statement");
    await user.click(within(await screen.findByTestId("person-Marijke Veenstra")).getByRole("button"));
    await user.click(await screen.findByTestId("user-statement"));
    const save = await screen.findByTestId("statement-save");
    void fireEvent.click(save);
    void fireEvent.click(save);
    go();
    await waitFor(() => expect(screen.queryByTestId("statement-dialog")).toBeNull());
    expect(asked(backend, "add_statement")).toHaveLength(1);
  });
});
