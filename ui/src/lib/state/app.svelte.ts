// Who is signed in, to what, and what the program knows for as long as that lasts.
import { commands, type Catalogue, type Draft, type FieldInfo, type FilledForm, type People, type Preferences, type Session, type Status } from "../ipc/bindings";
import { setLocale, type Locale } from "../i18n/index.svelte";
import { backups } from "./backups.svelte";
import { drafts } from "./drafts.svelte";
import { forgetLists } from "./list.svelte";
import { notices } from "./notices.svelte";
import { outside } from "./outside.svelte";
import { reveal } from "./reveal.svelte";
import { route } from "./route.svelte";
import { vaults } from "./vaults.svelte";

class App {
  status = $state<Status | null>(null);
  session = $state<Session | null>(null);
  catalogue = $state.raw<Catalogue>({ kinds: [], fields: [], sections: [] });
  /** Chosen before there was a session to keep it in: it goes to whoever comes in. */
  chosen: Locale | null = null;
  /** A practice was founded: a session is open, which the window shows once the sheet is typed back. */
  founded = false;
  /** The form that the computer was handed over with; nothing else is shown then. */
  handed = $state.raw<FilledForm | null>(null);
  /** Code of a failure that keeps the program from starting. */
  broken = $state<unknown>(null);
  #fields = $derived(new Map(this.catalogue.fields.map((f) => [f.id, f])));

  field = (id: string): FieldInfo | undefined => this.#fields.get(id);
  kindFields = (kind: string) => this.catalogue.kinds.find((k) => k.id === kind)?.fields ?? [];
  #names = $state.raw(new Map<string, string>());
  /** Others work here too, in circles of which one may not even know the name. */
  colleagues = $state(false);
  /** Members of circles come as ids. */
  personName = (id: string) => this.#names.get(id) ?? "…";
  circle = (id: string) => this.session?.circles.find((c) => c.id === id);

  /** Somebody else has the computer now, to sign this. */
  handOver(form: FilledForm) {
    reveal.hide();
    notices.all = [];
    setLocale(localeOf(form));
    this.handed = form;
  }
  /** Whoever is signed in has it back. */
  async takeBack() {
    this.handed = null;
    setLocale(this.session?.preferences.language ?? "nl");
    if (!this.session) await this.start();
  }
  async start() {
    try {
      this.handed = await commands.handedOver();
      if (this.handed) return setLocale(localeOf(this.handed));
      this.status = await commands.status();
      setLocale(this.chosen ?? this.status.language);
      if (this.status.state === "open") await this.enter(await commands.session());
    } catch (e) {
      this.broken = e;
    }
  }
  /** After a sign-in: preferences first, then what was left open goes back to its place. */
  async enter(session: Session) {
    await this.#hand(session);
    if (session.first) {
      this.session = session;
      applyPreferences(session.preferences);
      return;
    }
    const [catalogue, left, people] = await Promise.all([commands.catalogue(), commands.drafts(), commands.people(), vaults.read()]);
    this.know(people);
    this.catalogue = catalogue;
    drafts.restore(left);
    route.reset(placeOf(newest(left)));
    applyPreferences(session.preferences);
    this.session = session;
  }
  async #hand(session: Session) {
    const language = this.chosen;
    this.chosen = null;
    if (!language || language === session.preferences.language) return;
    session.preferences = { ...session.preferences, language };
    // A language that could not be kept keeps nobody out.
    await savePreferences(session.preferences).catch(() => undefined);
  }
  /** Again, after a change of what is protected. */
  learn = async () => void (this.catalogue = await commands.catalogue());
  know(people: People) {
    this.#names = new Map(people.users.map((u) => [u.id, u.name]));
    this.colleagues = people.users.filter((u) => u.state === "active").length > 1;
  }
  async refresh() {
    this.session = await commands.session();
  }
  async lock() {
    // Nothing keeps the lock away: not a store that is slow, and not one that fails.
    await Promise.race([drafts.flush(), new Promise((late) => setTimeout(late, 1000))]);
    try {
      await commands.lock();
    } finally {
      this.forget();
    }
  }
  /** Nothing of a session stays in the window. */
  forget() {
    this.session = null;
    this.founded = false;
    this.catalogue = { kinds: [], fields: [], sections: [] };
    this.#names = new Map();
    drafts.clear();
    forgetLists();
    vaults.forget();
    backups.forget();
    reveal.hide();
    outside.forget();
    notices.all = [];
    route.reset();
    void commands.status().then((s) => (this.status = s));
  }
}
export const app = new App();

/** Whoever signs reads all of it in the language of the form. */
const localeOf = (form: FilledForm): Locale => (form.language === "en" ? "en" : "nl");
const newest = (left: Draft[]) => [...left].sort((a, b) => b.at.localeCompare(a.at))[0];
const placeOf = (draft: Draft | undefined) => (draft ? { view: "dossier" as const, id: draft.dossier } : undefined);

const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
let theme: Preferences["theme"] = "system";
const paint = () => (document.documentElement.dataset["theme"] = theme === "system" ? (dark?.matches ? "dark" : "light") : theme);
dark?.addEventListener("change", paint);
paint();
/**
 * The session tells the minutes as they work out, not whether somebody chose them. Those that are the practice's own are kept
 * as 0, which goes on following the practice; only a choice of minutes itself (`minutes`) is kept as it is.
 */
export async function savePreferences(p: Preferences, minutes = false) {
  const follows = !minutes && (await commands.settings()).lockMinutes === p.lockMinutes;
  await commands.savePreferences(follows ? { ...p, lockMinutes: 0 } : p);
}
export function applyPreferences(p: Preferences) {
  theme = p.theme;
  paint();
  document.documentElement.dataset["size"] = String(p.textSize);
  setLocale(p.language);
}
