// Vaults: the gate in front of a dossier, making one, and what can be done with it.
import { emit } from "@tauri-apps/api/event";
import { screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { drafts } from "../lib/state/drafts.svelte";
import { medical } from "../mock/staff";
import { asked, signedIn } from "./window";

const gated = (id = "m1", tab?: string) => signedIn({ view: "dossier", id, tab });
const STRONG = "vlonder-kano-mist-uil";

describe("the gate", () => {
  test("one calm panel, with what everybody may see under it", async () => {
    await gated();
    expect(await screen.findByTestId("vault-gate")).toHaveTextContent("Dit dossier ligt in kluis Personeel. Vul het wachtwoord van de kluis in om het te openen.");
    expect(screen.getByTestId("field-job_title")).toHaveTextContent("Casemanager");
    expect(screen.queryByTestId("field-hours")).toBeNull();
    expect(screen.queryByTestId("tab-contacts")).toBeNull();
    expect(screen.getAllByTestId("withheld").map((w) => w.dataset["reason"])).toEqual(["medical"]);
    expect(screen.queryByTestId("vault-chip")).toBeNull();
  });
  test("a wrong password says what is safe, and is emptied", async () => {
    const { user } = await gated();
    await user.type(await screen.findByTestId("vault-password"), "fout{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Uw gegevens zijn veilig");
    expect(screen.getByTestId("vault-password")).toHaveValue("");
    expect(screen.getByTestId("vault-password")).toHaveFocus();
  });
  test("too many tries: the seconds count down, and only then can one try again", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { backend } = await gated();
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    backend.failures.set("open_vault", { code: "throttled", params: { seconds: "3" } });
    await user.type(await screen.findByTestId("vault-password"), "x{Enter}");
    await waitFor(() => expect(screen.getByTestId("vault-open")).toHaveTextContent(/Wacht nog [23] seconden/));
    await user.type(screen.getByTestId("vault-password"), "goed{Enter}");
    expect(asked(backend, "open_vault")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(4000);
    await waitFor(() => expect(screen.getByTestId("vault-open")).toHaveTextContent("Kluis openen"));
    backend.failures.clear();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("vault-gate")).toBeNull());
  });
  test("the right one opens it: the story, a chip that says how long, and the keyboard at the name", async () => {
    const { user, backend } = await gated();
    await user.type(await screen.findByTestId("vault-password"), "goed{Enter}");
    expect(await screen.findByTestId("vault-chip")).toHaveTextContent("Kluis Personeel open · sluit over 10 min");
    expect(asked(backend, "open_vault")).toEqual([{ vault: "v1", password: "goed" }]);
    await screen.findByTestId("composer");
    expect(screen.queryByTestId("vault-gate")).toBeNull();
    expect(document.body).toHaveTextContent("Jaargesprek gehouden");
    await waitFor(() => expect(screen.getByTestId("dossier-name")).toHaveFocus());
  });
  test("closed with one press, and the keyboard is at the password again", async () => {
    const { user, backend } = await gated("m3");
    await user.click(await screen.findByTestId("vault-close"));
    await screen.findByTestId("vault-gate");
    expect(asked(backend, "close_vault")).toEqual([{ vault: "v2" }]);
    expect(document.body).not.toHaveTextContent("VOG");
    await waitFor(() => expect(screen.getByTestId("vault-password")).toHaveFocus());
  });
  test("who may not try reads whom to ask", async () => {
    await gated("m4");
    expect(await screen.findByTestId("vault-gate")).toHaveTextContent("Vraag uw beheerder wie deze kluis beheert");
    expect(screen.queryByTestId("vault-password")).toBeNull();
    expect(screen.getByTestId("field-job_title")).toHaveTextContent("Directeur");
  });
  test("the recovery sheet opens it too, under a new password", async () => {
    const { user, backend } = await gated();
    await user.click(await screen.findByTestId("vault-use-sheet"));
    await waitFor(() => expect(screen.getByTestId("vault-code")).toHaveFocus());
    await user.type(screen.getByTestId("vault-code"), "XXXX");
    await user.type(screen.getByTestId("new-password"), STRONG);
    await user.type(screen.getByTestId("repeat-password"), STRONG);
    await waitFor(() => expect(screen.getByTestId("vault-recover-go")).toBeEnabled());
    await user.click(screen.getByTestId("vault-recover-go"));
    expect(await screen.findByText(/horen niet bij deze kluis/)).toBeVisible();
    await user.clear(screen.getByTestId("vault-code"));
    await user.type(screen.getByTestId("vault-code"), "9RTD");
    await user.click(screen.getByTestId("vault-recover-go"));
    await screen.findByTestId("vault-chip");
    expect(asked(backend, "recover_vault").at(-1)).toEqual({ vault: "v1", code: "9RTD", next: STRONG });
  });
  test("a vault that closes by itself takes an open text along, which is back when it opens", async () => {
    const { user, backend } = await gated("m3", "story");
    await user.type(await screen.findByTestId("note-text"), "Half een zin over Loes");
    backend.setVault("v2", { open: false, closesIn: null });
    await emit("vaults");
    await screen.findByTestId("vault-gate");
    await waitFor(() => expect(drafts.text("m3", "personnel_notes")).toBe(""));
    expect(backend.drafts).toMatchObject([{ text: "Half een zin over Loes" }]);
    expect(document.body.innerHTML).not.toContain("Half een zin");
    await user.type(screen.getByTestId("vault-password"), "goed{Enter}");
    expect(await screen.findByTestId("note-text")).toHaveValue("Half een zin over Loes");
  });
  test("medical fields of any dossier lie behind the medical vault", async () => {
    const { user } = await signedIn({ view: "dossier", id: "d2", tab: "fields" }, (b) => b.vaults.push(medical()));
    const gate = await screen.findByTestId("vault-gate");
    expect(gate).toHaveTextContent("De medische gegevens liggen in kluis Medisch");
    expect(screen.queryByTestId("field-limitations")).toBeNull();
    await user.type(within(gate).getByTestId("vault-password"), "goed{Enter}");
    expect(await screen.findByTestId("field-limitations")).toBeVisible();
    expect(screen.getByTestId("vault-chip")).toHaveTextContent("Kluis Medisch open");
  });
});

describe("making a vault", () => {
  test("name, people, password; then the sheet, which must be typed back", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "vaults" });
    await user.click(await screen.findByTestId("vault-new"));
    await waitFor(() => expect(screen.getByTestId("vault-name")).toHaveFocus());
    await user.keyboard("Salarissen");
    await user.click(screen.getByTestId("vault-member-Marijke Veenstra"));
    await user.click(screen.getByTestId("vault-next"));
    await waitFor(() => expect(screen.getByTestId("new-password")).toHaveFocus());
    await user.keyboard(STRONG);
    await user.type(screen.getByTestId("repeat-password"), STRONG);
    await waitFor(() => expect(screen.getByTestId("vault-next")).toBeEnabled());
    await user.click(screen.getByTestId("vault-next"));
    const sheet = await screen.findByTestId("vault-sheet");
    expect(asked(backend, "found_vault")).toEqual([{ vault: { name: "Salarissen", password: STRONG, members: ["u1"], medical: false, minutes: 10 } }]);
    await user.click(within(sheet).getByTestId("save-sheet"));
    await user.keyboard("{Escape}");
    await user.type(within(sheet).getByTestId("recovery-answer"), "K7QM{Enter}");
    expect(await screen.findByText(/staat niet zo op het herstelblad/)).toBeVisible();
    await user.clear(within(sheet).getByTestId("recovery-answer"));
    await user.type(within(sheet).getByTestId("recovery-answer"), "9rtd{Enter}");
    await waitFor(() => expect(screen.queryByTestId("vault-sheet")).toBeNull());
    expect(asked(backend, "confirm_recovery")).toHaveLength(0);
    expect(await screen.findByTestId("vault-Salarissen")).toHaveTextContent("open");
    expect(document.body.innerHTML).not.toContain("9RTD");
  });
  test("a password that is also that of the login is refused under the password", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "vaults" });
    backend.failures.set("found_vault", { code: "invalid_value", params: { field: "password", reason: "same_as_login" } });
    await user.click(await screen.findByTestId("vault-new"));
    await user.type(screen.getByTestId("vault-name"), "X{Enter}");
    await user.type(await screen.findByTestId("new-password"), STRONG);
    await user.type(screen.getByTestId("repeat-password"), STRONG);
    await waitFor(() => expect(screen.getByTestId("vault-next")).toBeEnabled());
    await user.keyboard("{Enter}");
    expect(await screen.findByText(/waarmee u zich aanmeldt. Kies voor de kluis een ander/)).toBeVisible();
  });
  test("the medical one is offered to a physician, where there is none", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "vaults" });
    await screen.findByTestId("vault-new");
    expect(screen.queryByTestId("vault-medical-new")).toBeNull();
    backend.physician = true;
    await user.click(screen.getByTestId("nav-today"));
    await user.click(screen.getByTestId("nav-manage"));
    await user.click(await screen.findByTestId("tab-vaults"));
    await user.click(await screen.findByTestId("vault-medical-new"));
    expect(screen.getByTestId("vault-wizard")).toHaveTextContent("De beheerder kan de kluis niet openen en niet herstellen");
    expect(screen.queryByTestId("vault-member-Marijke Veenstra")).toBeNull();
  });
});

describe("a vault in Beheer", () => {
  const menu = async (user: ReturnType<typeof userEvent.setup>, name: string, item: string) => {
    await user.click(within(await screen.findByTestId(`vault-${name}`)).getByRole("button", { name: `Meer met kluis ${name}` }));
    await user.click(await screen.findByTestId(item));
  };
  test("says who keeps it, who may open it, and that its key is due; Today says it too", async () => {
    const { user } = await signedIn({ view: "today" });
    expect(await screen.findByTestId("vaults-card")).toHaveTextContent("De sleutel van kluis Personeel is toe aan vernieuwing");
    await user.click(screen.getByTestId("to-vaults"));
    const card = await screen.findByTestId("vault-Personeel");
    expect(card).toHaveTextContent("3 medewerkers · Beheerd door Youssef el Amrani · Gaat dicht na 10 minuten");
    expect(card).toHaveTextContent("Mag openen: Youssef el Amrani en Marijke Veenstra");
    expect(card).toHaveTextContent("Sleutel vernieuwd op 01-09-2025 door Youssef el Amrani");
    expect(within(card).getByTestId("vault-due")).toBeVisible();
  });
  test("renewing the key says first what it does, and takes the mark away", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "vaults" });
    await menu(user, "Personeel", "vault-renew");
    expect(await screen.findByTestId("renew-dialog")).toHaveTextContent("alles erin wordt opnieuw versleuteld");
    await user.type(screen.getByTestId("renew-password"), "goed{Enter}");
    await waitFor(() => expect(screen.queryByTestId("renew-dialog")).toBeNull());
    expect(asked(backend, "rekey_vault")).toEqual([{ vault: "v1", password: "goed" }]);
    await waitFor(() => expect(screen.queryByTestId("vault-due")).toBeNull());
  });
  test("a new recovery sheet says that the former stops working, and must be typed back", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "vaults" });
    await menu(user, "Personeel", "vault-new-sheet");
    expect(await screen.findByTestId("vault-new-sheet-dialog")).toHaveTextContent("Het vorige blad werkt daarna niet meer");
    await waitFor(() => expect(screen.getByTestId("vault-sheet-password")).toHaveFocus());
    await user.keyboard("fout{Enter}");
    expect(await screen.findByText(/Uw gegevens zijn veilig/)).toBeVisible();
    await user.clear(screen.getByTestId("vault-sheet-password"));
    await user.type(screen.getByTestId("vault-sheet-password"), "goed{Enter}");
    const sheet = await screen.findByTestId("vault-sheet");
    expect(sheet).toHaveTextContent("Herstelblad van kluis Personeel");
    expect(asked(backend, "new_vault_sheet").at(-1)).toEqual({ vault: "v1", password: "goed" });
    await user.click(within(sheet).getByTestId("save-sheet"));
    expect(asked(backend, "save_recovery_sheet")).toHaveLength(1);
    await user.keyboard("{Escape}");
    await user.type(within(sheet).getByTestId("recovery-answer"), "K7QM{Enter}");
    expect(await screen.findByText(/staat niet zo op het herstelblad/)).toBeVisible();
    await user.clear(within(sheet).getByTestId("recovery-answer"));
    await user.type(within(sheet).getByTestId("recovery-answer"), "9rtd{Enter}");
    await waitFor(() => expect(screen.queryByTestId("vault-sheet")).toBeNull());
    expect(asked(backend, "confirm_recovery")).toHaveLength(0);
    expect(await screen.findByText(/Vernietig het oude/)).toBeVisible();
    expect(document.body.innerHTML).not.toContain("9RTD");
  });
  test("giving and taking access is said before it is done", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "vaults" }, (b) => b.setVault("v1", { open: true, closesIn: 600, keeper: "u1", members: ["u1", "u2", "u3"] }));
    await menu(user, "Personeel", "vault-members");
    await user.click(await screen.findByTestId("vault-user-Marijke Veenstra"));
    expect(screen.getByTestId("vault-effect")).toHaveTextContent("Draag hem eerst over");
    expect(screen.getByTestId("vault-member-go")).toBeDisabled();
    await user.click(screen.getByTestId("vault-user-Pauline Dijkgraaf"));
    expect(screen.getByTestId("vault-effect")).toHaveTextContent("De sleutel wordt vervangen en alles wordt opnieuw versleuteld");
    await user.click(screen.getByTestId("vault-member-go"));
    await waitFor(() => expect(asked(backend, "set_vault_member")).toEqual([{ vault: "v1", user: "u3", member: false }]));
  });
  test("exported under a password of its own", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "vaults" });
    await menu(user, "Directie", "vault-export");
    expect(await screen.findByTestId("vault-export-dialog")).toHaveTextContent("gewone programma age");
    await user.type(screen.getByTestId("new-password"), STRONG);
    await user.type(screen.getByTestId("repeat-password"), STRONG);
    await waitFor(() => expect(screen.getByTestId("vault-export-go")).toBeEnabled());
    await user.click(screen.getByTestId("vault-export-go"));
    await screen.findByText(/3 medewerkers geëxporteerd/);
    expect(asked(backend, "export_vault")).toEqual([{ vault: "v2", password: STRONG }]);
  });
});

test("Ctrl+K opens a vault and closes it again", async () => {
  const { user, backend } = await signedIn();
  const command = async (word: string) => {
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), word);
  };
  await command("kluis personeel");
  await user.click(await screen.findByTestId("command-vault-open-v1"));
  await user.type(within(await screen.findByTestId("unlock-dialog")).getByTestId("vault-password"), "goed{Enter}");
  await waitFor(() => expect(screen.queryByTestId("unlock-dialog")).toBeNull());
  expect(asked(backend, "open_vault")).toEqual([{ vault: "v1", password: "goed" }]);
  await command("kluis personeel");
  await user.click(await screen.findByTestId("command-vault-close-v1"));
  await waitFor(() => expect(asked(backend, "close_vault")).toEqual([{ vault: "v1" }]));
});
