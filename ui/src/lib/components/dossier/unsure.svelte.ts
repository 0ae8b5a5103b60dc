// Words of health or a BSN in what an employer keeps: the core refuses such a text once, and the writer decides.
import { isFailure } from "../../i18n/failure";
import { attempt } from "../../state/notices.svelte";

const REASONS = ["medical_words", "bsn_in_text"];

type Said = { confirmed?: boolean };

export class Unsure {
  /** Why it asks; null while it does not. */
  reason = $state<string | null>(null);
  #again: () => Promise<unknown> = async () => undefined;

  /** Whether this is such a refusal. Then it asks, and `keep` does it again with that very content. */
  asks<T extends Said>(e: unknown, content: T, again: (content: T) => Promise<unknown>): boolean {
    const reason = isFailure(e) && e.code === "invalid_value" ? (e.params["reason"] ?? "") : "";
    if (!REASONS.includes(reason)) return false;
    this.#again = () => again({ ...content, confirmed: true });
    this.reason = reason;
    return true;
  }
  /** Where a failure is told rather than shown: true when it was kept. */
  attempt<T extends Said>(content: T, write: (content: T) => Promise<unknown>): Promise<boolean | undefined> {
    this.drop();
    return attempt(async () => {
      try {
        await write(content);
        return true;
      } catch (e) {
        if (this.asks(e, content, (c) => this.attempt(c, write))) return false;
        throw e;
      }
    });
  }
  /** The text was changed: then it is another one. */
  drop = () => {
    this.reason = null;
  };
  keep = () => this.#again();
}
