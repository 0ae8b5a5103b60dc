import { failureText } from "../i18n/failure";

type Action = { name: string; act: () => void };
/** `stays`: nobody asked for it, so it stays until somebody closes it. */
export type Notice = { id: number; text: string; tone: "calm" | "bad"; stays: boolean; action: Action | undefined };
const CALM_MS = 5000;
/** Long enough to read what was done, and to undo it. */
const ACTION_MS = 12_000;

class Notices {
  all = $state<Notice[]>([]);
  #next = 1;
  tell(text: string, tone: Notice["tone"] = "calm", { stays = false, action }: { stays?: boolean; action?: Action | undefined } = {}) {
    // The same trouble twice is told once.
    if (stays && this.all.some((n) => n.stays && n.text === text)) return;
    // Of what went well the last is enough: three in a row would push the page up.
    if (tone === "calm" && !stays) this.all = this.all.filter((n) => n.tone === "bad" || n.stays || n.action);
    const id = this.#next++;
    this.all.push({ id, text, tone, stays, action });
    if (tone === "calm") setTimeout(() => this.close(id), action ? ACTION_MS : CALM_MS);
  }
  close = (id: number) => (this.all = this.all.filter((n) => n.id !== id));
  /** Somebody went elsewhere: what went wrong there is behind them. */
  leave = () => {
    if (this.all.some((n) => n.tone === "bad" && !n.stays)) this.all = this.all.filter((n) => n.tone !== "bad" || n.stays);
  };
}
export const notices = new Notices();
export const tell = (text: string, action?: Action) => notices.tell(text, "calm", { action });
/** Runs something that talks to the core; a failure is told, never swallowed. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (e) {
    notices.tell(failureText(e), "bad");
    return undefined;
  }
}
