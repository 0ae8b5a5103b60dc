// What a field row can do: begin, save, cancel, and settle a lost race. The looks are in the components.
import { codeOf, failureText, isFailure } from "../../i18n/failure";
import { isoDay, shown } from "../../i18n/format";
import { say, m } from "../../i18n/index.svelte";
import { commands, type FieldInfo, type FieldState } from "../../ipc/bindings";
import { drafts } from "../../state/drafts.svelte";
import { needs } from "../../state/needs.svelte";
import { reveal } from "../../state/reveal.svelte";

/** What stands in the box when editing begins: as people write it. */
const typedForm = (info: FieldInfo, value: string) =>
  info.valueType === "choice" || info.valueType === "country" || info.valueType === "picture" ? value
  : info.valueType === "money" || info.valueType === "number" ? value.replace(".", ",") : shown(info.valueType, info.id, value);

export class FieldEdit {
  editing = $state(false);
  text = $state("");
  error = $state<string | undefined>();
  saved = $state(false);
  warnings = $state<string[]>([]);
  race = $state<{ mine: string; found: string | null; revision: number } | null>(null);
  #before = "";
  #busy = false;
  #gone: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly dossier: string,
    readonly info: FieldInfo,
    private state: () => FieldState,
    private reload: () => Promise<void>,
  ) {}

  get value(): string | null {
    const s = this.state();
    return s.state === "shown" ? s.value : (reveal.of(this.dossier, this.info.id)?.value ?? null);
  }
  get revision() {
    const s = this.state();
    return s.state === "withheld" ? 0 : s.revision;
  }
  begin = () => {
    if (this.editing) return;
    reveal.hold();
    this.#before = typedForm(this.info, this.value ?? "");
    this.text = drafts.text(this.dossier, this.info.id) || this.#before;
    this.error = undefined;
    this.editing = true;
  };
  typing = () => {
    this.error = undefined;
    if (this.info.valueType !== "picture") drafts.keep(this.dossier, this.info.id, this.text);
  };
  cancel = () => {
    this.editing = false;
    this.error = undefined;
    reveal.hide();
    void drafts.drop(this.dossier, this.info.id);
  };
  save = async () => {
    if (!this.editing || this.#busy) return;
    if (this.text.trim() === this.#before.trim()) return this.cancel();
    const text = this.text.trim();
    await this.#send(text === "" ? null : this.info.valueType === "date" ? isoDay(text) : text, this.revision);
  };
  async #send(value: string | null, revision: number) {
    this.#busy = true;
    try {
      const saved = await commands.setField(this.dossier, this.info.id, value, revision);
      this.editing = false;
      this.race = null;
      this.warnings = saved.warnings;
      await drafts.drop(this.dossier, this.info.id);
      reveal.hide();
      this.#tick();
      await this.reload();
    } catch (e) {
      if (codeOf(e) === "lost_race" && isFailure(e)) {
        await this.reload();
        this.race = { mine: value ?? "", found: e.params["found"] ?? null, revision: this.revision };
        this.editing = false;
      } else {
        this.error = failureText(e);
        needs.offer(e, this.dossier);
      }
    } finally {
      this.#busy = false;
    }
  }
  keepMine = () => this.race && this.#send(this.race.mine || null, this.revision);
  keepTheirs = () => {
    this.race = null;
    void drafts.drop(this.dossier, this.info.id);
  };
  #tick() {
    this.saved = true;
    clearTimeout(this.#gone);
    this.#gone = setTimeout(() => (this.saved = false), 2500);
  }
}
export const warningText = (code: string) => say(`warning_${code}`, {}, m.warning_other());
