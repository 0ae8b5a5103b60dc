// Standing in: giving it, ending it, and the report on return.
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { asked, signedIn } from "./window";

test("chosen dossiers, a colleague, and two days", async () => {
  const { user, backend } = await signedIn({ view: "settings" });
  await user.click(await screen.findByTestId("stand-in-new"));
  const dialog = within(await screen.findByTestId("give-stand-in"));
  expect(dialog.getByTestId("stand-in-go")).toBeDisabled();
  const boxes = await dialog.findAllByTestId("stand-in-dossier");
  await user.click(boxes[0]!);
  await user.click(boxes[2]!);
  await user.type(dialog.getByTestId("stand-in-until"), "31-12-2026");
  await user.click(dialog.getByTestId("stand-in-go"));
  await waitFor(() => expect(asked(backend, "give_stand_in")).toMatchObject([{ until: "2026-12-31", dossiers: [expect.any(String), expect.any(String)] }]));
  expect(await screen.findByTestId("stand-in")).toHaveTextContent(/neemt voor u waar.*2 dossiers.*begint nog/);
  await user.click(screen.getByTestId("stand-in-end"));
  await user.click(await screen.findByTestId("stand-in-end-go"));
  await waitFor(() => expect(screen.getByTestId("stand-in").dataset["state"]).toBe("returned"));
});

test("on return today shows the report, once", async () => {
  const { user } = await signedIn({ view: "today" }, (b) => {
    b.standIns = [{ id: "w1", giver: "A", standIn: "Anne-Fleur Smit", mine: true, forMe: false, mayEnd: false, from: "2026-11-02", until: "2026-11-13", state: "returned", dossiers: 3, unread: true }];
    b.deeds = [{ at: "2026-11-03T09:00:00Z", event: "dossier_opened", dossier: "d2", name: "Sanne Veldhuis", part: null, success: true }];
  });
  expect(await screen.findByTestId("stand-in-over")).toHaveTextContent("Anne-Fleur Smit nam voor u waar");
  await user.click(screen.getByTestId("stand-in-over-read"));
  const report = within(await screen.findByTestId("stand-in-report-dialog"));
  expect(await report.findByText("Sanne Veldhuis")).toBeVisible();
  expect(report.getByTestId("deed")).toHaveTextContent("Dossier geopend");
  await user.click(report.getByTestId("stand-in-read"));
  await waitFor(() => expect(screen.queryByTestId("stand-in-over")).toBeNull());
});

test("who manages people ends one of others, without seeing which dossiers", async () => {
  const { user, backend } = await signedIn({ view: "settings" }, (b) => {
    b.standIns = [{ id: "w2", giver: "Jan Proef", standIn: "Anne-Fleur Smit", mine: false, forMe: false, mayEnd: true, from: "2026-11-02", until: "2026-11-13", state: "running", dossiers: 0, unread: false }];
  });
  const line = await screen.findByTestId("stand-in-others");
  expect(line).toHaveTextContent(/Anne-Fleur Smit neemt waar voor Jan Proef\s*02-11-2026 t\/m 13-11-2026 · loopt/);
  expect(line).not.toHaveTextContent("dossier");
  await user.click(within(line).getByTestId("stand-in-end-others"));
  await user.click(await screen.findByTestId("stand-in-end-go"));
  await waitFor(() => expect(asked(backend, "end_stand_in")).toMatchObject([{ standIn: "w2" }]));
});
