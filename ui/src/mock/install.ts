// `npm run mock`: the window without a core. ?state=none, ?theme=dark, ?lang=en, ?open=1, ?count=0 choose how it begins.
import { mockIPC } from "@tauri-apps/api/mocks";
import { Backend } from "./backend";
import { answer } from "./handle";

export async function install() {
  const asked = new URLSearchParams(location.search);
  const backend = new Backend();
  const language = asked.get("lang") === "en" ? "en" : "nl";
  backend.status = { ...backend.status, language, state: (asked.get("state") as "none" | null) ?? (asked.has("open") ? "open" : "locked") };
  backend.preferences = { ...backend.preferences, language, theme: (asked.get("theme") as "dark" | null) ?? "system" };
  if (asked.has("count")) backend.count = Number(asked.get("count"));
  if (asked.has("first")) backend.first = asked.get("first") as "change_password";
  mockIPC((command, args) => answer(backend, command, args), { shouldMockEvents: true });
}
