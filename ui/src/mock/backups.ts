// Backups of the pretended practice.
import type { BackupInfo, Backups, PickedBackup } from "../lib/ipc/bindings";

const at = (days: number) => new Date(Date.now() - days * 864e5).toISOString();
const one = (days: number): BackupInfo => ({ at: at(days), name: `${at(days).slice(0, 10)}T020000Z.age`, size: 48_200, sha256: "9b1f".repeat(16), dossiers: 412, documents: 97 });
export const backups: Backups = {
  state: { standing: "good", last: at(0), failed: null },
  plan: { folder: "/media/praktijk/STICK", everyHours: 24, atClosing: true, daily: 7, weekly: 5, monthly: 12 },
  last: one(0), drill: { at: at(20), backup: at(21), dossiers: 398, documents: 90, opened: 21_400, findings: 0 },
  there: [0, 1, 2, 3, 10, 40].map(one),
};
const picked: PickedBackup = { name: one(2).name, at: at(2), size: 48_200, loss: { made: 2, changed: 5, entries: 9, documents: 1 } };
export const backupCommands = {
  backup_state: () => backups.state,
  backups: () => backups,
  save_backup_plan: () => null,
  choose_backup_folder: () => "/media/praktijk/STICK",
  make_backup: () => one(0),
  pick_backup: () => picked,
  choose_backup: () => picked,
  drill_backup: () => backups.drill,
  restore_backup: () => true,
};
