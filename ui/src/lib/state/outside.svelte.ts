// Documents of which another program was given a copy. The core destroys every copy at the lock.
import { SvelteSet } from "svelte/reactivity";
import { commands } from "../ipc/bindings";

class Outside {
  #open = new SvelteSet<string>();
  has = (entry: string) => this.#open.has(entry);
  async open(entry: string) {
    await commands.openOutside(entry);
    this.#open.add(entry);
  }
  async close(entry: string) {
    await commands.closeOutside(entry);
    this.#open.delete(entry);
  }
  forget = () => this.#open.clear();
}
export const outside = new Outside();
