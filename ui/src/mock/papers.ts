// Invoices, reports, mailing lists and the house style, as the core answers about them; made-up people.
import type { HouseStyle, InvoiceRow, MailingReport, NewInvoice, NewReport, ReportLine, ReportProfile } from "../lib/ipc/bindings";
import type { Backend } from "./backend";
import { tinyPdf } from "./pdf";

const failure = (field: string, reason: string) => ({ code: "invalid_value", params: { field, reason } });
const none = { credits: null, creditedBy: null, dossier: null, entry: null, recipient: null, total: null };
/** What was issued, and how papers look; a test begins with it anew. */
export class Desk {
  rows: InvoiceRow[] = [
    { ...none, number: "2025-0001", date: "2025-12-19", dossier: "d2", entry: "f1", recipient: "Gemeente Rijnstroom", total: "1452.00", creditedBy: "2026-0001" },
    { ...none, number: "2026-0001", date: "2026-01-06", dossier: "d2", entry: "f2", recipient: "Gemeente Rijnstroom", total: "-1452.00", credits: "2025-0001" },
    { ...none, number: "2026-0002", date: "2026-02-03" },
  ];
  style: HouseStyle = { name: "Praktijk De Overkant", address: "Oudegracht 1\n3511 AA Utrecht", contact: "030-1234567", kvk: "12345678", vatId: "", iban: "", colour: "#10565f", logo: "" };
  mailing: MailingReport = { listed: 3, noContact: 1, refused: 0, notAsked: 2, noConsent: 1, noAddress: 0, withheld: 0, sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" };
  profiles: ReportProfile[] = [{ name: "Verantwoording", fields: [{ field: "assignment", label: "Opdracht" }], protected: false }];
  lines: ReportLine[] = [{ field: "assignment", label: "Opdracht", withheld: null, unfit: 0, goes: true }, { field: "income", label: "Inkomen", withheld: "masked", unfit: 0, goes: false }];
}
function issue(b: Backend, of: string, part: Partial<InvoiceRow>) {
  const number = `2026-${String(b.desk.rows.filter((r) => r.number.startsWith("2026")).length + 1).padStart(4, "0")}`;
  const file = { name: `${number}.pdf`, media: "application/pdf", size: 31_000, path: null, redacted: false, ground: null };
  const empty = { text: "", channel: null, role: null, state: null, parent: null, telephone: null, email: null, until: null, amount: null, hours: null, dossier: null };
  const entry = b.addEntry("invoices", { ...empty, on: "2026-11-26", title: `Factuur ${number}`, kind: "invoice", file });
  b.shelf.files[entry] = { name: file.name, media: file.media, data: tinyPdf([number]) };
  b.desk.rows = [...b.desk.rows, { ...none, number, date: "2026-11-26", dossier: of, entry, ...part }];
  return { entry, number };
}
function refuse(invoice: NewInvoice) {
  const text = invoice.lines.map((l) => l.text).join(" ");
  if (invoice.lines.some((l) => !/^\d+([.,]\d\d?)?$/.test(l.amount))) throw failure("amount", "money_form");
  if (/\b111222333\b/.test(text)) throw failure("text", "bsn_in_text");
  if (!invoice.confirmed && /depressie|burn-out/i.test(text)) throw failure("text", "medical_words");
}
function checked(style: HouseStyle) {
  if (style.iban && !style.iban.startsWith("NL")) throw failure("iban", "form");
  if (style.colour === "#ffff00") throw failure("colour", "too_light");
}

type Args = any;
export const paperCommands: Record<string, (b: Backend, a: Args) => unknown> = {
  preview_invoice: (_, a: { invoice: NewInvoice }) => { refuse(a.invoice); return { pdf: tinyPdf(["Factuur"]), missing: ["kvk", "iban"] }; },
  issue_invoice: (b, a: { dossier: string; invoice: NewInvoice }) => { refuse(a.invoice); return issue(b, a.dossier, { recipient: a.invoice.recipient.split("\n")[0] ?? "", total: "145.20" }); },
  credit_invoice: (b, a: { number: string }) => {
    const row = b.desk.rows.find((r) => r.number === a.number)!;
    if (row.creditedBy) throw failure("invoices", "credited");
    const given = issue(b, row.dossier!, { recipient: row.recipient, total: `-${row.total}`, credits: row.number });
    b.desk.rows = b.desk.rows.map((r) => (r.number === a.number ? { ...r, creditedBy: given.number } : r));
    return given;
  },
  invoices: (b) => b.desk.rows,
  export_invoices: () => true,
  mailing_list: (b) => b.desk.mailing,
  report_profiles: (b) => b.desk.profiles,
  save_report_profiles: (b, a: { profiles: ReportProfile[] }) => { if (a.profiles.some((p) => !p.protected && p.fields.some((f) => f.field === "income"))) throw failure("income", "protected_value"); b.desk.profiles = a.profiles; return null; },
  preview_report: (b, _: { report: NewReport }) => ({ lines: b.desk.lines, data: tinyPdf(["Rapportage"]), digest: "r1" }),
  send_report: () => true as boolean | null,
  house_style: (b) => b.desk.style,
  save_house_style: (b, a: { style: HouseStyle }) => { checked(a.style); b.desk.style = a.style; return null; },
  preview_style: (_, a: { style: HouseStyle }) => { checked(a.style); return tinyPdf([a.style.name]); },
};
