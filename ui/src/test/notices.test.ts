import { emit } from "@tauri-apps/api/event";
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { notices } from "../lib/state/notices.svelte";
import { open } from "../lib/state/open.svelte";
import { veil } from "../lib/state/veil.svelte";
import { app } from "../lib/state/app.svelte";
import { asked, signedIn } from "./window";

test("trouble that nobody asked for stays until it is closed; an error goes with the view it was about", async () => {
  const { user } = await signedIn();
  await emit("trouble", { code: "damaged", params: {} });
  await emit("trouble", { code: "damaged", params: {} });
  notices.tell("Mislukt", "bad");
  expect(await screen.findByText("Mislukt")).toBeVisible();
  await user.click(screen.getByTestId("nav-settings"));
  await waitFor(() => expect(screen.queryByText("Mislukt")).toBeNull());
  const left = screen.getByTestId("notice");
  expect(left).toHaveTextContent("zet een back-up terug");
  await user.click(within(left).getByRole("button"));
  expect(screen.queryByTestId("notice")).toBeNull();
});
test("of what went well the last is told; what can be undone stays", async () => {
  await signedIn();
  notices.tell("Terug te draaien", "calm", { action: { name: "Terug", act: () => undefined } });
  for (const text of ["Bewaard", "Gemaakt"]) notices.tell(text);
  await waitFor(() => expect(screen.getAllByTestId("notice")).toHaveLength(2));
  expect(screen.queryByText("Bewaard")).toBeNull();
});
test("what went into the bin is put back from the notice", async () => {
  const { user, backend } = await signedIn({ view: "dossier", id: "d2" });
  await user.click(await screen.findByTestId("dossier-menu"));
  await user.click(await screen.findByTestId("dossier-bin"));
  await user.click(await screen.findByTestId("notice-action"));
  await waitFor(() => expect(asked(backend, "restore_from_bin")).toEqual([{ id: "d2" }]));
  expect(await screen.findByText("Teruggezet.")).toBeVisible();
});
test("a session that is asked for again leaves the veil and an open dialog", async () => {
  await signedIn();
  veil.set(true);
  open.show("shortcuts");
  await app.refresh();
  await screen.findByTestId("shortcuts");
  expect([veil.on, open.over]).toEqual([true, "shortcuts"]);
});
test("lists go along in JSON only, and what is not for this person says why", async () => {
  const { user, backend } = await signedIn();
  open.show("export");
  await screen.findByTestId("export-town");
  expect(screen.queryByTestId("export-goals")).toBeNull();
  await waitFor(() => expect(screen.getByTestId("export-limitations")).toBeDisabled());
  expect(screen.getByTestId("export-dialog")).toHaveTextContent("Alleen de arts kan dit lezen");
  await user.selectOptions(screen.getByTestId("export-format"), "json");
  await user.click(screen.getByTestId("export-goals"));
  await user.selectOptions(screen.getByTestId("export-format"), "csv");
  backend.failures.set("export_dossiers", { code: "export", params: { reason: "own_folder" } });
  await user.click(screen.getByTestId("export-go"));
  expect(await screen.findByRole("alert")).toHaveTextContent("Kies een plek buiten de map van de praktijk");
  expect((asked(backend, "export_dossiers")[0]!["plan"] as { fields: string[] }).fields).not.toContain("goals");
});
