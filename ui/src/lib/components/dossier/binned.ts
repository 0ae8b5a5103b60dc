import { m } from "../../i18n/index.svelte";
import { commands } from "../../ipc/bindings";
import { attempt, tell } from "../../state/notices.svelte";

/** Puts an entry in the bin; the notice about it can put it back. */
export async function binEntry(entry: string, said: string, onsaved: () => Promise<void>) {
  await commands.binEntry(entry);
  const restore = () => attempt(async () => {
    await commands.restoreFromBin(entry);
    await onsaved();
    tell(m.bin_back());
  });
  tell(said, { name: m.bin_restore(), act: () => void restore() });
  await onsaved();
}
