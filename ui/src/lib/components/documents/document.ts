// What a document is: its list, its kind, its looks.
import type { Component } from "svelte";
import File from "@lucide/svelte/icons/file";
import FileImage from "@lucide/svelte/icons/file-image";
import FileText from "@lucide/svelte/icons/file-text";
import FileType from "@lucide/svelte/icons/file-type";
import { localDay, number } from "../../i18n/format";
import { locale, m } from "../../i18n/index.svelte";
import type { Entry, EntryContent, FileInfo } from "../../ipc/bindings";
import { app } from "../../state/app.svelte";
import { drafts } from "../../state/drafts.svelte";

export const KINDS = ["agreement", "employment_contract", "letter", "report", "cv", "certificate", "test", "payslip", "id_copy", "consent", "medical", "invoice", "other"];
export const [ID_COPY, ID_LIST, MEDICAL, MEDICAL_LIST] = ["id_copy", "id_documents", "medical", "medical_documents"] as const;
/** The only ground on which a whole copy of an identity document may be kept. */
export const PAYROLL = "payroll";

export const isDocument = (field: string) => app.field(field)?.shape === "document";
export const documentFields = (kind: string) => app.kindFields(kind).filter(isDocument);

/** Kinds that can be chosen by whoever may write in these lists. A link leaves a file unprotected, so never that of an identity document. */
export const kindsFor = (fields: string[], link: boolean) =>
  KINDS.filter((k) => (k === ID_COPY ? !link && fields.includes(ID_LIST) : k === MEDICAL ? fields.includes(MEDICAL_LIST) : fields.some((f) => f !== ID_LIST)));
/** Some kinds have a list of their own. */
export const listFor = (kind: string, chosen: string) => (kind === ID_COPY ? ID_LIST : kind === MEDICAL ? MEDICAL_LIST : chosen);

/** The list under which a note of a document that did not come in yet is kept. */
export const noteOf = (dossier: string, fields: string[]) => fields.find((field) => drafts.text(dossier, field));

const words: [RegExp, string][] = [
  [/paspoort|passport|id-?kaart|identi|rijbewijs|\bid\b/i, ID_COPY], [/loonstr|payslip|salarisstr/i, "payslip"], [/arbeidscontract|arbeidsovereenkomst|employment/i, "employment_contract"],
  [/overeenkomst|contract|agreement/i, "agreement"], [/\bcv\b|curriculum|resume/i, "cv"], [/certifica|diploma/i, "certificate"], [/toestemming|consent/i, "consent"], [/rapport|report|verslag/i, "report"], [/factu|invoice/i, "invoice"], [/brief|letter/i, "letter"],
];
/** What a file probably is, by its name; only ever a first proposal. */
export const guessKind = (name: string, kinds: string[]) => words.find(([word, kind]) => kinds.includes(kind) && word.test(name.replaceAll("_", " ")))?.[1] ?? (kinds.includes("other") ? "other" : (kinds[0] ?? ""));
export const nameOf = (c: EntryContent) => c.title || c.file?.name || "";
export const titleOf = (name: string) => name.replace(/\.[^.]{1,5}$/, "").replaceAll("_", " ").trim() || name;

const viewable = ["application/pdf", "image/png", "image/jpeg", "text/plain"];
export const isLink = (file: FileInfo | null) => file?.path != null;
export const canView = (file: FileInfo | null) => !!file && !isLink(file) && viewable.includes(file.media);
export const isPicture = (media: string) => media === "image/png" || media === "image/jpeg";

const icons: Record<string, Component<{ size?: number }>> = { "application/pdf": FileText, "image/png": FileImage, "image/jpeg": FileImage, "text/plain": FileType };
export const fileIcon = (media: string | undefined) => icons[media ?? ""] ?? File;
export const mediaName = (media: string) => (media === "application/pdf" ? m.media_pdf() : isPicture(media) ? m.media_picture() : media === "text/plain" ? m.media_text() : m.media_other());

export function fileSize(bytes: number): string {
  if (bytes < 1000) return m.size_bytes({ count: number(bytes) });
  const step = Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const part = bytes / 1000 ** step;
  return `${new Intl.NumberFormat(locale() === "nl" ? "nl-NL" : "en-GB", { maximumFractionDigits: part < 10 && step > 1 ? 1 : 0 }).format(part)} ${["", "kB", "MB", "GB"][step]}`;
}

const about = (e: Entry) => e.content.on ?? localDay(e.created);
/** By list, then by kind; the newest first. */
export const grouped = (entries: Entry[], fields: string[]) =>
  fields.map((field) => {
    const mine = entries.filter((e) => e.field === field).sort((a, b) => about(b).localeCompare(about(a)) || b.created.localeCompare(a.created));
    const kindOf = (e: Entry) => (KINDS.includes(e.content.kind ?? "") ? e.content.kind! : "other");
    return { field, kinds: KINDS.map((kind) => ({ kind, entries: mine.filter((e) => kindOf(e) === kind) })).filter((k) => k.entries.length) };
  }).filter((list) => list.kinds.length);
