// A protected value in sight: one at a time, for twenty seconds.
import { commands } from "../ipc/bindings";

export const SHOW_MS = 20_000;
class Reveal {
  now = $state<{ dossier: string; field: string; value: string | null } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  of = (dossier: string, field: string) => (this.now?.dossier === dossier && this.now.field === field ? this.now : null);
  async show(dossier: string, field: string) {
    this.hide();
    const value = await commands.revealField(dossier, field);
    this.now = { dossier, field, value };
    this.#timer = setTimeout(this.hide, SHOW_MS);
  }
  /** While it is being edited it stays; afterwards it hides at once. */
  hold = () => clearTimeout(this.#timer);
  hide = () => {
    clearTimeout(this.#timer);
    this.now = null;
  };
}
export const reveal = new Reveal();
