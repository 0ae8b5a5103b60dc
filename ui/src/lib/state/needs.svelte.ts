// What was refused for want of a consent or another ground, and may be asked for now.
import { isFailure } from "../i18n/failure";
import { m } from "../i18n/index.svelte";
import { tell } from "./notices.svelte";

/** `to`: special or professional; `part`: a field, ask or inform. */
export type Need = { dossier: string; to: string; part: string; recipient: string };

class Needs {
  wanted = $state.raw<Need | null>(null);
  /** Offers to make what is missing; false where something else went wrong. */
  offer(e: unknown, dossier: string, recipient = ""): boolean {
    if (!isFailure(e) || e.code !== "unfounded") return false;
    const { needs: to = "", part = "" } = e.params;
    tell(m.consent_offer(), { name: m.consent_ask(), act: () => (this.wanted = { dossier, to, part, recipient }) });
    return true;
  }
}
export const needs = new Needs();
