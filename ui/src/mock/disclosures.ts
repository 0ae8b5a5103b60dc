// Requests for information, as the core answers about them; made-up people.
import { tinyPdf } from "./pdf";
import type { DisclosureProfile, Letter, NewRequest, PeerCopy, Registered, Reply } from "../lib/ipc/bindings";

const failure = (code: string, params: Record<string, string> = {}) => ({ code, params });
const one = (asker: string, purpose: string, more: Partial<DisclosureProfile> = {}): DisclosureProfile =>
  ({ asker, purpose, list: "disclosures", fields: ["surname", "work_fitness"], result: false, transfer: purpose === "transfer", statute: "", needsConsent: false, ...more });
const profiles = [
  one("employer", "absence", { statute: "UAVG 30(1)(b)" }), one("employer", "progress", { needsConsent: true }), one("person", "own_data", { result: true }),
  one("insurer", "claim", { needsConsent: true }), one("uwv", "reintegration", { result: true, statute: "Wet SUWI 54(3)(c), 54(10)" }), one("new_firm", "transfer", { needsConsent: true }), one("person", "transfer"),
];
const registered = (entry: string, more: Partial<Registered>): Registered => ({ entry, dossier: "d2", name: "Sanne van der Berg", revision: 1, asker: "employer", askerName: "Bloemhof B.V.", purpose: "absence", asked: "Wanneer komt zij terug?", received: "2026-11-20", due: "2026-12-04", outcome: "", reason: "", answers: [], decider: "", decided: "", basis: "", fields: [], packaged: false, origin: "", address: "", language: "nl", open: !more.outcome, ...more });
const letter = (values = true): Letter => ({ sender: "Praktijk De Overkant", recipientLines: ["Bloemhof B.V.", "Kerkstraat 1", "1234 AB Rijndal"], date: "26-11-2026", subject: "Uw vraag om informatie (verzuim en re-integratie)", reference: "V-1A2B3C4D", salutation: "Geachte heer, mevrouw,", paragraphs: ["Op 20-11-2026 vroeg u ons om informatie.", "Wij verstrekken u de volgende gegevens.", "Geef ze niet door."], fields: values ? [{ label: "Naam", value: "Sanne van der Berg" }, { label: "Geschikt voor werk", value: "gedeeltelijk" }, { label: "Verwachte duur", value: "acht weken" }] : [], closing: "Met vriendelijke groet,", signer: "Pauline Dijkgraaf" });
const copy: PeerCopy = { ageBand: "40-49", parts: [
  { field: "initial_problem", on: "", before: "Is moe en wil weer plezier in het werk.", after: "Is moe en wil weer plezier in het werk.", unsure: [], stayed: [] },
  { field: "session_notes", on: "2026-08-12", before: "Sanne belde op 3 november over Bloemhof. Pietersen was erbij.", after: "[naam] belde op 12 augustus over [organisatie]. Pietersen was erbij.", unsure: ["Bloemhof"], stayed: ["Pietersen"] },
] };
/** What stands in the register; a test empties it. */
export const register = { all: [registered("q1", {}), registered("q2", { asker: "person", askerName: "Sanne van der Berg", purpose: "transfer", outcome: "answered", decided: "2026-11-24", decider: "Pauline Dijkgraaf", basis: "own_request", fields: ["surname"], revision: 2 })] };
const start = structuredClone(register.all);
export const resetRegister = () => (register.all = structuredClone(start));
const find = (entry: string) => register.all.find((r) => r.entry === entry)!;
const decide = (entry: string, outcome: string, fields: string[]) => void (register.all = register.all.map((r) => (r.entry === entry ? { ...r, outcome, fields, decided: "2026-11-26", decider: "Pauline Dijkgraaf", revision: 2 } : r)));

type Args = any;
export const disclosureCommands: Record<string, (b: unknown, a: Args) => unknown> = {
  disclosure_profiles: () => profiles,
  disclosures: (_, a: { of: string | null }) => register.all.filter((r) => !a.of || r.dossier === a.of),
  register_request: (_, a: { dossier: string; request: NewRequest }) => { const { name, ...asked } = a.request; register.all = [registered(`q${register.all.length + 1}`, { ...asked, askerName: name, dossier: a.dossier, received: "2026-11-26", due: "2026-12-10" }), ...register.all]; return "q9"; },
  preview_answer: (_, a: { request: string; reply: Reply }) => ({ letter: letter(), paper: tinyPdf(["Brief"]), digest: "d1", revision: find(a.request).revision, leftOut: [{ dossier: "", field: "work_abilities", reason: "medical_words" }], denial: profiles.find((p) => p.asker === find(a.request).asker && p.purpose === find(a.request).purpose)?.needsConsent ? "no_consent" : null }),
  answer_request: (_, a: { request: string; reply: Reply; digest: string }) => { if (a.digest !== "d1") throw failure("invalid_value", { field: "letter", reason: "changed_since_preview" }); decide(a.request, a.reply.partly ? "partly" : "answered", ["surname", "work_fitness"]); return null; },
  preview_refusal: (_, a: { request: string }) => ({ letter: letter(false), paper: tinyPdf(["Afwijzing"]), digest: "d2", revision: find(a.request).revision, leftOut: [], denial: null }),
  refuse_request: (_, a: { request: string }) => { decide(a.request, "refused", []); return null; },
  disclosure_letter: (_, a: { request: string }) => letter(find(a.request).outcome !== "refused"),
  letter_paper: () => tinyPdf(["Brief"]),
  save_letter: () => true,
  peer_copy: () => copy,
  check_peer_copy: (_, a: { parts: { text: string }[] }) => a.parts.flatMap((p, part) => (/Sanne/.test(p.text) ? [{ part, reason: "trace_name" }] : [])),
  save_peer_copy: () => true,
  package_dossier: (_, a: { request: string }) => { register.all = register.all.map((r) => (r.entry === a.request ? { ...r, packaged: true } : r)); return { dossiers: 1, documents: 2, leftOut: [{ dossier: "d2", field: "medical_notes", reason: "medical" }] }; },
  package_practice: () => ({ dossiers: 240, documents: 12, leftOut: [] }),
  receive_package: (_, a: { password: string }) => { if (a.password === "fout") throw failure("wrong_password"); return { dossiers: 1, entries: 14, documents: 2, practice: "Praktijk Het Anker", by: "Jan Proef", leftOut: [{ dossier: "d2", field: "religion", reason: "no_ground" }] }; },
};
