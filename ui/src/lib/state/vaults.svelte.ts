// The vaults that this person may try to open, and how long those that are open stay so.
import { m } from "../i18n/index.svelte";
import { commands, type VaultInfo } from "../ipc/bindings";
import { drafts } from "./drafts.svelte";
import { attempt, tell } from "./notices.svelte";

class Vaults {
  all = $state.raw<VaultInfo[]>([]);
  /** When they were read: the seconds until one closes count from there. */
  at = 0;
  /** Goes up when one was opened or closed: what is shown of it is read again. */
  turn = $state(0);
  #open = "";

  find = (id: string | null | undefined) => this.all.find((v) => v.id === id);
  get medical() {
    return this.all.find((v) => v.medical);
  }
  /** Those that employees lie in. */
  get staff() {
    return this.all.filter((v) => !v.medical);
  }
  get due() {
    return this.all.filter((v) => v.due);
  }
  read = async () => {
    const all = await commands.vaults();
    const open = all.filter((v) => v.open).map((v) => v.id).sort().join();
    this.all = all;
    this.at = Date.now();
    if (open !== this.#open) this.turn += 1;
    this.#open = open;
  };
  left = (vault: VaultInfo, now: number) => Math.max(0, Math.round((vault.closesIn ?? 0) - (now - this.at) / 1000));
  forget() {
    this.all = [];
    this.#open = "";
  }
}
export const vaults = new Vaults();

/** Closes a vault; what stands open in it is kept first. */
export const closeNow = ({ id, name }: VaultInfo) => attempt(async () => {
  await drafts.flush();
  await commands.closeVault(id);
  await vaults.read();
  tell(m.vault_closed_now({ name }));
});
