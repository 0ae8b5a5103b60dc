import type { Failure } from "../ipc/bindings";
import { fieldName, has, m, say } from "./index.svelte";

export const isFailure = (e: unknown): e is Failure => typeof e === "object" && e !== null && "code" in e;
export const codeOf = (e: unknown) => (isFailure(e) ? e.code : "unknown");

/** Whether the new password is refused, rather than what was to prove who one is. */
export const ofNewPassword = (e: unknown) => isFailure(e) && (["too_weak", "common"].includes(e.code) || (e.code === "invalid_value" && e.params["field"] === "password"));

/** What happened, what is safe, what to do next. */
export function failureText(e: unknown): string {
  if (!isFailure(e)) return m.error_unknown({ code: "-" });
  const params: Record<string, string> = { seconds: "", ...e.params };
  if (e.code === "invalid_value") return reasonText(params["reason"] ?? "");
  if (e.code === "unfounded") {
    params["needs"] = say(`use_${params["needs"]}`);
    params["part"] = params["part"] ? ` (${say(`use_${params["part"]}`, {}, fieldName(params["part"]))})` : "";
  }
  const closer = `error_${e.code}_${params["reason"]}`;
  if (has(closer)) return say(closer, params);
  if (params["field"]) params["field"] = fieldName(params["field"]);
  return say(`error_${e.code}`, params, m.error_unknown({ code: e.code }));
}
export const reasonText = (reason: string) => say(`reason_${reason}`, {}, m.reason_other());
