// The deadline lives in Rust; this only tells it of real input, and shows how much is left.
import { commands } from "../ipc/bindings";
import { app } from "./app.svelte";

class Idle {
  left = $state(Infinity);
  #last = 0;
  #lockAt = 0;
  begin(lockAt: number) {
    this.#lockAt = lockAt;
    this.tick();
  }
  tick = () => (this.left = Math.max(0, Math.round((this.#lockAt - Date.now()) / 1000)));
  /** Not a script's event, and not more than one a second. */
  felt = async (event: Event) => {
    if (!event.isTrusted || !(app.session || app.founded) || Date.now() - this.#last < 1000) return;
    this.#last = Date.now();
    try {
      this.begin(await commands.touch());
    } catch {
      // Locked meanwhile: the shell replaces this window.
    }
  };
  part = () => Math.min(1, this.left / ((app.session?.lockMinutes ?? 10) * 60));
}
export const idle = new Idle();
