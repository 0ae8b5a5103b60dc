// What the three forms for a new dossier share: sending, what was refused, and where one goes then.
import { codeOf, failureText, isFailure } from "../../i18n/failure";
import { commands } from "../../ipc/bindings";
import { app } from "../../state/app.svelte";
import { reloadLists } from "../../state/list.svelte";
import { open } from "../../state/open.svelte";
import { openDossier } from "../../state/route.svelte";

export const practiceCircle = () => app.session?.circles.find((c) => c.kind === "practice")?.id ?? "";

export class Making {
  values = $state<Record<string, string>>({});
  busy = $state(false);
  #failure = $state.raw<unknown>(null);
  #refused = $derived(codeOf(this.#failure) === "invalid_value" && isFailure(this.#failure) ? (this.#failure.params["field"] ?? "") : null);

  constructor(readonly fields: () => string[]) {}

  value = (field: string) => this.values[field]?.trim() ?? "";
  errorOf = (field: string) => (this.#refused === field ? failureText(this.#failure) : undefined);
  /** What no field of the form is about. */
  get error() {
    return this.#failure && !(this.#refused !== null && this.fields().includes(this.#refused)) ? failureText(this.#failure) : undefined;
  }
  async make(kind: string, circle: string, vault: string | null = null) {
    if (this.busy) return;
    this.busy = true;
    this.#failure = null;
    try {
      const fields = Object.fromEntries(this.fields().map((f) => [f, this.value(f)] as const).filter(([, v]) => v));
      const id = await commands.createDossier(kind, circle, vault, fields);
      open.close();
      reloadLists();
      openDossier(id, true, kind);
    } catch (f) {
      this.#failure = f;
      this.busy = false;
    }
  }
}
