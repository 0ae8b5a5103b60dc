import type { Progress } from "../ipc/bindings";

class Running {
  now = $state<Progress | null>(null);
  set = (p: Progress) => (this.now = p);
  clear = () => (this.now = null);
}
export const progress = new Running();
