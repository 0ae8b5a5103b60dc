// The border between the window and the core. First drawn by hand; generated from Rust (tauri-specta) from then on.
// Every command throws a Failure: {code, params}. Never free text: the UI translates the code.
import { invoke as TAURI_INVOKE } from "@tauri-apps/api/core";

export const commands = {
  // --- sign-in and lock -------------------------------------------------------------------------------------------
  status: () => TAURI_INVOKE<Status>("status"),
  passwordStrength: (password: string, words: string[]) => TAURI_INVOKE<Strength>("password_strength", { password, words }),
  createPractice: (practice: string, name: string, password: string) => TAURI_INVOKE<RecoverySheet>("create_practice", { practice, name, password }),
  /** Types back the group of the sheet that RecoverySheet.ask names; throws code "recovery_mismatch". */
  confirmRecovery: (answer: string) => TAURI_INVOKE<null>("confirm_recovery", { answer }),
  /** A new sheet for the person signed in (also when the first was never confirmed). The old one stops working. */
  newRecoverySheet: (password: string) => TAURI_INVOKE<RecoverySheet>("new_recovery_sheet", { password }),
  /** Saves the sheet as a printable file where the person chooses; false when cancelled. */
  saveRecoverySheet: () => TAURI_INVOKE<boolean>("save_recovery_sheet"),
  createDemo: () => TAURI_INVOKE<DemoUser[]>("create_demo"),
  signIn: (user: string, password: string) => TAURI_INVOKE<Session>("sign_in", { user, password }),
  /** Also the first sign-in of an invited colleague, whose one-time password is `old`. */
  changePassword: (old: string, next: string) => TAURI_INVOKE<Session>("change_password", { old, next }),
  recover: (user: string, code: string, next: string) => TAURI_INVOKE<Session>("recover", { user, code, next }),
  session: () => TAURI_INVOKE<Session>("session"),
  lock: () => TAURI_INVOKE<null>("lock"),
  /** Real input only (isTrusted), at most once a second. */
  touch: () => TAURI_INVOKE<number>("touch"),
  catalogue: () => TAURI_INVOKE<Catalogue>("catalogue"),
  // --- dossiers ---------------------------------------------------------------------------------------------------
  listDossiers: (query: ListQuery) => TAURI_INVOKE<ListPage>("list_dossiers", { query }),
  search: (text: string) => TAURI_INVOKE<SearchResult>("search", { text }),
  recents: () => TAURI_INVOKE<Row[]>("recents"),
  /** Logged as opened. Protected values one may see come as "masked". */
  openDossier: (id: string) => TAURI_INVOKE<Dossier>("open_dossier", { id }),
  revealField: (id: string, field: string) => TAURI_INVOKE<string | null>("reveal_field", { id, field }),
  /** value null empties the field. Throws "invalid_value" {field, reason}, "lost_race" {seen, found}. */
  setField: (id: string, field: string, value: string | null, revision: number) => TAURI_INVOKE<Saved>("set_field", { id, field, value, revision }),
  fieldHistory: (id: string, field: string) => TAURI_INVOKE<Change[]>("field_history", { id, field }),
  restoreField: (id: string, field: string, change: string) => TAURI_INVOKE<Saved>("restore_field", { id, field, change }),
  createDossier: (kind: string, circle: string, fields: Record<string, string>) => TAURI_INVOKE<string>("create_dossier", { kind, circle, fields }),
  addEntry: (id: string, field: string, content: EntryContent) => TAURI_INVOKE<string>("add_entry", { id, field, content }),
  editEntry: (entry: string, content: EntryContent, revision: number) => TAURI_INVOKE<Saved>("edit_entry", { entry, content, revision }),
  entryHistory: (entry: string) => TAURI_INVOKE<EntryChange[]>("entry_history", { entry }),
  binEntry: (entry: string) => TAURI_INVOKE<null>("bin_entry", { entry }),
  binDossier: (id: string) => TAURI_INVOKE<null>("bin_dossier", { id }),
  bin: () => TAURI_INVOKE<BinItem[]>("bin"),
  restoreFromBin: (id: string) => TAURI_INVOKE<null>("restore_from_bin", { id }),
  moveDossier: (id: string, circle: string) => TAURI_INVOKE<null>("move_dossier", { id, circle }),
  // --- drafts: an open text, sealed, for this person and field only --------------------------------------------------
  keepDraft: (id: string, field: string, text: string) => TAURI_INVOKE<null>("keep_draft", { id, field, text }),
  dropDraft: (id: string, field: string) => TAURI_INVOKE<null>("drop_draft", { id, field }),
  drafts: () => TAURI_INVOKE<Draft[]>("drafts"),
  // --- import and export ----------------------------------------------------------------------------------------------
  /** File dialog; null when cancelled. */
  chooseImport: () => TAURI_INVOKE<ImportFile | null>("choose_import"),
  previewImport: (plan: ImportPlan) => TAURI_INVOKE<ImportReport>("preview_import", { plan }),
  /** All or nothing. Progress events; throws "cancelled". */
  runImport: (plan: ImportPlan) => TAURI_INVOKE<ImportReport>("run_import", { plan }),
  cancelTask: () => TAURI_INVOKE<null>("cancel_task"),
  /** File dialog; null when cancelled, else how many were written. */
  exportDossiers: (plan: ExportPlan) => TAURI_INVOKE<number | null>("export_dossiers", { plan }),
  // --- people, rights, settings, log -----------------------------------------------------------------------------------
  people: () => TAURI_INVOKE<People>("people"),
  inviteUser: (name: string, groups: string[]) => TAURI_INVOKE<Invitation>("invite_user", { name, groups }),
  disableUser: (user: string) => TAURI_INVOKE<null>("disable_user", { user }),
  setUserExpiry: (user: string, expires: string | null) => TAURI_INVOKE<null>("set_user_expiry", { user, expires }),
  requirePasswordChange: (user: string) => TAURI_INVOKE<null>("require_password_change", { user }),
  addStatement: (user: string, statement: Statement) => TAURI_INVOKE<null>("add_statement", { user, statement }),
  newGroup: (name: string) => TAURI_INVOKE<string>("new_group", { name }),
  setMember: (group: string, user: string, member: boolean) => TAURI_INVOKE<null>("set_member", { group, user, member }),
  newCircle: (name: string) => TAURI_INVOKE<string>("new_circle", { name }),
  setCircleMember: (circle: string, user: string, member: boolean) => TAURI_INVOKE<null>("set_circle_member", { circle, user, member }),
  matrix: () => TAURI_INVOKE<Matrix>("matrix"),
  /** What setGrant would do, before it is done. */
  previewGrant: (field: string, group: string, level: Level) => TAURI_INVOKE<GrantEffect>("preview_grant", { field, group, level }),
  setGrant: (field: string, group: string, level: Level) => TAURI_INVOKE<GrantEffect>("set_grant", { field, group, level }),
  /** Gives what waits to this user; only somebody who holds the key can. */
  giveWaiting: (key: string, user: string) => TAURI_INVOKE<null>("give_waiting", { key, user }),
  setProtected: (field: string, on: boolean) => TAURI_INVOKE<null>("set_protected", { field, on }),
  settings: () => TAURI_INVOKE<Settings>("settings"),
  saveSettings: (settings: Settings) => TAURI_INVOKE<null>("save_settings", { settings }),
  savePreferences: (preferences: Preferences) => TAURI_INVOKE<null>("save_preferences", { preferences }),
  /** Newest first. */
  auditLog: (about: string | null, offset: number, limit: number) => TAURI_INVOKE<AuditPage>("audit_log", { about, offset, limit }),
};

// Events: "progress" Progress · "locking" null (flush drafts now; the window is replaced right after) · "lock_soon" number (seconds)

export type Failure = { code: string; params: Record<string, string> };
/** "none": no practice yet. Users are empty when the list is hidden: then a name is typed. */
export type Status = { state: "none" | "locked" | "open"; practice: string | null; users: { id: string; name: string }[]; hidden: boolean; language: "nl" | "en"; demo: boolean };
export type Strength = { score: number; ok: boolean; problem: "too_weak" | "common" | null; hint: string | null };
/** groups: the code in readable groups; ask: which group (1-based) must be typed back. */
export type RecoverySheet = { practice: string; user: string; made: string; groups: string[]; ask: number };
export type DemoUser = { user: string; role: string; password: string };
export type Session = {
  user: { id: string; name: string }; practice: string; demo: boolean; administrator: boolean;
  /** What must happen first: change the password (invited, demanded or expired), or confirm a recovery sheet. */
  first: "change_password" | "recovery_sheet" | null;
  lockAt: number; lockMinutes: number; preferences: Preferences; waiting: number; circles: CircleInfo[]; passwordExpires: string | null;
};
export type Preferences = { language: "nl" | "en"; theme: "system" | "light" | "dark"; lockMinutes: number; textSize: number };
export type ValueType = "text" | "long_text" | "date" | "email" | "phone" | "url" | "postcode" | "country" | "choice" | "bsn" | "iban" | "money" | "number" | "picture" | "id_document" | "entries";
export type Level = "none" | "view" | "edit";
export type FieldInfo = { id: string; section: string; valueType: ValueType; choices: string[]; protected: boolean; shape: string | null };
export type Catalogue = { kinds: { id: string; fields: string[] }[]; fields: FieldInfo[]; sections: string[] };
export type ListQuery = { kinds: string[]; sort: string; descending: boolean; filter: string; circle: string | null; offset: number; limit: number };
export type Row = { id: string; kind: string; name: string; sortName: string; dateOfBirth: string | null; town: string | null; organisation: string | null; circle: string; changed: string };
/** loading: the memory of this session is still being filled; null when complete. */
export type ListPage = { total: number; rows: Row[]; loading: Progress | null };
export type SearchResult = { hits: { row: Row; field: string; snippet: string; marks: [number, number][] }[]; more: boolean; loading: Progress | null };
export type FieldState =
  | { state: "shown"; value: string | null; revision: number; editable: boolean }
  | { state: "masked"; revision: number; editable: boolean }
  | { state: "withheld"; reason: "no_grant" | "key_missing" | "medical" };
export type Dossier = {
  id: string; kind: string; name: string; circle: CircleInfo; created: string; changed: string; binned: string | null;
  fields: Record<string, FieldState>;
  /** Newest first: only entries this user may read; withheldEntries names the kinds that may not be read. */
  entries: Entry[]; withheldEntries: string[]; editableEntries: string[]; drafts: Draft[];
};
export type EntryContent = {
  text: string; on: string | null; title: string | null; channel: string | null; role: string | null; state: string | null;
  parent: string | null; telephone: string | null; email: string | null;
};
export type Entry = { id: string; field: string; content: EntryContent; revision: number; created: string; createdBy: string; changed: string; changedBy: string; editable: boolean };
export type Saved = { revision: number; warnings: string[] };
export type Change = { id: string; at: string; by: string; before: string | null; masked: boolean };
export type EntryChange = { id: string; at: string; by: string; before: EntryContent };
export type BinItem = { id: string; what: "dossier" | "entry"; kind: string; name: string; binned: string; expires: string };
export type Draft = { dossier: string; field: string; text: string; at: string };
export type ImportFile = { name: string; rows: number; columns: { heading: string; samples: string[]; guess: string | null }[]; encoding: string | null; delimiter: string | null };
export type ImportPlan = { kind: string; circle: string; mapping: (string | null)[]; skipRefused: boolean };
export type ImportReport = { added: number; ready: number; refused: { line: number; field: string; reason: string }[]; duplicates: { line: number; name: string; like: string }[]; preview: Record<string, string>[] };
export type ExportPlan = { kinds: string[]; format: "csv" | "xlsx" | "json"; fields: string[] | null };
export type Progress = { task: string; done: number; total: number };
export type CircleInfo = { id: string; name: string; kind: "practice" | "own" | "made"; members: string[]; mine: boolean };
export type People = { users: UserInfo[]; groups: { id: string; name: string; members: string[]; administers: boolean }[]; circles: CircleInfo[]; manage: boolean };
export type UserInfo = { id: string; name: string; groups: string[]; state: "active" | "invited" | "disabled"; expires: string | null; statements: Statement[]; lastSignIn: string | null };
export type Statement = { kind: "confidentiality" | "professional_secrecy" | "derived_secrecy"; signed: string; note: string };
export type Invitation = { user: string; password: string };
export type Matrix = {
  fields: { id: string; section: string; protected: boolean; protectable: boolean; levels: Record<string, Level>; held: boolean; medical: boolean }[];
  groups: { id: string; name: string }[]; waiting: Waiting[]; manage: boolean;
};
export type Waiting = { key: string; field: string | null; circle: string | null; user: string; userName: string; canGive: boolean; holders: string[] };
export type GrantEffect = { gain: string[]; lose: string[]; wait: string[]; resealed: number };
export type Settings = { practice: string; hideUsers: boolean; lockMinutes: number; lockMaximum: number; passwordScore: number; binDays: number };
export type AuditPage = { total: number; events: AuditEvent[] };
export type AuditEvent = { seq: number; at: string; event: string; user: string; subject: string | null; subjectName: string | null; part: string | null; success: boolean; count: number | null; reason: string | null };
