import { failureText } from "../i18n/failure";

export type Notice = { id: number; text: string; tone: "calm" | "bad" };
class Notices {
  all = $state<Notice[]>([]);
  #next = 1;
  tell(text: string, tone: Notice["tone"] = "calm") {
    const id = this.#next++;
    this.all.push({ id, text, tone });
    if (tone === "calm") setTimeout(() => this.close(id), 5000);
  }
  close = (id: number) => (this.all = this.all.filter((n) => n.id !== id));
}
export const notices = new Notices();
export const tell = (text: string) => notices.tell(text);
/** Runs something that talks to the core; a failure is told, never swallowed. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (e) {
    notices.tell(failureText(e), "bad");
    return undefined;
  }
}
