// Invoices, reports, mailing lists, and how papers look.
import { screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { printPdf } from "../lib/pdf/print";
import type { Pdf } from "../lib/pdf/engine";
import { open } from "../lib/state/open.svelte";
import type { Backend } from "../mock/backend";
import { asked, signedIn } from "./window";

const pdf = vi.hoisted(() => ({ opened: 0, closed: 0 }));
// jsdom paints nothing: the engine is tried in a real window.
vi.mock("../lib/pdf/engine", () => ({
  Locked: class extends Error {},
  openPdf: async () => {
    pdf.opened += 1;
    return { count: 2, size: async () => ({ width: 595, height: 842 }), text: async () => "", close: () => (pdf.closed += 1), leave: () => undefined, paint: () => ({ done: Promise.resolve(document.createElement("canvas")), cancel: () => undefined }) };
  },
}));
beforeEach(() => {
  [pdf.opened, pdf.closed] = [0, 0];
  globalThis.IntersectionObserver = class { observe() {} disconnect() {} } as unknown as typeof IntersectionObserver;
});
async function invoicing(change?: (b: Backend) => void) {
  const window = await signedIn({ view: "dossier", id: "d2", tab: "documents" }, change);
  await window.user.click(await screen.findByTestId("invoice-new"));
  await screen.findByTestId("invoice-dialog");
  return window;
}
type User = Awaited<ReturnType<typeof invoicing>>["user"];
/** Looks at it, closes that, and issues it. */
async function issue(user: User) {
  await user.click(screen.getByTestId("invoice-look"));
  await user.click(await screen.findByTestId("paper-close"));
  await waitFor(() => expect(screen.getByTestId("invoice-issue")).toBeEnabled());
  await user.click(screen.getByTestId("invoice-issue"));
}
async function fill(user: User, text: string, amount = "120,00") {
  await user.clear(screen.getByTestId("invoice-text-0"));
  await user.type(screen.getByTestId("invoice-text-0"), text);
  await user.clear(screen.getByTestId("invoice-amount-0"));
  await user.type(screen.getByTestId("invoice-amount-0"), amount);
}

describe("an invoice", () => {
  test("proposes name and address, is looked at, issued, and shown as it lies in the dossier", async () => {
    const { user, backend } = await invoicing();
    expect(screen.getByTestId("invoice-to")).toHaveValue(`${backend.dossier("d2").name}\nOudegracht 112\n3511 AW ${backend.dossier("d2").fields["town"]?.state === "shown" ? (backend.dossier("d2").fields["town"] as { value: string }).value : ""}`);
    await fill(user, "Gesprek");
    expect(screen.getByTestId("invoice-issue")).toBeDisabled();
    await user.type(screen.getByTestId("invoice-on-0"), "3-11-2026");
    await user.selectOptions(screen.getByTestId("invoice-vat"), "health");
    await user.click(screen.getByTestId("invoice-look"));
    await screen.findByTestId("paper-preview");
    // What has no number yet does not leave.
    expect(screen.queryByTestId("paper-save")).toBeNull();
    expect(screen.queryByTestId("paper-print")).toBeNull();
    await user.click(screen.getByTestId("paper-close"));
    await waitFor(() => expect(screen.queryByTestId("paper-preview")).toBeNull());
    expect(screen.getByTestId("invoice-missing")).toHaveTextContent("KvK-nummer, Rekeningnummer");
    await user.click(screen.getByTestId("invoice-issue"));
    expect(await screen.findByTestId("paper-preview")).toHaveTextContent("2026-0003");
    expect(asked(backend, "issue_invoice")).toMatchObject([{ dossier: "d2", invoice: { confirmed: false, days: 30, lines: [{ on: "2026-11-03", text: "Gesprek", amount: "120,00", vat: "health" }] } }]);
    expect(asked(backend, "show_document")).toHaveLength(1);
    await user.click(screen.getByTestId("paper-save"));
    await waitFor(() => expect(asked(backend, "save_document")).toMatchObject([{ name: "2026-0003.pdf" }]));
    await user.click(screen.getByTestId("paper-close"));
    await waitFor(() => expect(screen.queryByTestId("invoice-dialog")).toBeNull());
    expect(await screen.findByText("Factuur 2026-0003")).toBeVisible();
  });
  test("medical words are asked about, a BSN is never taken, an amount that is none is told", async () => {
    const { user, backend } = await invoicing();
    await fill(user, "Gesprek over burn-out");
    await user.click(screen.getByTestId("invoice-look"));
    expect(await screen.findByTestId("keep-anyway")).toHaveTextContent("gaat door vele handen");
    await user.click(screen.getByTestId("keep-go"));
    await user.click(await screen.findByTestId("paper-close"));
    await user.click(screen.getByTestId("invoice-issue"));
    await screen.findByTestId("paper-preview");
    const sure = (command: string) => asked(backend, command).map((a) => (a["invoice"] as { confirmed: boolean }).confirmed);
    expect([sure("preview_invoice"), sure("issue_invoice")]).toEqual([[false, true], [true]]);
    await user.click(screen.getByTestId("paper-close"));
    await user.click(await screen.findByTestId("invoice-new"));
    await fill(user, "Gesprek 111222333");
    await user.click(screen.getByTestId("invoice-look"));
    expect(await screen.findByTestId("invoice-wrong")).toHaveTextContent("nooit een BSN");
    expect(screen.queryByTestId("keep-anyway")).toBeNull();
    await fill(user, "Gesprek", "veel");
    await user.click(screen.getByTestId("invoice-look"));
    await waitFor(() => expect(screen.getByTestId("invoice-wrong")).toHaveTextContent("Dit is geen bedrag"));
  });
  test("lines come and go; the last one stays", async () => {
    const { user } = await invoicing();
    expect(screen.getByRole("button", { name: "Regel weg" })).toBeDisabled();
    await user.click(screen.getByTestId("invoice-line-add"));
    await fill(user, "Gesprek");
    expect(screen.getByTestId("invoice-look")).toBeDisabled();
    await user.click(screen.getAllByRole("button", { name: "Regel weg" })[1]!);
    await user.click(screen.getByTestId("invoice-look"));
    await user.click(await screen.findByTestId("paper-close"));
    await waitFor(() => expect(screen.getByTestId("invoice-issue")).toBeEnabled());
    await user.click(screen.getByTestId("invoice-line-add"));
    expect(screen.getByTestId("invoice-issue")).toBeDisabled();
  });
  test("is cancelled by a credit note only; nothing else can be done to it", async () => {
    const { user, backend } = await invoicing();
    await fill(user, "Gesprek");
    await issue(user);
    await user.click(await screen.findByTestId("paper-close"));
    const list = await screen.findByTestId("document-list-invoices");
    await user.click(within(list).getByTestId("document-menu"));
    await screen.findByTestId("document-credit");
    for (const deed of ["replace", "edit", "bin", "destroy", "versions"]) expect(screen.queryByTestId(`document-${deed}`)).toBeNull();
    await user.click(screen.getByTestId("document-credit"));
    await user.click(await screen.findByTestId("credit-go"));
    expect(await screen.findByTestId("paper-preview")).toHaveTextContent("2026-0004");
    expect(asked(backend, "credit_invoice")).toEqual([{ number: "2026-0003" }]);
  });
});

describe("the invoices of the practice", () => {
  test("newest first, without gaps; what is not for me has its number and date", async () => {
    const { user, backend } = await signedIn({ view: "manage", tab: "invoices" });
    const rows = await screen.findAllByTestId("invoice-row");
    expect(rows.map((r) => r.dataset["number"])).toEqual(["2026-0002", "2026-0001", "2025-0001"]);
    expect(rows[0]).toHaveTextContent("03-02-2026Niet voor u");
    expect(within(rows[0]!).queryByRole("button")).toBeNull();
    expect(rows[1]).toHaveTextContent(/-\s?1\.452,00.*Crediteert 2025-0001/);
    await user.selectOptions(screen.getByTestId("invoices-year"), "2025");
    expect(screen.getAllByTestId("invoice-row")).toHaveLength(1);
    await user.click(screen.getByTestId("invoices-export"));
    expect(asked(backend, "export_invoices")).toEqual([{ year: 2025 }]);
    expect(await screen.findByText(/daar niet versleuteld/)).toBeVisible();
    await user.click(screen.getByTestId("invoice-open"));
    await screen.findByTestId("paper-preview");
    expect(asked(backend, "show_document")).toEqual([{ entry: "f1", version: null }]);
  });
});

describe("a report", () => {
  test("goes as it was looked at: a change asks for another look", async () => {
    const { user, backend } = await signedIn({ view: "dossier", id: "d2", tab: "documents" });
    await user.click(await screen.findByTestId("report-new"));
    const send = await screen.findByTestId("report-send");
    expect(send).toBeDisabled();
    await user.type(screen.getByTestId("report-to"), "Gemeente Rijnstroom");
    await user.click(screen.getByTestId("report-look"));
    await screen.findByTestId("paper-preview");
    expect(screen.queryByTestId("paper-save")).toBeNull();
    await user.click(screen.getByTestId("paper-close"));
    expect(await screen.findByTestId("report-goes")).toHaveTextContent("Dit gaat mee: Opdracht");
    expect(screen.getByTestId("report-goes")).toHaveTextContent("Dit blijft hier: Inkomen (het profiel laat dit niet toe)");
    expect(send).toBeEnabled();
    await user.type(screen.getByTestId("report-hours"), "12,5");
    expect(send).toBeDisabled();
    await user.click(screen.getByTestId("report-look"));
    await user.click(await screen.findByTestId("paper-close"));
    await waitFor(() => expect(send).toBeEnabled());
    await user.click(send);
    await waitFor(() => expect(screen.queryByTestId("report-dialog")).toBeNull());
    expect(asked(backend, "send_report")).toMatchObject([{ dossier: "d2", digest: "r1", report: { profile: "Verantwoording", recipient: "Gemeente Rijnstroom", hours: "12,5" } }]);
  });
});

describe("profiles of reports", () => {
  test("what is protected is offered only where that is allowed; the last one stays", async () => {
    const { user, backend } = await signedIn({ view: "settings" });
    expect(await screen.findByTestId("profile-remove")).toBeDisabled();
    await user.click(screen.getByTestId("profile-new"));
    await user.type(await screen.findByTestId("profile-name"), "Gemeente");
    const offered = () => [...screen.getByTestId<HTMLSelectElement>("profile-choose").options].map((o) => o.value);
    expect(offered()).toContain("interests");
    for (const field of ["bsn", "photo", "documents", "people_involved", "representatives", "consents", "income", "session_notes", "interventions"]) expect(offered()).not.toContain(field);
    await user.click(screen.getByTestId("profile-protected"));
    expect(offered()).toEqual(expect.arrayContaining(["income", "session_notes"]));
    await user.selectOptions(screen.getByTestId("profile-choose"), "income");
    await user.click(screen.getByTestId("profile-add"));
    expect(screen.getByTestId("profile-choose")).not.toHaveValue("income");
    await user.click(screen.getByTestId("profile-protected"));
    await user.click(screen.getByTestId("profile-save"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Sta dat toe, of haal het eruit");
    await user.click(screen.getByTestId("profile-protected"));
    await user.click(screen.getByTestId("profile-save"));
    await waitFor(() => expect(backend.desk.profiles[1]).toMatchObject({ name: "Gemeente", fields: [{ field: "income" }], protected: true }));
    await waitFor(() => expect(screen.getAllByTestId("profile")).toHaveLength(2));
    await user.click(screen.getAllByTestId("profile-remove")[1]!);
    await waitFor(() => expect(backend.desk.profiles.map((p) => p.name)).toEqual(["Verantwoording"]));
  });
});

describe("a mailing list", () => {
  test("says who are left out and why, and what the log has of it", async () => {
    const { user, backend } = await signedIn();
    open.show("mailing");
    await user.selectOptions(await screen.findByTestId("mailing-channel"), "newsletter");
    await user.click(screen.getByTestId("mailing-go"));
    const done = await screen.findByTestId("mailing-done");
    expect(done).toHaveTextContent("3 op de lijst.");
    expect(within(done).getAllByRole("listitem").map((li) => li.textContent)).toEqual(["geen contact meer: 1", "niet gevraagd: 2", "geen geldige toestemming: 1"]);
    expect(screen.getByTestId("mailing-digest")).toHaveTextContent(backend.desk.mailing.sha256);
    expect(asked(backend, "mailing_list")).toEqual([{ channel: "newsletter", language: "nl" }]);
    await user.selectOptions(screen.getByTestId("mailing-channel"), "post");
    expect(screen.queryByTestId("mailing-done")).toBeNull();
  });
});

describe("the house style", () => {
  test("is looked at before it is kept; what is wrong stands at its field", async () => {
    const { user, backend } = await signedIn({ view: "settings" });
    const name = await screen.findByTestId("style-name");
    await user.clear(name);
    await user.type(name, "De Linde");
    await user.type(screen.getByTestId("style-iban"), "XX");
    await user.click(screen.getByTestId("style-save"));
    await waitFor(() => expect(screen.getByTestId("style-iban")).toBeInvalid());
    expect(screen.getByTestId("style-iban")).toHaveAccessibleDescription(/rekeningnummer/);
    await user.clear(screen.getByTestId("style-iban"));
    await user.upload(screen.getByTestId("style-logo"), new File([Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)], "logo.png", { type: "image/png" }));
    expect(await screen.findByTestId("style-logo-seen")).toHaveAttribute("src", expect.stringContaining("data:image/png;base64,iVBOR"));
    await user.click(screen.getByTestId("style-look"));
    await screen.findByTestId("paper-preview");
    expect(backend.desk.style.name).toBe("Praktijk De Overkant");
    await user.click(screen.getByTestId("paper-close"));
    await user.click(screen.getByTestId("style-save"));
    await waitFor(() => expect(backend.desk.style).toMatchObject({ name: "De Linde", iban: "" }));
    await user.click(screen.getByTestId("style-logo-remove"));
    expect(screen.queryByTestId("style-logo-seen")).toBeNull();
  });
  test("is for who manages the practice", async () => {
    await signedIn({ view: "settings" }, (b) => (b.administrator = false));
    await screen.findByTestId("settings");
    expect(screen.queryByTestId("style-settings")).toBeNull();
  });
});

/** Nobody closed it. */
const here = () => false;
describe("printing", () => {
  const paper = (count: number, paint: Pdf["paint"]) => ({ count, size: async () => ({ width: 595, height: 842 }), paint }) as unknown as Pdf;
  const canvas = () => document.createElement("canvas");
  test("every page is there when the system is asked, and no pixel afterwards", async () => {
    const scales: number[] = [];
    let there = 0;
    globalThis.print = () => void (there = document.querySelectorAll("body > .printing canvas").length);
    const remove = await printPdf(paper(3, (_, scale) => { scales.push(scale); const one = canvas(); one.width = 9; return { done: Promise.resolve(one), cancel: () => undefined }; }), here);
    expect(there).toBe(3);
    expect(scales[0]).toBeCloseTo(200 / 72);
    const kept = [...document.querySelectorAll<HTMLCanvasElement>(".printing canvas")];
    remove();
    expect(document.querySelector(".printing")).toBeNull();
    expect(kept.map((one) => one.width)).toEqual([0, 0, 0]);
  });
  test("a long paper is less sharp rather than too much; one that cannot be painted leaves nothing", async () => {
    let first = 0;
    globalThis.print = () => undefined;
    const remove = await printPdf(paper(200, (_, scale) => { first ||= scale; return { done: Promise.resolve(canvas()), cancel: () => undefined }; }), here);
    expect(first).toBeLessThan(1);
    remove();
    await expect(printPdf(paper(1, () => ({ done: Promise.reject(new Error("x")), cancel: () => undefined })), here)).rejects.toThrow("x");
    expect(document.querySelector(".printing")).toBeNull();
  });
});
