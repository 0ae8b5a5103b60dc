import { emit } from "@tauri-apps/api/event";
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fileSize, guessKind, KINDS, titleOf } from "../lib/components/documents/document";
import { versionsOf } from "../lib/components/documents/versions";
import { outside } from "../lib/state/outside.svelte";
import { veil } from "../lib/state/veil.svelte";
import type { Backend } from "../mock/backend";
import { asked, held, signedIn } from "./window";

const pdf = vi.hoisted(() => ({ painted: [] as number[], closed: 0 }));
// jsdom paints nothing: the engine is tried in a real window.
vi.mock("../lib/pdf/engine", () => ({
  Locked: class extends Error {},
  openPdf: async () => ({
    count: 3, size: async () => ({ width: 595, height: 842 }), text: async (n: number) => `Tekst van pagina ${n}`, close: () => (pdf.closed += 1), leave: () => undefined,
    paint: (n: number) => { pdf.painted.push(n); return { done: Promise.resolve(document.createElement("canvas")), cancel: () => undefined }; },
  }),
}));
beforeEach(() => {
  [pdf.painted, pdf.closed] = [[], 0];
  outside.forget();
  globalThis.IntersectionObserver = class {
    constructor(private tell: (seen: { isIntersecting: boolean }[]) => void) {}
    observe(e: HTMLElement) { this.tell([{ isIntersecting: Number(e.dataset["page"]) < 3 }]); }
    disconnect() {}
  } as unknown as typeof IntersectionObserver;
  URL.createObjectURL = vi.fn(() => "blob:picture");
  URL.revokeObjectURL = vi.fn();
});
const documents = async (change?: (b: Backend) => void) => {
  const window = await signedIn({ view: "dossier", id: "d2", tab: "documents" }, change);
  await screen.findByTestId("documents");
  return window;
};
const card = (entry: string) => document.querySelector<HTMLElement>(`[data-entry="${entry}"]`)!;
type User = Awaited<ReturnType<typeof documents>>["user"];
async function choose(user: User, entry: string, deed: string) {
  await user.click(within(card(entry)).getByTestId("document-menu"));
  await user.click(await screen.findByTestId(`document-${deed}`));
}

describe("the list", () => {
  test("says of each what it is, how large, which version, who and when", async () => {
    await documents();
    const agreement = card("k1");
    expect(agreement).toHaveTextContent("20-10-2026 · Pdf · 1,2 MB · versie 3 · gewijzigd gisteren door Marijke Veenstra");
    expect(card("k2")).toHaveTextContent("812 bytes");
    expect(card("k5")).toHaveTextContent("Afgelakt");
    expect(within(screen.getByTestId("document-list-documents")).getAllByRole("heading", { level: 3 }).map((h) => h.textContent)).toEqual(["Overeenkomst", "Rapport", "Anders"]);
    expect(screen.getAllByTestId("document").map((d) => d.dataset["entry"])).toEqual(["k1", "k2", "k4", "k3", "k5"]);
  });
  test("a link tells whether the file is still as it was, and can be asked again", async () => {
    const { user, backend } = await documents();
    await waitFor(() => expect(screen.getByTestId("link-state")).toHaveTextContent("Koppeling: gewijzigd sinds koppelen"));
    expect(card("k4")).toHaveTextContent("/mnt/afdeling/rooster.pdf");
    backend.shelf.links["k4"] = "missing";
    await user.click(screen.getByTestId("link-check"));
    await waitFor(() => expect(screen.getByTestId("link-state")).toHaveTextContent("niet bereikbaar"));
    expect(asked(backend, "link_state")).toEqual([{ entry: "k4" }, { entry: "k4" }]);
    await user.click(within(card("k4")).getByTestId("document-menu"));
    await screen.findByTestId("document-versions");
    for (const deed of ["save", "give", "outside"]) expect(screen.queryByTestId(`document-${deed}`)).toBeNull();
  });
  test("a link whose file moved is linked again; whoever goes elsewhere waits for no reading", async () => {
    const { user, backend } = await documents();
    await choose(user, "k4", "relink");
    await user.click(await screen.findByTestId("replace-go"));
    await waitFor(() => expect(asked(backend, "relink_document")).toEqual([{ entry: "k4", revision: 1 }]));
    backend.slow.set("link_state", new Promise(() => undefined));
    await user.click(await screen.findByTestId("link-check"));
    await user.click(screen.getByTestId("tab-story"));
    await waitFor(() => expect(asked(backend, "stop_link_state")).toEqual([{ entry: "k4" }]));
  });
  test("a note begun at a document is kept while typing, and stands there again after a lock", async () => {
    const { user, backend } = await documents();
    await user.click(screen.getByTestId("document-add"));
    await user.type(await screen.findByTestId("document-note"), "Let op bladzijde 3");
    await waitFor(() => expect(asked(backend, "keep_draft").at(-1)).toMatchObject({ id: "d2", field: "documents", text: "Let op bladzijde 3" }));
    await user.click(screen.getByTestId("document-go"));
    await waitFor(() => expect(asked(backend, "drop_draft")).toMatchObject([{ id: "d2", field: "documents" }]));
  });
  test("a note that waits says so, and comes back in the form", async () => {
    const { user } = await documents((b) => { b.drafts = [{ dossier: "d2", name: "A", field: "documents", text: "Bewaarde notitie", at: new Date().toISOString() }]; });
    expect(await screen.findByTestId("note-waits")).toHaveTextContent("Er staat nog een notitie klaar");
    await user.click(screen.getByTestId("document-add"));
    expect(await screen.findByTestId("document-note")).toHaveValue("Bewaarde notitie");
  });
  test("what may not be read is one calm line with its reason", async () => {
    await documents();
    const lines = screen.getAllByTestId("withheld");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toHaveTextContent(/Medische documenten.*alleen de arts/);
  });
  test("a list in a vault that is closed says so; nothing is offered, and nothing is said to be empty", async () => {
    await documents((b) => {
      const all = b.dossier.bind(b);
      b.entries = [];
      b.dossier = (id) => ({ ...all(id), withheldEntries: { documents: "vault_closed", id_documents: "vault_closed", medical_documents: "medical" }, editableEntries: [] });
    });
    expect(screen.getAllByTestId("withheld").map((w) => w.dataset["reason"])).toEqual(["vault_closed", "vault_closed", "medical"]);
    expect(screen.getAllByTestId("withheld")[0]).toHaveTextContent("in een kluis die nu dicht is");
    expect(screen.queryByTestId("document-add")).toBeNull();
    expect(screen.queryByText("Nog geen documenten")).toBeNull();
  });
  test("who may only look is offered no change", async () => {
    const { user } = await documents((b) => (b.entries = b.entries.map((e) => ({ ...e, editable: false }))));
    await user.click(within(card("k1")).getByTestId("document-menu"));
    await screen.findByTestId("document-save");
    for (const deed of ["replace", "bin", "destroy"]) expect(screen.queryByTestId(`document-${deed}`)).toBeNull();
  });
  test("in the story a document is a line that leads here", async () => {
    const { user } = await signedIn({ view: "dossier", id: "d2" });
    const lines = await screen.findAllByTestId("document-line");
    expect(lines).toHaveLength(5);
    expect(screen.getAllByTestId("entry").some((e) => e.dataset["field"] === "documents")).toBe(false);
    expect(screen.getByTestId("note-kind")).not.toHaveTextContent("Documenten");
    await user.click(within(lines[0]!).getByRole("button", { name: "Belastbaarheidsprofiel" }));
    await screen.findByTestId("documents");
  });
  test("F9 covers titles and places", async () => {
    await documents();
    veil.set(true);
    await waitFor(() => expect(screen.getByTestId("documents")).not.toHaveTextContent("Overeenkomst van opdracht"));
    expect(screen.getByTestId("documents")).not.toHaveTextContent("/mnt/afdeling");
  });
});

describe("adding", () => {
  test("title and kind are proposed by the name of the file", async () => {
    const { user, backend } = await documents();
    await user.click(screen.getByTestId("document-add"));
    expect(await screen.findByTestId("document-title")).toHaveValue("Brief huisarts");
    expect(screen.getByTestId("document-kind")).toHaveValue("letter");
    await user.clear(screen.getByTestId("document-date"));
    await user.type(screen.getByTestId("document-date"), "1-11-2026");
    await user.type(screen.getByTestId("document-note"), "Per post");
    await user.click(screen.getByTestId("document-go"));
    await waitFor(() => expect(screen.queryByTestId("add-document")).toBeNull());
    expect(asked(backend, "add_document")).toEqual([{ dossier: "d2", field: "documents", document: { title: "Brief huisarts", kind: "letter", on: "2026-11-01", text: "Per post", ground: "" } }]);
    expect(await screen.findByText(/onversleuteld op zijn oude plek/)).toBeVisible();
    expect(screen.getByTestId("documents")).toHaveTextContent("Brief huisarts");
    await waitFor(() => expect(screen.getByTestId("document-add")).toHaveFocus());
  });
  test("a large file shows how far it is, and can be broken off; the form stays", async () => {
    const { user, backend } = await documents();
    const go = held(backend, "add_document");
    await user.click(screen.getByTestId("document-add"));
    await user.click(await screen.findByTestId("document-go"));
    await emit("progress", { task: "document", done: 52_000_000, total: 104_000_000 });
    expect(await screen.findByTestId("document-progress")).toHaveTextContent("52 MB / 104 MB");
    await user.keyboard("{Escape}");
    expect(screen.getByTestId("add-document")).toBeVisible();
    backend.failures.set("add_document", { code: "cancelled", params: {} });
    await user.click(screen.getByTestId("document-cancel"));
    expect(asked(backend, "cancel_task")).toHaveLength(1);
    go();
    expect(await screen.findByText(/Gestopt op uw verzoek/)).toBeVisible();
    backend.failures.clear();
    await user.click(screen.getByTestId("document-go"));
    await waitFor(() => expect(screen.queryByTestId("add-document")).toBeNull());
  });
  test("a file that is dropped opens the form; another one takes its place, but not what was typed", async () => {
    const { user } = await documents();
    await emit("tauri://drag-enter", {});
    expect(await screen.findByTestId("drop-zone")).toBeVisible();
    await emit("picked", { name: "cv_noor.pdf", size: 90_000, media: "application/pdf" });
    expect(await screen.findByTestId("document-title")).toHaveValue("cv noor");
    expect(screen.getByTestId("document-kind")).toHaveValue("cv");
    expect(screen.queryByTestId("drop-zone")).toBeNull();
    await user.clear(screen.getByTestId("document-title"));
    await user.type(screen.getByTestId("document-title"), "Cv van Noor");
    await emit("picked", { name: "certificaat.png", size: 1000, media: "image/png" });
    await waitFor(() => expect(screen.getByTestId("picked")).toHaveTextContent("certificaat.png"));
    expect(screen.getByTestId("document-title")).toHaveValue("Cv van Noor");
    expect(screen.getByTestId("document-kind")).toHaveValue("certificate");
  });
  test("a link leaves the file where it is, and says that; identity documents cannot be linked", async () => {
    const { user, backend } = await documents();
    await user.click(screen.getByTestId("document-link"));
    expect(await screen.findByTestId("add-document")).toHaveTextContent("wordt daar niet versleuteld");
    expect(screen.getByTestId("document-kind")).not.toHaveTextContent("Kopie identiteitsbewijs");
    await user.click(screen.getByTestId("document-go"));
    await waitFor(() => expect(asked(backend, "link_document")).toHaveLength(1));
    expect(asked(backend, "add_document")).toHaveLength(0);
  });
  test("no file chosen, no form", async () => {
    const { user } = await documents((b) => (b.shelf.choice = null));
    await user.click(screen.getByTestId("document-add"));
    expect(screen.queryByTestId("add-document")).toBeNull();
  });
  test("who may write medical documents chooses where a letter goes", async () => {
    const { user, backend } = await documents((b) => {
      const all = b.dossier.bind(b);
      b.dossier = (id) => ({ ...all(id), withheldEntries: {}, editableEntries: ["documents", "medical_documents"] });
    });
    await user.click(screen.getByTestId("document-add"));
    await user.selectOptions(await screen.findByTestId("document-list"), "medical_documents");
    await user.click(screen.getByTestId("document-go"));
    await waitFor(() => expect(asked(backend, "add_document")).toMatchObject([{ field: "medical_documents", document: { kind: "letter" } }]));
  });
});

describe("a copy of an identity document", () => {
  const passport = (media: string) => (b: Backend) => void (b.shelf.choice = { name: "paspoort.x", size: 1000, media });
  test("whole: only for payroll, which has to be said", async () => {
    const { user, backend } = await documents(passport("application/pdf"));
    await user.click(screen.getByTestId("document-add"));
    expect(await screen.findByTestId("document-kind")).toHaveValue("id_copy");
    expect(screen.getByTestId("pictures-only")).toHaveTextContent("PNG of JPEG");
    expect(screen.getByTestId("document-go")).toBeDisabled();
    await user.click(screen.getByTestId("id-copy-whole"));
    expect(screen.getByTestId("document-go")).toBeDisabled();
    await user.click(screen.getByTestId("id-copy-payroll"));
    await user.click(screen.getByTestId("document-go"));
    await waitFor(() => expect(asked(backend, "add_document")).toMatchObject([{ field: "id_documents", document: { kind: "id_copy", ground: "payroll" } }]));
  });
  test("one that was blacked out is not replaced by another", async () => {
    const { user } = await documents();
    await user.click(within(card("k5")).getByTestId("document-menu"));
    await screen.findByTestId("document-destroy");
    expect(screen.queryByTestId("document-replace")).toBeNull();
  });
});

describe("versions", () => {
  test("another file takes the place of a document, and the former can still be seen", async () => {
    const { user, backend } = await documents();
    await choose(user, "k1", "replace");
    expect(await screen.findByTestId("replace-document")).toHaveTextContent("in de plaats van overeenkomst-2.pdf (1,2 MB)");
    await user.click(screen.getByTestId("replace-go"));
    await waitFor(() => expect(asked(backend, "replace_document")).toEqual([{ entry: "k1", revision: 3 }]));
    await waitFor(() => expect(card("k1")).toHaveTextContent("versie 4"));
    await choose(user, "k1", "versions");
    expect(await screen.findAllByTestId("version")).toHaveLength(4);
    await user.click(screen.getByTestId("version-view-3"));
    await screen.findByTestId("viewer");
    expect(asked(backend, "show_document")).toEqual([{ entry: "k1", version: "v1" }]);
  });
  test("a change of the title alone is no other file", () => {
    const content = (title: string, name: string) => ({ title, text: "", on: null, file: { name, media: "", size: 1, path: null, redacted: false, ground: null } }) as never;
    const by = "x";
    const found = versionsOf(content("B", "2.pdf"), [{ id: "a", at: "2026-01-01", by, before: content("A", "1.pdf") }, { id: "b", at: "2026-02-01", by, before: content("A", "2.pdf") }, { id: "c", at: "2026-01-15", by, before: content("A", "2.pdf") }]);
    expect(found.map((v) => [v.id, v.sameFile])).toEqual([[null, false], ["b", true], ["c", false], ["a", false]]);
  });
  test("title, date and note can be changed; a change by another is not overwritten unseen", async () => {
    const { user, backend } = await documents();
    backend.failures.set("edit_entry", { code: "lost_race", params: { found: "Van een ander" } });
    await choose(user, "k2", "edit");
    const title = await screen.findByTestId("document-title");
    await user.clear(title);
    await user.type(title, "Notitie");
    await user.click(screen.getByTestId("document-save"));
    expect(await screen.findByText("Van een ander")).toBeVisible();
    expect(screen.getByTestId("document-title")).toHaveValue("Notitie");
    backend.failures.clear();
    await user.click(screen.getByTestId("document-save"));
    await waitFor(() => expect(card("k2")).toHaveTextContent("Notitie"));
    expect(asked(backend, "edit_entry").at(-1)).toMatchObject({ entry: "k2", content: { title: "Notitie", on: "2026-11-10", kind: "report" } });
  });
});

describe("what leaves, and what goes", () => {
  test("destroying says that every version goes, and asks twice", async () => {
    const { user, backend } = await documents();
    await choose(user, "k1", "destroy");
    expect(await screen.findByTestId("destroy-document")).toHaveTextContent(/met alle versies.*voorgoed/);
    expect(screen.getByTestId("destroy-go")).toBeDisabled();
    await user.click(screen.getByTestId("destroy-sure"));
    await user.click(screen.getByTestId("destroy-go"));
    await waitFor(() => expect(card("k1")).toBeNull());
    expect(asked(backend, "destroy_document")).toEqual([{ entry: "k1" }]);
    await waitFor(() => expect(screen.getByTestId("document-add")).toHaveFocus());
  });
  test("to the bin, and back from the notice", async () => {
    const { user, backend } = await documents();
    await choose(user, "k3", "bin");
    await user.click(await screen.findByTestId("notice-action"));
    await waitFor(() => expect(asked(backend, "restore_from_bin")).toEqual([{ id: "k3" }]));
  });
  test("another program: a warning first, and afterwards the copy can be destroyed", async () => {
    const { user, backend } = await documents();
    await choose(user, "k1", "outside");
    expect(await screen.findByTestId("open-outside")).toHaveTextContent("kan zelf kopieën bewaren");
    expect(asked(backend, "open_outside")).toHaveLength(0);
    await user.click(screen.getByTestId("outside-go"));
    await user.click(await screen.findByTestId("outside-close"));
    await waitFor(() => expect(screen.queryByTestId("outside-open")).toBeNull());
    expect(asked(backend, "close_outside")).toEqual([{ entry: "k1" }]);
  });
  test("encrypted: with a strong password, typed twice", async () => {
    const { user, backend } = await documents();
    await choose(user, "k1", "give");
    const go = await screen.findByTestId("give-go");
    await user.type(screen.getByTestId("new-password"), "kastanje vlonder mist");
    await user.type(screen.getByTestId("repeat-password"), "kastanje vlonder");
    expect(go).toBeDisabled();
    await user.type(screen.getByTestId("repeat-password"), " mist");
    await waitFor(() => expect(go).toBeEnabled());
    await user.click(go);
    await waitFor(() => expect(asked(backend, "export_document")).toEqual([{ entry: "k1", name: "overeenkomst-2.pdf", password: "kastanje vlonder mist" }]));
    expect(await screen.findByText(/langs een andere weg\.$/)).toBeVisible();
  });
  test("saved outside it is told to be unprotected", async () => {
    const { user, backend } = await documents();
    await choose(user, "k3", "save");
    expect(await screen.findByText(/daar niet versleuteld/)).toBeVisible();
    expect(asked(backend, "save_document")).toEqual([{ entry: "k3", version: null, name: "profiel.odt" }]);
  });
});

describe("the viewer", () => {
  const view = (entry: string) => within(card(entry)).getByTestId("document-show");
  test("a PDF: the pages that are near, by keyboard; its worker ends with it", async () => {
    const { user } = await documents();
    await user.click(view("k1"));
    const box = await screen.findByTestId("view-pdf");
    await waitFor(() => expect(box).toHaveFocus());
    expect(screen.getAllByTestId("pdf-page")).toHaveLength(3);
    await waitFor(() => expect([...pdf.painted].sort()).toEqual([1, 2]));
    expect(await screen.findByText("Tekst van pagina 2")).toBeInTheDocument();
    await user.keyboard("{PageDown}");
    expect(screen.getByTestId("page-number")).toHaveValue("2");
    await user.keyboard("{End}");
    expect(screen.getByTestId("page-number")).toHaveValue("3");
    const percent = () => screen.getByText(/^\d+%$/).textContent;
    const before = percent();
    await user.keyboard("+");
    expect(percent()).not.toBe(before);
    await user.keyboard("0");
    expect(percent()).toBe(before);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("viewer")).toBeNull());
    expect(pdf.closed).toBe(1);
    await waitFor(() => expect(view("k1")).toHaveFocus());
  });
  test("a picture: by an address in memory, which is taken back", async () => {
    const { user } = await documents();
    await user.click(view("k5"));
    expect(within(await screen.findByTestId("view-picture")).getByRole("img")).toHaveAttribute("src", "blob:picture");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(URL.revokeObjectURL).toHaveBeenCalledWith("blob:picture"));
  });
  test("text, as text", async () => {
    const { user } = await documents();
    await user.click(view("k2"));
    expect(await screen.findByText("De werkgever wil meedenken over de ochtenden.")).toBeVisible();
  });
  test("what is too large says so", async () => {
    const { user, backend } = await documents();
    backend.failures.set("show_document", { code: "invalid_value", params: { field: "document", reason: "too_large_to_show" } });
    await user.click(view("k1"));
    expect(await screen.findByRole("alert")).toHaveTextContent("meer dan 100 MB");
  });
});

describe("axe", () => {
  const clean = async () => {
    document.title = "Dossierkluis";
    const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`)).toEqual([]);
  };
  test.each([["view", "view-pdf"], ["versions", "version"], ["give", "give-document"], ["outside", "open-outside"], ["replace", "replace-document"], ["edit", "edit-document"], ["destroy", "destroy-document"]])("%s", async (deed, mark) => {
    const { user } = await documents();
    await choose(user, "k1", deed);
    await screen.findAllByTestId(mark);
    await clean();
  });
  test("the form, for a copy of an identity document", async () => {
    const { user } = await documents();
    await user.click(screen.getByTestId("document-add"));
    await user.selectOptions(await screen.findByTestId("document-kind"), "id_copy");
    void fireEvent.click(screen.getByTestId("id-copy-whole"));
    await clean();
  });
});

test("sizes and names as people read them", () => {
  expect([0, 999, 1000, 48_500, 1_240_000, 25_600_000, 3_400_000_000].map(fileSize)).toEqual(["0 bytes", "999 bytes", "1 kB", "49 kB", "1,2 MB", "26 MB", "3,4 GB"]);
  expect(titleOf("Brief_huisarts 3-11.pdf")).toBe("Brief huisarts 3-11");
  expect(["ID kaart.jpg", "loonstrook_mei.pdf", "Arbeidscontract.pdf", "foto.png"].map((n) => guessKind(n, KINDS))).toEqual(["id_copy", "payslip", "employment_contract", "other"]);
  expect(guessKind("paspoort.png", ["letter", "other"])).toBe("other");
});
