// Tables of which rows are lost, in words that mean something to a person.
import { m } from "../../i18n/index.svelte";

const of = (part: string) =>
  part === "changes" ? m.lost_changes() : part.startsWith("audit") ? m.lost_log() : ["setting", "draft", "statement", "meta"].includes(part) ? m.lost_settings() : m.lost_keys();
export const lost = (parts: string[]) => [...new Set(parts.map(of))].join(", ");
