import type { Component } from "svelte";
import Download from "@lucide/svelte/icons/download";
import ExternalLink from "@lucide/svelte/icons/external-link";
import Eye from "@lucide/svelte/icons/eye";
import FileKey from "@lucide/svelte/icons/file-key";
import Flame from "@lucide/svelte/icons/flame";
import History from "@lucide/svelte/icons/history";
import Link from "@lucide/svelte/icons/link-2";
import PencilLine from "@lucide/svelte/icons/pencil-line";
import ReceiptText from "@lucide/svelte/icons/receipt-text";
import Replace from "@lucide/svelte/icons/replace";
import Trash2 from "@lucide/svelte/icons/trash-2";
import { m } from "../../i18n/index.svelte";
import type { Entry } from "../../ipc/bindings";
import { INVOICES } from "../papers/papers";
import { canView, ID_COPY, isLink } from "./document";

type Item = { id: string; name: string; icon: Component<{ size?: number }>; danger: boolean; act: () => void } | "line";
export type Deed = "view" | "save" | "give" | "outside" | "replace" | "relink" | "versions" | "edit" | "bin" | "destroy" | "credit";

/** What can be done with this document by this person. A link has no content here. */
export function menuOf(entry: Entry, act: (what: Deed) => void): Item[] {
  const { file, kind } = entry.content;
  const kept = !!file && !isLink(file);
  // The core refuses a whole copy in the place of one that was blacked out.
  const shielded = kind === ID_COPY && !file?.ground;
  const one = (what: Deed, name: string, icon: Component<{ size?: number }>, danger = false): Item => ({ id: `document-${what}`, name, icon, danger, act: () => act(what) });
  // What was issued stays as it is.
  if (entry.field === INVOICES)
    return [
      one("view", m.document_view(), Eye), one("save", m.document_save_as(), Download), one("give", m.document_give(), FileKey), one("outside", m.document_outside(), ExternalLink),
      ...(entry.editable ? ["line" as const, one("credit", m.invoice_credit(), ReceiptText)] : []),
    ];
  return [
    ...(canView(file) ? [one("view", m.document_view(), Eye)] : []),
    ...(kept ? [one("save", m.document_save_as(), Download), one("give", m.document_give(), FileKey), one("outside", m.document_outside(), ExternalLink), "line" as const] : []),
    ...(entry.editable && isLink(file) ? [one("relink", m.document_relink(), Link)] : []),
    ...(entry.editable ? [...(shielded ? [] : [one("replace", m.document_replace(), Replace)]), one("edit", m.edit(), PencilLine)] : []),
    one("versions", m.document_versions(), History),
    ...(entry.editable ? ["line" as const, one("bin", m.to_bin(), Trash2, true), one("destroy", m.document_destroy(), Flame, true)] : []),
  ];
}
