// Open texts. Every text that is being written is here; what is typed reaches the sealed store within 250 ms.
import { commands, type Draft } from "../ipc/bindings";

export const KEEP_MS = 250;
type Open = { dossier: string; field: string; text: string; kept: string; timer: ReturnType<typeof setTimeout> | null };
const key = (dossier: string, field: string) => `${dossier}\n${field}`;

class Drafts {
  #open = new Map<string, Open>();
  /** For what is on screen: "keeping" while a text is on its way, "kept" when it is safe, "failed" when it is not. */
  state = $state<Record<string, "keeping" | "kept" | "failed">>({});
  left = $state<Draft[]>([]);

  stateOf = (dossier: string, field: string) => this.state[key(dossier, field)];
  text = (dossier: string, field: string) => this.#open.get(key(dossier, field))?.text ?? "";

  /** Called on every keystroke. The first goes out after 250 ms at the latest, however fast somebody types. */
  keep(dossier: string, field: string, text: string) {
    const k = key(dossier, field);
    const open = this.#open.get(k) ?? { dossier, field, text, kept: "", timer: null };
    this.#open.set(k, open);
    open.text = text;
    this.state[k] = "keeping";
    open.timer ??= setTimeout(() => void this.#send(open), KEEP_MS);
  }
  async #send(open: Open) {
    if (open.timer) clearTimeout(open.timer);
    open.timer = null;
    const k = key(open.dossier, open.field);
    const text = open.text;
    try {
      await (text === "" ? commands.dropDraft(open.dossier, open.field) : commands.keepDraft(open.dossier, open.field, text));
      if (this.#open.get(k) !== open) return;
      open.kept = text;
      if (open.text === text) this.state[k] = "kept";
    } catch {
      if (this.#open.get(k) === open) this.state[k] = "failed";
    }
  }
  /** The lock is coming: everything that was not kept goes out now. */
  async flush() {
    await Promise.all([...this.#open.values()].filter((o) => o.text !== o.kept).map((o) => this.#send(o)));
  }
  async drop(dossier: string, field: string) {
    const k = key(dossier, field);
    const open = this.#open.get(k);
    if (open?.timer) clearTimeout(open.timer);
    this.#open.delete(k);
    delete this.state[k];
    this.left = this.left.filter((d) => key(d.dossier, d.field) !== k);
    if (open) await commands.dropDraft(dossier, field).catch(() => undefined);
  }
  /** What lies in a vault that closed does not stay in the window: it goes to the store, and comes back when the vault opens. */
  async release(dossier: string, held: (field: string) => boolean) {
    for (const [k, o] of [...this.#open]) {
      if (o.dossier !== dossier || !held(o.field)) continue;
      if (o.text !== o.kept) await this.#send(o);
      // What could not be kept stays rather than being lost.
      if (o.text !== o.kept) continue;
      if (o.timer) clearTimeout(o.timer);
      this.#open.delete(k);
      delete this.state[k];
    }
    this.left = this.left.filter((d) => d.dossier !== dossier || !held(d.field));
  }
  restore(left: Draft[]) {
    this.left = left;
    for (const d of left) this.take(d);
  }
  take(d: Draft) {
    const k = key(d.dossier, d.field);
    if (this.#open.has(k)) return;
    this.#open.set(k, { dossier: d.dossier, field: d.field, text: d.text, kept: d.text, timer: null });
    this.state[k] = "kept";
  }
  clear() {
    for (const o of this.#open.values()) if (o.timer) clearTimeout(o.timer);
    this.#open.clear();
    this.state = {};
    this.left = [];
  }
}
export const drafts = new Drafts();
