import type { EntryChange, EntryContent, FileInfo } from "../../ipc/bindings";

/** `id`: of the change that ended it; null for what is there now. `sameFile`: only what is said about it was changed. */
export type Version = { id: string | null; content: EntryContent; until: { at: string; by: string } | null; sameFile: boolean };

const same = (a: FileInfo | null, b: FileInfo | null) => a?.name === b?.name && a?.size === b?.size && a?.media === b?.media && a?.path === b?.path;
const said = (c: EntryContent) => JSON.stringify([c.title, c.on, c.text]);

/** Newest first. A change of which nothing can be seen was a file of the same name and size. */
export function versionsOf(now: EntryContent, changes: EntryChange[]): Version[] {
  const past = [...changes].sort((a, b) => b.at.localeCompare(a.at));
  const after = (i: number) => (i === 0 ? now : past[i - 1]!.before);
  return [
    { id: null, content: now, until: null, sameFile: false },
    ...past.map((c, i) => ({ id: c.id, content: c.before, until: { at: c.at, by: c.by }, sameFile: same(c.before.file, after(i).file) && said(c.before) !== said(after(i)) })),
  ];
}
