import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { reveal, SHOW_MS } from "../lib/state/reveal.svelte";
import { asked, signedIn } from "./window";

const fields = () => signedIn({ view: "dossier", id: "d2", tab: "fields" });
const face = (id: string) => screen.getByTestId(`field-${id}`).dataset["face"];

describe("the five faces of a field", () => {
  test("open, masked and withheld", async () => {
    await fields();
    await screen.findByTestId("field-town");
    expect(face("town")).toBe("shown");
    expect(face("bsn")).toBe("masked");
    expect(screen.getByTestId("field-bsn")).not.toHaveTextContent("111222333");
    expect(face("religion")).toBe("withheld");
    expect(within(screen.getByTestId("field-religion")).getByTestId("withheld")).toHaveTextContent("Uw beheerder kan het geven");
  });
  test("what is the physician's is said once, in the fields and in the story", async () => {
    const { user } = await fields();
    await screen.findByTestId("field-town");
    const medical = () => screen.getAllByTestId("withheld").filter((w) => w.dataset["reason"] === "medical");
    expect(medical()).toHaveLength(1);
    expect(medical()[0]).toHaveTextContent(/Beperkingen.*Vraag het aan de arts/);
    await user.click(screen.getByTestId("tab-story"));
    await screen.findByTestId("composer");
    expect(medical()).toHaveLength(1);
  });
  test("revealed: one at a time, and hidden again after twenty seconds", async () => {
    const { user, backend } = await fields();
    await user.click(await screen.findByTestId("reveal-bsn"));
    await waitFor(() => expect(screen.getByTestId("field-bsn")).toHaveTextContent("111222333"));
    await user.click(screen.getByTestId("reveal-iban"));
    await waitFor(() => expect(screen.getByTestId("field-iban")).toHaveTextContent("NL91 ABNA"));
    expect(screen.getByTestId("field-bsn")).not.toHaveTextContent("111222333");
    expect(asked(backend, "reveal_field")).toHaveLength(2);
    vi.useFakeTimers();
    await reveal.show("d2", "bsn");
    vi.advanceTimersByTime(SHOW_MS - 1);
    expect(reveal.now).not.toBeNull();
    vi.advanceTimersByTime(1);
    expect(reveal.now).toBeNull();
  });
  test("edited: Enter saves and a tick shows it", async () => {
    const { user, backend } = await fields();
    await user.click(await screen.findByTestId("value-town"));
    const box = screen.getByTestId("edit-town");
    expect(box).toHaveFocus();
    await user.clear(box);
    await user.type(box, "Leiden{Enter}");
    await screen.findByTestId("saved-town");
    expect(asked(backend, "set_field")).toEqual([{ id: "d2", field: "town", value: "Leiden", revision: 1 }]);
    expect(screen.getByTestId("field-town")).toHaveTextContent("Leiden");
  });
  test("the keyboard stays with the field: after saving, cancelling, revealing and hiding", async () => {
    const { user } = await fields();
    await user.click(await screen.findByTestId("value-town"));
    await user.keyboard("X{Enter}");
    await waitFor(() => expect(screen.getByTestId("value-town")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(screen.getByTestId("edit-town")).toHaveFocus();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.getByTestId("value-town")).toHaveFocus());
    await user.click(screen.getByTestId("reveal-bsn"));
    await waitFor(() => expect(screen.getByTestId("value-bsn")).toHaveFocus());
    reveal.hide();
    await waitFor(() => expect(screen.getByTestId("reveal-bsn")).toHaveFocus());
  });
  test("and goes along with whoever went on to the next field", async () => {
    const { user, backend } = await fields();
    await user.click(await screen.findByTestId("value-town"));
    await user.keyboard("X");
    await user.tab();
    const next = document.activeElement;
    await waitFor(() => expect(asked(backend, "set_field")).toHaveLength(1));
    await screen.findByTestId("saved-town");
    expect(document.activeElement).toBe(next);
  });
  test("edited: leaving the box saves too, Escape does not", async () => {
    const { user, backend } = await fields();
    await user.click(await screen.findByTestId("value-town"));
    await user.type(screen.getByTestId("edit-town"), "X{Escape}");
    expect(asked(backend, "set_field")).toHaveLength(0);
    await user.click(screen.getByTestId("value-town"));
    await user.type(screen.getByTestId("edit-town"), "Y");
    await user.tab();
    await waitFor(() => expect(asked(backend, "set_field")).toHaveLength(1));
  });
  test("a refused value stays in the box, with the reason beside it", async () => {
    const { user } = await fields();
    await user.click(await screen.findByTestId("value-postcode"));
    const box = screen.getByTestId("edit-postcode");
    await user.clear(box);
    await user.type(box, "12{Enter}");
    expect(await screen.findByText("Een postcode ziet eruit als 1234 AB.")).toBeVisible();
    expect(screen.getByTestId("edit-postcode")).toHaveValue("12");
    expect(screen.getByTestId("edit-postcode")).toHaveAttribute("aria-invalid", "true");
  });
  test("a lost race shows both values, and overwrites nothing by itself", async () => {
    const { user, backend } = await fields();
    backend.failures.set("set_field", { code: "lost_race", params: { seen: "1", found: "Haarlem" } });
    await user.click(await screen.findByTestId("value-town"));
    await user.clear(screen.getByTestId("edit-town"));
    await user.type(screen.getByTestId("edit-town"), "Leiden{Enter}");
    const race = await screen.findByTestId("lost-race");
    expect(race).toHaveTextContent("Leiden");
    expect(race).toHaveTextContent("Haarlem");
    backend.failures.clear();
    await user.click(within(race).getByTestId("keep-mine"));
    await waitFor(() => expect(asked(backend, "set_field")).toHaveLength(2));
  });
  test("history is one click away and can be put back", async () => {
    const { user, backend } = await fields();
    await user.click(await screen.findByTestId("history-town"));
    const dialog = await screen.findByTestId("field-history");
    expect(await within(dialog).findByText("Amersfoort")).toBeVisible();
    await user.click(within(dialog).getByText("Terugzetten"));
    await waitFor(() => expect(asked(backend, "restore_field")).toEqual([{ id: "d2", field: "town", change: "h1" }]));
  });
});
