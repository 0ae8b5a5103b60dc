// A pretended core that keeps everything in memory. Only for `npm run mock` and the tests; never in a real build.
import type { AuditEvent, Dossier, Draft, Entry, FieldState, Hit, Level, ListQuery, Matrix, Row, Session, Settings, Status, VaultInfo, Waiting, Deed, PlayedPart, StandIn } from "../lib/ipc/bindings";
import { Shelf, someDocuments } from "./documents";
import { Desk } from "./papers";
import { catalogue, circles, people, person, row, users } from "./people";
import { dossierOf, facts, isClients, others, vaults } from "./staff";

export class Backend {
  status: Status = { state: "locked", practice: "Praktijk De Overkant", users, hidden: false, language: "nl", demo: true };
  count = 100_000;
  calls: [string, Record<string, unknown>][] = [];
  drafts: Draft[] = [];
  values: Record<string, string | null> = {};
  entries: Entry[] = [...story(), ...someDocuments()];
  shelf = new Shelf();
  desk = new Desk();
  facts = facts();
  vaults = vaults();
  /** There are employees and relations. */
  staff = true;
  /** Whoever is signed in is one. */
  physician = false;
  failures = new Map<string, unknown>();
  /** Commands that answer only when this has happened. */
  slow = new Map<string, Promise<unknown>>();
  /** Fields that were protected meanwhile. */
  locked = new Set<string>();
  levels: Record<string, Record<string, Level>> = {};
  waiting: Waiting[] = [
    { key: "k1", field: "salary", circle: null, user: "u4", userName: "Anne-Fleur Smit", canGive: true, holders: ["Youssef el Amrani"], barred: null },
    { key: "k2", field: "medical_conclusions", circle: null, user: "u4", userName: "Anne-Fleur Smit", canGive: false, holders: ["Pauline Dijkgraaf"], barred: null },
    { key: "k3", field: "limitations", circle: null, user: "u4", userName: "Anne-Fleur Smit", canGive: false, holders: ["Pauline Dijkgraaf"], barred: "statement_missing" },
  ];
  parts: PlayedPart[] = [];
  standIns: StandIn[] = [];
  deeds: Deed[] = [];
  first: Session["first"] = null;
  administrator = true;
  hits: Hit[] | null = null;
  recent: Row[] | null = null;
  /** What stands at the top of the log, over what stands there otherwise. */
  logged: Partial<AuditEvent>[] = [];
  /** An import refuses nothing. */
  clean = false;
  settings: Settings = { practice: "Praktijk De Overkant", hideUsers: false, lockMinutes: 10, lockMaximum: 15, passwordScore: 3, binDays: 30, vaultMonths: 12 };
  preferences: Session["preferences"] = { language: "nl", theme: "light", lockMinutes: 10, textSize: 100 };
  lockAt = () => Date.now() + this.preferences.lockMinutes * 60_000;

  session = (): Session => ({
    user: users[1]!, practice: this.settings.practice, demo: this.status.demo, administrator: this.administrator, first: this.first, lockAt: this.lockAt(), lockMinutes: this.preferences.lockMinutes,
    preferences: { ...this.preferences }, waiting: this.waiting.length, circles, passwordExpires: null, split: false, recoveries: [],
  });
  dossier(id: string): Dossier {
    const other = others.find((r) => r.id === id);
    if (other) return dossierOf(other, this);
    const i = Number(id.slice(1));
    const r = row(i);
    const fields: Record<string, FieldState> = {};
    const compartment = this.vaults.find((v) => v.medical);
    const shut = compartment ? "vault_closed" : "medical";
    for (const f of catalogue.kinds.find((k) => k.id === r.kind)!.fields.flatMap((x) => catalogue.fields.find((y) => y.id === x)!)) {
      if (f.valueType === "entries") continue;
      const value = this.values[f.id] ?? sample(f.id, i);
      fields[f.id] = f.section === "medical" && !compartment?.open ? { state: "withheld", reason: shut } : f.section === "special" ? { state: "withheld", reason: "no_grant" }
        : f.id === "other_financial" ? { state: "withheld", reason: "key_missing" } : f.protected ? { state: "masked", revision: 1, editable: true } : { state: "shown", value, revision: 1, editable: true };
    }
    return { id, kind: r.kind, name: r.name, circle: circles.find((c) => c.id === r.circle)!, vault: null, created: "2026-03-02T09:00:00Z", changed: r.changed, binned: null, fields, entries: this.entries, withheldEntries: compartment?.open ? {} : { medical_notes: shut, medical_documents: shut }, editableEntries: ["disclosures", "session_notes", "interventions", "contact_log", "goals", "people_involved", "test_results", "documents", "id_documents", "invoices"], drafts: this.drafts.filter((d) => d.dossier === id) };
  }
  matrix(): Matrix {
    const fields = catalogue.fields.map((f) => {
      const medical = f.section === "medical";
      const base: Record<string, Level> = { g1: f.section === "identity" ? "edit" : "none", g2: medical ? "none" : "edit", g3: medical ? "edit" : "view", g4: f.id === "iban" ? "view" : "none" };
      return { id: f.id, section: f.section, protected: f.protected || this.locked.has(f.id), protectable: true, levels: { ...base, ...this.levels[f.id] }, held: f.protected && !medical, medical };
    });
    return { fields, groups: people().groups.map(({ id, name }) => ({ id, name })), waiting: this.waiting, manage: true };
  }
  list(q: ListQuery) {
    const wanted = q.filter.toLowerCase();
    if (!wanted && isClients(q.kinds) && !q.circle) {
      const rows = Array.from({ length: Math.max(0, Math.min(q.limit, this.count - q.offset)) }, (_, i) => row(q.descending ? this.count - 1 - q.offset - i : q.offset + i));
      return { total: this.count, rows, loading: null };
    }
    const fits = (r: Row) => (!wanted || r.name.toLowerCase().includes(wanted)) && (!q.kinds.length || q.kinds.includes(r.kind)) && (!q.circle || r.circle === q.circle);
    const all: Row[] = this.staff ? others.filter(fits) : [];
    for (let i = 0; i < Math.min(this.count, 20_000); i++) {
      const r = row(i);
      if (fits(r)) all.push(r);
    }
    return { total: all.length, rows: all.slice(q.offset, q.offset + q.limit), loading: null };
  }
  addEntry(field: string, content: Entry["content"], of = ""): string {
    const now = new Date().toISOString();
    const id = `e${this.entries.length + this.facts.length + 1}`;
    const entry = { id, field, content, revision: 1, created: now, createdBy: users[1]!.name, changed: now, changedBy: users[1]!.name, editable: true };
    if (others.some((r) => r.id === of)) this.facts = [{ of, ...entry }, ...this.facts];
    else this.entries = [entry, ...this.entries];
    return id;
  }
  setVault(id: string, part: Partial<VaultInfo>) {
    this.vaults = this.vaults.map((v) => (v.id === id ? { ...v, ...part } : v));
    return null;
  }
}

const sample = (id: string, i: number): string | null => {
  const p = person(i) as Record<string, string>;
  const more: Record<string, string> = { salutation: "mrs", sex: "female", street: "Oudegracht 112", postcode: "3511 AW", country: "NL", mobile: "+31612345678", email: "sanne@voorbeeld.nl", organisation: "Veldhuis Zorg", competences: "Ziet snel wat een team nodig heeft. Kan slecht nee zeggen, en weet dat.", assignment: "Terug naar een werkweek van 28 uur, zonder de avonden.", project_status: "running", place_of_birth: "Leiden", initials: "S.M.", name_order: "own" };
  return p[id] ?? more[id] ?? null;
};
const at = (days: number) => new Date(Date.now() - days * 864e5).toISOString();
function story(): Entry[] {
  const none = { on: null, title: null, channel: null, role: null, state: null, parent: null, telephone: null, email: null, until: null, amount: null, hours: null, dossier: null, kind: null, file: null };
  const one = (id: string, field: string, days: number, content: Partial<Entry["content"]>, revision = 1): Entry => ({ id, field, content: { text: "", ...none, on: at(days).slice(0, 10), ...content }, revision, created: at(days), createdBy: users[1]!.name, changed: revision > 1 ? at(days - 1) : at(days), changedBy: users[1]!.name, editable: true });
  return [
    one("e1", "session_notes", 2, { text: "Sanne kwam binnen met het plan dat we vorige keer maakten. Twee van de drie avonden zijn vrij gebleven. De derde niet, en daar wilde ze het over hebben: niet omdat het misging, maar omdat ze het pas de volgende ochtend merkte.\n\nAfgesproken: ze belt zelf haar leidinggevende, vóór vrijdag." }, 2),
    one("e2", "contact_log", 5, { text: "Leidinggevende belt: rooster van januari staat al vast, wil meedenken over de ochtenden.", channel: "telephone" }),
    one("e3", "interventions", 12, { text: "Weekkaart ingevuld: wat geeft energie, wat kost het." }),
    one("e4", "session_notes", 19, { text: "Eerste gesprek. Rustig verteld wat er sinds de zomer gebeurd is." }),
    one("g1", "goals", 18, { text: "Vier dagen werken zonder dat de avonden opgaan", state: "open" }),
    one("g2", "goals", 17, { text: "Zelf het gesprek met de leidinggevende voeren", state: "reached", parent: "g1" }),
    one("g3", "goals", 16, { text: "Eén avond per week niets", state: "open", parent: "g1" }),
    one("p1", "people_involved", 19, { title: "Jolanda Prins", role: "manager", telephone: "+31301234567", email: "j.prins@voorbeeld.nl" }),
    one("p2", "people_involved", 19, { title: "Huisartsenpraktijk Zuid", role: "gp", text: "Alleen met toestemming." }),
  ];
}
