// Made-up documents, and what a pretended core does with them. Only for `npm run mock` and the tests.
import { emit } from "@tauri-apps/api/event";
import type { Entry, EntryChange, EntryContent, FileInfo, LinkState, NewDocument, Picked, ShownDocument } from "../lib/ipc/bindings";
import type { Backend } from "./backend";
import { tinyPdf } from "./pdf";
import { users } from "./people";

type Args = any;
const failure = (code: string, params: Record<string, string> = {}) => ({ code, params });
/** A made-up passport. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAUAAAADIAgMAAADkatA4AAAADFBMVEX08OGWlqAeHh4AAABigNzWAAAAn0lEQVR42u3YwQmEMBBG4VH0YilW48l6Uo5sFVtFmrAJGwgBxV0Mfs+bwYdMwvyjEQCANuguPfUp3s0pIvq735CQEAAA/Hs+HJfi0v41ihASEhISnmA4/3MhJzUkbPxgr2pISPiUTKmni00hlCmEhISEhISEhIS/HeeKzKny2WJTCFs92HlVQ8K3CQGgXabtvkumEMpl6If6IaF+CLyeA/yNQbMC5IsNAAAAAElFTkSuQmCC";
const file = (part: Partial<FileInfo> & { name: string }): FileInfo => ({ media: "application/pdf", size: 184_320, path: null, redacted: false, ground: null, ...part });
const content = (part: Partial<EntryContent>): EntryContent => ({ text: "", on: null, title: null, channel: null, role: null, state: null, parent: null, telephone: null, email: null, until: null, amount: null, hours: null, dossier: null, kind: null, file: null, ...part });
const at = (days: number) => new Date(Date.now() - days * 864e5).toISOString();
const one = (id: string, field: string, days: number, part: Partial<EntryContent>, revision = 1): Entry => ({ id, field, content: content(part), revision, created: at(days), createdBy: users[1]!.name, changed: at(revision > 1 ? 1 : days), changedBy: users[revision > 1 ? 0 : 1]!.name, editable: true });

export const someDocuments = (): Entry[] => [
  one("k1", "documents", 30, { kind: "agreement", title: "Overeenkomst van opdracht", on: "2026-10-20", file: file({ name: "overeenkomst-2.pdf", size: 1_240_000 }) }, 3),
  one("k2", "documents", 9, { kind: "report", title: "Gespreksnotitie werkgever", on: "2026-11-10", text: "Besproken op 10 november.", file: file({ name: "notitie.txt", media: "text/plain", size: 812 }) }),
  one("k3", "documents", 4, { kind: "other", title: "Belastbaarheidsprofiel", on: "2026-11-18", file: file({ name: "profiel.odt", media: "application/octet-stream", size: 48_000 }) }),
  one("k4", "documents", 14, { kind: "report", title: "Rooster van de afdeling", on: "2026-11-01", file: file({ name: "rooster.pdf", path: "/mnt/afdeling/rooster.pdf" }) }),
  one("k5", "id_documents", 20, { kind: "id_copy", title: "Paspoort", on: "2026-10-30", file: file({ name: "paspoort.png", media: "image/png", size: 640_000, redacted: true }) }),
];
export class Shelf {
  /** What the file dialog gives; null when it is cancelled. */
  choice: Picked | null = { name: "Brief_huisarts.pdf", size: 220_000, media: "application/pdf" };
  picked: Picked | null = null;
  links: Record<string, LinkState> = { k4: "changed" };
  histories: Record<string, EntryChange[]> = {
    k1: [
      { id: "v2", at: at(1), by: users[0]!.name, before: content({ kind: "agreement", title: "Overeenkomst", on: "2026-10-20", file: file({ name: "overeenkomst-2.pdf", size: 1_240_000 }) }) },
      { id: "v1", at: at(12), by: users[1]!.name, before: content({ kind: "agreement", title: "Overeenkomst", on: "2026-10-20", file: file({ name: "overeenkomst.pdf", size: 1_180_000 }) }) },
    ],
  };
  /** By document. */
  files: Record<string, ShownDocument> = {
    k1: { name: "overeenkomst-2.pdf", media: "application/pdf", data: tinyPdf(["Overeenkomst van opdracht", "Artikel 1", "Ondertekening"]) },
    k2: { name: "notitie.txt", media: "text/plain", data: btoa("De werkgever wil meedenken over de ochtenden.") },
    k5: { name: "paspoort.png", media: "image/png", data: PNG },
  };
  stopped = false;
  /** Large files take a while, and can be broken off. */
  async take() {
    if (!this.picked) throw failure("nothing_picked");
    const total = this.picked.size;
    this.stopped = false;
    for (let done = 0; total > 10_000_000 && done < total; done += total / 20) {
      await emit("progress", { task: "document", done, total });
      await new Promise((later) => setTimeout(later, 150));
      if (this.stopped) throw failure("cancelled");
    }
  }
  taken(): Picked {
    const picked = this.picked!;
    this.picked = null;
    return picked;
  }
}
function refuse(field: string, d: NewDocument, blackedOut = false) {
  if ((d.kind === "id_copy") !== (field === "id_documents")) throw failure("invalid_value", { field: "kind", reason: "id_copy_place" });
  if (d.kind === "id_copy" && !blackedOut && !d.ground) throw failure("invalid_value", { field: "kind", reason: "id_copy_ground" });
}
function put(b: Backend, field: string, d: NewDocument, kept: FileInfo, blackedOut = false) {
  const id = b.addEntry(field, content({ title: d.title || kept.name, kind: d.kind, on: d.on || null, text: d.text, file: { ...kept, redacted: blackedOut, ground: d.ground || null } }));
  b.shelf.files[id] = { name: kept.name, media: kept.media, data: kept.media === "application/pdf" ? tinyPdf([d.title]) : kept.media === "text/plain" ? btoa(d.title) : PNG };
  return id;
}
const without = (b: Backend, entry: string) => { b.entries = b.entries.filter((e) => e.id !== entry); return null; };

export const documentCommands: Record<string, (b: Backend, a: Args) => unknown> = {
  choose_document: (b) => (b.shelf.picked = b.shelf.choice),
  show_picked: (b) => { if (!b.shelf.picked?.media.startsWith("image/")) throw failure("not_a_picture"); return { ...b.shelf.picked, data: PNG }; },
  add_document: async (b, a: { field: string; document: NewDocument }) => { refuse(a.field, a.document); await b.shelf.take(); return put(b, a.field, a.document, file(b.shelf.taken())); },
  add_picture: (b, a: { field: string; document: NewDocument; name: string; data: string }) => { refuse(a.field, a.document, true); b.shelf.picked = null; return put(b, a.field, a.document, file({ name: a.name, media: "image/png", size: a.data.length }), true); },
  link_document: (b, a: { field: string; document: NewDocument }) => { const p = b.shelf.taken(); return put(b, a.field, a.document, file({ ...p, path: `/home/u/${p.name}` })); },
  link_state: (b, a: { entry: string }) => b.shelf.links[a.entry] ?? "unchanged",
  stop_link_state: () => null,
  relink_document: (b, a: { entry: string; revision: number }) => {
    const p = b.shelf.taken();
    b.entries = b.entries.map((e) => (e.id === a.entry ? { ...e, revision: e.revision + 1, content: { ...e.content, file: { ...e.content.file!, ...p, path: `/home/u/${p.name}` } } } : e));
    return { revision: a.revision + 1, warnings: [] };
  },
  replace_document: async (b, a: { entry: string; revision: number }) => {
    const old = b.entries.find((e) => e.id === a.entry)!;
    await b.shelf.take();
    const now = new Date().toISOString();
    b.shelf.histories[a.entry] = [{ id: `v${now}`, at: now, by: users[1]!.name, before: old.content }, ...(b.shelf.histories[a.entry] ?? [])];
    b.entries = b.entries.map((e) => (e.id === a.entry ? { ...e, revision: e.revision + 1, changed: now, content: { ...e.content, file: file(b.shelf.taken()) } } : e));
    return { revision: a.revision + 1, warnings: [] };
  },
  show_document: (b, a: { entry: string }) => b.shelf.files[a.entry] ?? { name: "", media: "application/octet-stream", data: "" },
  save_document: () => true,
  export_document: () => true,
  open_outside: () => null,
  close_outside: () => null,
  destroy_document: (b, a: { entry: string }) => without(b, a.entry),
  entry_history: (b, a: { entry: string }) => b.shelf.histories[a.entry] ?? [],
  cancel_task: (b) => { b.shelf.stopped = true; return null; },
};
