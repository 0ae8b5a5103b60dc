// Made-up employees, relations and vaults. Only for `npm run mock` and the tests.
import type { Dossier, Ending, Entry, FieldState, Row, VaultInfo } from "../lib/ipc/bindings";
import { KINDS, STAFF_LIST } from "../lib/state/kinds";
import { catalogue, circles, users } from "./people";

const ahead = (days: number) => new Date(Date.now() + days * 864e5).toISOString();
export const vaults = (): VaultInfo[] => [
  { id: "v1", name: "Personeel", medical: false, open: false, closesIn: null, members: ["u2", "u1"], keeper: "u2", minutes: 10, renewed: "2025-09-01T10:00:00Z", renewedBy: "u2", due: true, dossiers: 3 },
  { id: "v2", name: "Directie", medical: false, open: true, closesIn: 540, members: ["u2"], keeper: "u2", minutes: 10, renewed: ahead(-40), renewedBy: "u2", due: false, dossiers: 1 },
];
export const medical = (): VaultInfo => ({ id: "v3", name: "Medisch", medical: true, open: false, closesIn: null, members: ["u2", "u3"], keeper: "u3", minutes: 5, renewed: ahead(-10), renewedBy: "u3", due: false, dossiers: 0 });

const line = (id: string, kind: string, part: Partial<Row>): Row => ({ id, kind, name: "", sortName: "", dateOfBirth: null, town: null, organisation: null, jobTitle: null, department: null, workLocation: null, circle: "c0", vault: null, changed: ahead(-3), ...part });
/** The last lies in a vault of others. */
export const staff: Row[] = [
  line("m1", "employee", { name: "Hanneke Bos", sortName: "Bos, Hanneke", jobTitle: "Casemanager", department: "Re-integratie", workLocation: "Utrecht", vault: "v1" }),
  line("m2", "employee", { name: "Tarik Demir", sortName: "Demir, Tarik", jobTitle: "Administratie", department: "Bedrijfsbureau", workLocation: "Utrecht", vault: "v1" }),
  line("m3", "employee", { name: "Loes van Dam", sortName: "Dam, Loes van", jobTitle: "Coach", department: "Loopbaan", workLocation: "Zwolle", vault: "v2" }),
  line("m4", "employee", { name: "Wim Jager", sortName: "Jager, Wim", jobTitle: "Directeur", workLocation: "Utrecht", vault: "v9" }),
];
export const relations: Row[] = [
  line("r1", "relation", { name: "Veldhuis Zorg", sortName: "Veldhuis Zorg", organisation: "Veldhuis Zorg", town: "Amersfoort" }),
  line("r2", "department", { name: "Inkoop, Veldhuis Zorg", sortName: "Inkoop, Veldhuis Zorg", organisation: "Veldhuis Zorg", department: "Inkoop", town: "Amersfoort" }),
  line("r3", "contact_person", { name: "Jolanda Prins", sortName: "Prins, Jolanda", organisation: "Veldhuis Zorg", jobTitle: "Teamleider" }),
];
export const others = [...staff, ...relations];
export const rowsOf = (kinds: string[]) => others.filter((r) => kinds.includes(r.kind));
export const isClients = (kinds: string[]) => kinds.length === 0 || kinds.length === KINDS.clients.length;

const none = { text: "", on: null, title: null, channel: null, role: null, state: null, parent: null, telephone: null, email: null, until: null, amount: null, hours: null, dossier: null, kind: null, file: null };
const entry = (id: string, field: string, days: number, content: Partial<Entry["content"]>): Entry => ({ id, field, content: { ...none, on: ahead(-days).slice(0, 10), ...content }, revision: 1, created: ahead(-days), createdBy: users[1]!.name, changed: ahead(-days), changedBy: users[1]!.name, editable: true });
/** `of`: whose. */
export const facts = (): (Entry & { of: string })[] => [
  { of: "m1", ...entry("f1", "personnel_notes", 3, { text: "Jaargesprek gehouden. Wil meer nieuwe dossiers, minder overdracht." }) },
  { of: "m1", ...entry("f2", "certificates", 340, { title: "BHV", until: ahead(25).slice(0, 10) }) },
  { of: "m1", ...entry("f3", "trainings", 900, { title: "Motiverende gespreksvoering" }) },
  { of: "m1", ...entry("f4", "wage_history", 400, { amount: "3850.00", hours: "32" }) },
  { of: "m1", ...entry("f5", "roles", 30, { role: "stand_in", title: "Loes van Dam", dossier: "m3" }) },
  { of: "m3", ...entry("f6", "certificates", 800, { title: "VOG", until: ahead(-12).slice(0, 10) }) },
  { of: "r1", ...entry("f7", "roles", 60, { role: "contact_person", title: "Jolanda Prins", dossier: "r3" }) },
  { of: "r1", ...entry("f8", "roles", 60, { role: "insurer", title: "Verzekeraar Noord" }) },
];

type Held = { vaults: VaultInfo[]; facts: (Entry & { of: string })[]; values: Record<string, string | null>; drafts: Dossier["drafts"] };
const value = (r: Row, field: string) => (({ surname: r.sortName.split(",")[0], given_name: r.name.split(" ")[0], job_title: r.jobTitle, department: r.department, work_location: r.workLocation, organisation: r.organisation, town: r.town }) as Record<string, string | null | undefined>)[field] ?? null;
export function dossierOf(r: Row, b: Held): Dossier {
  const shut = (field: string): "no_grant" | "vault_closed" | null => {
    if (!r.vault || STAFF_LIST.includes(field)) return null;
    const vault = b.vaults.find((v) => v.id === r.vault);
    return vault ? (vault.open ? null : "vault_closed") : "no_grant";
  };
  const own = catalogue.kinds.find((k) => k.id === r.kind)!.fields.map((id) => catalogue.fields.find((f) => f.id === id)!);
  const lists = own.filter((f) => f.valueType === "entries");
  const fields = own.filter((f) => f.valueType !== "entries").map((f): [string, FieldState] => {
    const reason = f.section === "medical" ? "medical" : shut(f.id);
    if (reason) return [f.id, { state: "withheld", reason }];
    return [f.id, f.protected ? { state: "masked", revision: 1, editable: true } : { state: "shown", value: b.values[f.id] ?? value(r, f.id), revision: 1, editable: true }];
  });
  const readable = lists.filter((f) => f.section !== "medical" && !shut(f.id)).map((f) => f.id);
  return {
    id: r.id, kind: r.kind, name: r.name, circle: circles[0]!, vault: r.vault, created: "2026-03-02T09:00:00Z", changed: r.changed, binned: null, fields: Object.fromEntries(fields),
    entries: b.facts.filter((e) => e.of === r.id && readable.includes(e.field)), editableEntries: readable,
    withheldEntries: Object.fromEntries(lists.filter((f) => !readable.includes(f.id)).map((f) => [f.id, f.section === "medical" ? "medical" : shut(f.id)!])),
    drafts: b.drafts.filter((d) => d.dossier === r.id),
  };
}
/** Trainings and certificates near their end, of what lies open. */
export const endings = (b: Held): Ending[] => b.facts.flatMap((e) => {
  const r = others.find((o) => o.id === e.of)!;
  const { title, until } = e.content;
  const near = !!until && until >= ahead(-30).slice(0, 10) && until <= ahead(60).slice(0, 10);
  return near && b.vaults.some((v) => v.id === r.vault && v.open) ? [{ dossier: r.id, name: r.name, field: e.field, title: title ?? "", until }] : [];
}).sort((x, y) => x.until.localeCompare(y.until));
