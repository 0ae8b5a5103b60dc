// The keyboard never falls back to the top of the window.
import { tick } from "svelte";

const lost = () => !document.activeElement || document.activeElement === document.body || document.activeElement.matches(":disabled");
/** Only where nothing has the focus any more: whoever went on meanwhile is left alone. */
export async function refocus(find: () => HTMLElement | null | undefined) {
  await tick();
  if (lost()) find()?.focus();
}
