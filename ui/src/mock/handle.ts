import type { Entry, Level, ListQuery } from "../lib/ipc/bindings";
import type { Backend } from "./backend";
import { backupCommands } from "./backups";
import { documentCommands } from "./documents";
import { catalogue, people, row, users } from "./people";
import { disclosureCommands } from "./disclosures";
import { paperCommands } from "./papers";
import { tinyPdf } from "./pdf";
import { endings, others } from "./staff";
import { vaultCommands } from "./vaults";

type Args = any;
const failure = (code: string, params: Record<string, string> = {}) => ({ code, params });
export const sheet = () => ({ practice: "Praktijk De Overkant", user: users[1]!.name, made: "2026-11-23", groups: ["K7QM", "2FWX", "9RTD", "LP4H", "VN83", "C6YJ", "ZB5G", "XD7S"], ask: 3, backups: ["W2MK", "8RTP", "LQ3Z", "N6VC"] });
const session = (b: Backend) => { b.status = { ...b.status, state: "open" }; return b.session(); };

/** What an employer keeps of an employee is refused once where it holds such words, as the core does. */
function sure(dossier: string, field: string, { confirmed, ...content }: Entry["content"], old?: Entry["content"]) {
  const fresh = (word: RegExp) => word.test(`${content.title} ${content.text}`) && !(old && word.test(`${old.title} ${old.text}`));
  const reason = fresh(/burn-out|depressie/i) ? "medical_words" : fresh(/\b\d{9}\b/) ? "bsn_in_text" : null;
  if (reason && !confirmed && others.some((r) => r.id === dossier && r.kind === "employee")) throw failure("invalid_value", { field, reason });
  return content;
}

/** Every command of the border. What is not here throws, so that a test notices. */
export const commands: Record<string, (b: Backend, a: Args) => unknown> = {
  status: (b) => b.status,
  handed_over: () => null,
  consents: () => ({ consents: [], grounds: [], missing: [], special: ["religion", "memberships"], told: ["work_fitness", "result", "whole_dossier"] }),
  forms: () => [],
  ground_kinds: () => [],
  session: (b) => b.session(),
  password_strength: (_, a: { password: string }) => { const n = Math.min(4, Math.floor(a.password.length / 5)); return { score: n, ok: n >= 3, problem: n < 3 ? "too_weak" : null, hint: null }; },
  create_practice: (b, a: { practice: string; name: string }) => { b.status = { ...b.status, state: "open", practice: a.practice, users: [{ id: "u2", name: a.name }], demo: false }; return sheet(); },
  create_demo: (b) => { b.status = { ...b.status, state: "locked" }; return users.map((u, i) => ({ user: u.name, role: ["administrator", "coach", "physician", "reception"][i], password: ["kastanje-vlonder-mist-9", "pleister-golf-kano-2", "haven-uil-trapezium-5", "notitie-fluweel-brug-7"][i] })); },
  confirm_recovery: (_, a: { answer: string }) => { if (a.answer !== "9RTD") throw failure("recovery_mismatch"); return null; },
  new_recovery_sheet: (b) => { b.first = null; return sheet(); },
  sheet_paper: () => tinyPdf(["Herstelblad"]),
  save_recovery_sheet: () => true,
  sign_in: (b, a: { password: string }) => { if (a.password === "fout") throw failure("wrong_password"); return session(b); },
  change_password: (b) => { b.first = b.first === "change_password" ? "recovery_sheet" : null; return session(b); },
  recover: (b) => session(b),
  lock: (b) => { b.status = { ...b.status, state: "locked" }; return null; },
  touch: (b) => b.lockAt(),
  catalogue: (b) => ({ ...catalogue, fields: catalogue.fields.map((f) => (b.locked.has(f.id) ? { ...f, protected: true } : f)) }),
  list_dossiers: (b, a: { query: ListQuery }) => b.list(a.query),
  search: (b, a: { text: string }) => ({ more: false, loading: null, hits: b.hits ?? b.list({ kinds: [], sort: "name", descending: false, filter: a.text, circle: null, offset: 0, limit: 8 }).rows.map((r) => ({ row: r, field: "", snippet: "", marks: [] })) }),
  recents: (b) => b.recent ?? Array.from({ length: Math.min(5, b.count) }, (_, i) => row(i)),
  endings: (b) => endings(b),
  parts_played: (b) => b.parts,
  stand_ins: (b) => b.standIns,
  give_stand_in: (b, a: { user: string; dossiers: string[]; from: string; until: string }) => { b.standIns = [{ id: "w1", giver: users[1]!.name, standIn: people().users.find((u) => u.id === a.user)!.name, mine: true, forMe: false, mayEnd: true, from: a.from, until: a.until, state: "waiting", dossiers: a.dossiers.length, unread: false }]; return null; },
  end_stand_in: (b) => { b.standIns = b.standIns.map((one) => ({ ...one, state: "returned", mayEnd: false, unread: one.mine })); return null; },
  stand_in_report: (b) => { b.standIns = b.standIns.map((one) => ({ ...one, unread: false })); return b.deeds; },
  open_dossier: (b, a: { id: string }) => b.dossier(a.id),
  reread_dossier: (b, a: { id: string }) => b.dossier(a.id),
  reveal_field: (_, a: { field: string }) => ({ bsn: "111222333", iban: "NL91ABNA0417164300", salary: "3850.00", nationality: "Nederlandse" } as Record<string, string>)[a.field] ?? "Getoonde waarde",
  set_field: (b, a: { field: string; value: string }) => { if (a.field === "postcode" && !/^\d{4} ?[A-Z]{2}$/.test(a.value)) throw failure("invalid_value", { field: a.field, reason: "postcode_form" }); b.values[a.field] = a.value; return { revision: 2, warnings: [] }; },
  field_history: () => [{ id: "h1", at: "2026-10-03T10:12:00Z", by: users[1]!.name, before: "Amersfoort", masked: false }],
  restore_field: () => ({ revision: 3, warnings: [] }),
  create_dossier: (_, a: { kind: string }) => others.find((r) => r.kind === a.kind && r.vault !== "v1")?.id ?? "d1",
  add_entry: (b, a: { id: string; field: string; content: Entry["content"] }) => b.addEntry(a.field, sure(a.id, a.field, a.content), a.id),
  edit_entry: (b, a: { entry: string; content: Entry["content"] }) => { const old = b.facts.find((e) => e.id === a.entry); const content = sure(old?.of ?? "", old?.field ?? "", a.content, old?.content); b.facts = b.facts.map((e) => (e.id === a.entry ? { ...e, content, revision: e.revision + 1 } : e)); b.entries = b.entries.map((e) => (e.id === a.entry ? { ...e, content, revision: e.revision + 1 } : e)); return { revision: 2, warnings: [] }; },
  entry_history: () => [],
  bin_entry: (b, a: { entry: string }) => { b.entries = b.entries.filter((e) => e.id !== a.entry); return null; },
  bin_dossier: () => null,
  bin: () => [{ id: "d9", what: "dossier", kind: "client", name: row(9).name, binned: new Date(Date.now() - 2 * 864e5).toISOString(), expires: "2026-12-21" }],
  restore_from_bin: () => null,
  move_dossier: () => null,
  keep_draft: (b, a: { id: string; field: string; text: string }) => { b.drafts = [...b.drafts.filter((d) => d.dossier !== a.id || d.field !== a.field), { dossier: a.id, name: b.dossier(a.id).name, field: a.field, text: a.text, at: new Date().toISOString() }]; return null; },
  drop_draft: (b, a: { id: string; field: string }) => { b.drafts = b.drafts.filter((d) => d.dossier !== a.id || d.field !== a.field); return null; },
  drafts: (b) => b.drafts,
  choose_import: () => ({ name: "clienten.csv", rows: 240, encoding: "utf-8", delimiter: ";", columns: [{ heading: "Voornaam", samples: ["Sanne", "Bram", "Noor"], guess: "given_name" }, { heading: "Achternaam", samples: ["Berg", "Boer", "Hof"], guess: "surname" }, { heading: "Geboren", samples: ["03-04-1981", "17-11-1990"], guess: "date_of_birth" }, { heading: "Hobby's", samples: ["schaken"], guess: null }] }),
  preview_import: (_, a: { plan: { skipDuplicates: boolean } }) => ({ added: 0, ready: a.plan.skipDuplicates ? 236 : 237, refused: [{ line: 14, field: "date_of_birth", reason: "date_impossible" }, { line: 14, field: "postcode", reason: "postcode_form" }, { line: 77, field: "date_of_birth", reason: "date_form" }, { line: 130, field: "surname", reason: "empty" }], duplicates: [{ line: 3, name: "Sanne Berg", like: "Sanne van der Berg" }], preview: [{ given_name: "Sanne", surname: "Berg", date_of_birth: "1981-04-03" }, { given_name: "Bram", surname: "Boer", date_of_birth: "1990-11-17" }] }),
  run_import: (b) => ({ added: 236, ready: 0, refused: b.clean ? [] : [{ line: 14, field: "date_of_birth", reason: "date_impossible" }, { line: 14, field: "postcode", reason: "postcode_form" }], duplicates: [{ line: 3, name: "Sanne Berg", like: "Sanne van der Berg" }], preview: [] }),
  cancel_task: () => null,
  export_dossiers: () => 240,
  people: (b) => people(b.physician),
  invite_user: (_, a: { name: string }) => ({ user: a.name, password: "wandel-koper-linde-38" }),
  renew_invitation: (_, a: { user: string }) => ({ user: a.user, password: "wandel-koper-linde-39" }),
  disable_user: () => null, set_user_expiry: () => null, require_password_change: () => null, add_statement: () => null,
  new_group: () => "g9", set_member: () => null, new_circle: () => "c9", set_circle_member: () => null,
  matrix: (b) => b.matrix(),
  preview_grant: (_, a: { level: Level }) => (a.level === "none" ? { gain: [], lose: ["Anne-Fleur Smit"], wait: [], unsigned: [], excluded: [], resealed: 1204 } : { gain: ["Anne-Fleur Smit"], lose: [], wait: ["Pauline Dijkgraaf"], unsigned: ["Youssef el Amrani"], excluded: [], resealed: 0 }),
  set_grant: (b, a: { field: string; group: string; level: Level }) => { b.levels[a.field] = { ...b.levels[a.field], [a.group]: a.level }; return { gain: ["Anne-Fleur Smit"], lose: [], wait: [], unsigned: [], excluded: [], resealed: 0 }; },
  give_waiting: (b, a: { key: string }) => { b.waiting = b.waiting.filter((w) => w.key !== a.key); return null; },
  set_protected: (b, a: { field: string }) => { b.locked.add(a.field); return null; },
  settings: (b) => b.settings,
  save_settings: () => null,
  save_preferences: (b, a: { preferences: typeof b.preferences }) => { b.preferences = { ...a.preferences, lockMinutes: a.preferences.lockMinutes || b.settings.lockMinutes }; return null; },
  audit_log: (b) => ({ total: 128, events: Array.from({ length: 50 }, (_, i) => ({ seq: 128 - i, at: new Date(Date.now() - i * 36e5).toISOString(), event: ["dossier_opened", "field_revealed", "entry_added", "listed", "signed_in", "right_changed"][i % 6], user: users[(i >> 2) % 3]!.name, subject: i % 6 < 3 ? `d${i % 4}` : null, subjectName: i % 6 < 3 ? row(i % 4).name : null, part: i % 6 === 1 ? "bsn" : i % 6 === 2 ? "session_notes" : null, objectName: null, success: i % 11 !== 7, count: i % 6 === 3 ? 100000 : null, reason: null, ...b.logged[i] })) }),
  ...backupCommands,
  ...documentCommands,
  ...disclosureCommands,
  ...paperCommands,
  ...vaultCommands,
};

export async function answer(b: Backend, command: string, args: unknown): Promise<unknown> {
  b.calls.push([command, (args ?? {}) as Record<string, unknown>]);
  await b.slow.get(command);
  if (b.failures.has(command)) throw b.failures.get(command);
  const act = commands[command];
  if (!act) throw new Error(`no such command: ${command}`);
  return structuredClone(await act(b, (args ?? {}) as Args));
}
