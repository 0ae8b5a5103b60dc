// How backups stand, and whether one is made before the program closes.
import { commands, type BackupState } from "../ipc/bindings";
import { m } from "../i18n/index.svelte";

class Backups {
  now = $state.raw<BackupState | null>(null);
  /** Goes up at each reading: what is shown of them is read again. */
  turn = $state(0);
  closing = $state(false);
  read = async () => {
    this.now = await commands.backupState();
    this.turn += 1;
  };
  /** Everybody is told of one that was missed; who manages the practice also of what is not arranged yet. */
  tells = (manages: boolean) => !!this.now && (this.now.standing === "missed" || (manages && this.now.standing !== "good"));
  forget() {
    this.now = null;
    this.closing = false;
  }
}
export const backups = new Backups();

const reasons: Record<string, () => string> = { full: m.backup_failed_full, no_folder: m.backup_failed_no_folder, damaged: m.backup_failed_damaged, io: m.backup_failed_io };
export const whyFailed = (reason: string) => (reasons[reason] ?? m.backup_failed_other)();
