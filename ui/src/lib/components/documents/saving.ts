import { m } from "../../i18n/index.svelte";
import { commands } from "../../ipc/bindings";
import { tell } from "../../state/notices.svelte";
import { progress } from "../../state/progress.svelte";

/** A plain file outside; the core asks where. */
export async function saveAs(entry: string, version: string | null, name: string) {
  progress.clear();
  if (await commands.saveDocument(entry, version, name)) tell(m.document_saved());
}
