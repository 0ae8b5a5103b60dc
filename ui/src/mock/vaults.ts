// The vaults of the pretended core: `fout` is wrong, anything else opens.
import { emit } from "@tauri-apps/api/event";
import type { NewVault } from "../lib/ipc/bindings";
import type { Backend } from "./backend";
import { sheet } from "./handle";

type Args = any;
const open = { open: true, closesIn: 600 };
const check = (password: string) => { if (password === "fout") throw { code: "wrong_password", params: {} }; };
/** The core tells it too. */
const told = async () => { await emit("vaults"); return null; };

export const vaultCommands: Record<string, (b: Backend, a: Args) => unknown> = {
  vaults: (b) => b.vaults,
  found_vault: (b, a: { vault: NewVault }) => {
    const v = a.vault;
    b.vaults = [...b.vaults, { id: `v${b.vaults.length + 4}`, name: v.name, medical: v.medical, open: true, closesIn: v.minutes * 60, members: ["u2", ...v.members], keeper: "u2", minutes: v.minutes, renewed: new Date().toISOString(), renewedBy: "u2", due: false, dossiers: 0 }];
    return { ...sheet(), user: v.name };
  },
  open_vault: (b, a: { vault: string; password: string }) => { check(a.password); b.setVault(a.vault, open); return told(); },
  close_vault: (b, a: { vault: string }) => { b.setVault(a.vault, { open: false, closesIn: null }); return told(); },
  change_vault_password: (b, a: { vault: string; old: string }) => { check(a.old); return b.setVault(a.vault, open); },
  new_vault_sheet: async (b, a: { vault: string; password: string }) => { check(a.password); b.setVault(a.vault, open); await told(); return { ...sheet(), user: b.vaults.find((v) => v.id === a.vault)!.name }; },
  recover_vault: (b, a: { vault: string; code: string }) => { check(a.code.includes("9RTD") ? "" : "fout"); return b.setVault(a.vault, open); },
  rekey_vault: async (b, a: { vault: string; password: string }) => {
    check(a.password);
    await emit("progress", { task: "rekey", done: 2, total: 3 });
    return b.setVault(a.vault, { ...open, due: false, renewed: new Date().toISOString(), renewedBy: "u2" });
  },
  set_vault_member: (b, a: { vault: string; user: string; member: boolean }) => {
    const members = b.vaults.find((v) => v.id === a.vault)!.members.filter((u) => u !== a.user);
    return b.setVault(a.vault, { members: a.member ? [...members, a.user] : members });
  },
  hand_over_vault: (b, a: { vault: string; user: string }) => b.setVault(a.vault, { keeper: a.user }),
  set_vault: (b, a: { vault: string; name: string; minutes: number }) => b.setVault(a.vault, { name: a.name, minutes: a.minutes }),
  move_to_vault: () => null,
  export_vault: () => 3,
};
