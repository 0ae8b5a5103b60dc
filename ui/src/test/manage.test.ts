import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
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
    expect(within(waiting).queryByTestId("give-medical_conclusions-Anne-Fleur Smit")).toBeNull();
    await user.click(within(waiting).getByTestId("give-salary-Anne-Fleur Smit"));
    await waitFor(() => expect(asked(backend, "give_waiting")).toEqual([{ key: "k1", user: "u4" }]));
  });
});

test("an invitation shows its password once", async () => {
  const { user } = await signedIn({ view: "manage", tab: "people" });
  await user.click(await screen.findByTestId("invite"));
  await user.type(screen.getByTestId("invite-name"), "Kees Hof");
  await user.click(screen.getByTestId("invite-group-coach"));
  await user.click(screen.getByTestId("invite-go"));
  expect(await screen.findByTestId("one-time-password")).toHaveTextContent("wandel-koper-linde-38");
  await user.click(screen.getByText("Klaar"));
  await waitFor(() => expect(document.body.innerHTML).not.toContain("wandel-koper-linde-38"));
});
