// Who is signed in, to what, and what the program knows for as long as that lasts.
import { commands, type Catalogue, type Draft, type FieldInfo, type People, type Preferences, type Session, type Status } from "../ipc/bindings";
import { setLocale } from "../i18n/index.svelte";
import { drafts } from "./drafts.svelte";
import { list } from "./list.svelte";
import { notices } from "./notices.svelte";
import { reveal } from "./reveal.svelte";
import { route } from "./route.svelte";

class App {
  status = $state<Status | null>(null);
  session = $state<Session | null>(null);
  catalogue = $state.raw<Catalogue>({ kinds: [], fields: [], sections: [] });
  /** Code of a failure that keeps the program from starting. */
  broken = $state<unknown>(null);
  #fields = $derived(new Map(this.catalogue.fields.map((f) => [f.id, f])));

  field = (id: string): FieldInfo | undefined => this.#fields.get(id);
  kindFields = (kind: string) => this.catalogue.kinds.find((k) => k.id === kind)?.fields ?? [];
  #names = $state.raw(new Map<string, string>());
  /** Members of circles come as ids. */
  personName = (id: string) => this.#names.get(id) ?? "…";
  circle = (id: string) => this.session?.circles.find((c) => c.id === id);

  async start() {
    try {
      this.status = await commands.status();
      setLocale(this.status.language);
      if (this.status.state === "open") await this.enter(await commands.session());
    } catch (e) {
      this.broken = e;
    }
  }
  /** After a sign-in: preferences first, then what was left open goes back to its place. */
  async enter(session: Session) {
    if (session.first) {
      this.session = session;
      applyPreferences(session.preferences);
      return;
    }
    const [catalogue, left, people] = await Promise.all([commands.catalogue(), commands.drafts(), commands.people()]);
    this.know(people);
    this.catalogue = catalogue;
    drafts.restore(left);
    route.reset(placeOf(newest(left)));
    applyPreferences(session.preferences);
    this.session = session;
  }
  know = (people: People) => (this.#names = new Map(people.users.map((u) => [u.id, u.name])));
  async refresh() {
    this.session = await commands.session();
  }
  async lock() {
    await drafts.flush();
    await commands.lock();
    this.forget();
  }
  /** Nothing of a session stays in the window. */
  forget() {
    this.session = null;
    this.catalogue = { kinds: [], fields: [], sections: [] };
    this.#names = new Map();
    drafts.clear();
    list.forget();
    reveal.hide();
    notices.all = [];
    route.reset();
    void commands.status().then((s) => (this.status = s));
  }
}
export const app = new App();

const newest = (left: Draft[]) => [...left].sort((a, b) => b.at.localeCompare(a.at))[0];
const placeOf = (draft: Draft | undefined) => (draft ? { view: "dossier" as const, id: draft.dossier } : undefined);

const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
let theme: Preferences["theme"] = "system";
const paint = () => (document.documentElement.dataset["theme"] = theme === "system" ? (dark?.matches ? "dark" : "light") : theme);
dark?.addEventListener("change", paint);
paint();
export function applyPreferences(p: Preferences) {
  theme = p.theme;
  paint();
  document.documentElement.dataset["size"] = String(p.textSize);
  setLocale(p.language);
}
