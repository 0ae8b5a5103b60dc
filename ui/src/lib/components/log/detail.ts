import { circleName, fieldName, groupName, has, m, say } from "../../i18n/index.svelte";
import type { AuditEvent } from "../../ipc/bindings";
import { app } from "../../state/app.svelte";
import { veil } from "../../state/veil.svelte";

/** Groups and the Practice circle have a name of the program; what people named is covered by the veil. */
function place(part: string, name: string) {
  if (part === "group" && has(`group_${name}`)) return groupName(name);
  const circle = part === "circle" ? app.session?.circles.find((c) => c.name === name) : undefined;
  return circle && circle.kind !== "made" ? circleName(circle) : veil.name(name);
}
/** What an event is about: a field, a list, a circle or a group, and the person it concerns. "Intake · Bram". */
export function detail(e: AuditEvent): string {
  const names = e.objectName?.split(" · ") ?? [];
  const isPlace = e.part === "circle" || e.part === "group";
  const reason = e.reason && has(`event_reason_${e.reason}`) ? say(`event_reason_${e.reason}`) : "";
  if (!isPlace) return [e.part ? fieldName(e.part) : "", ...names.map(veil.name), reason].filter(Boolean).join(" · ");
  // Of a circle of others not even the name is known.
  const [first, ...rest] = names.length ? names : [e.part === "circle" ? m.log_part_circle() : m.log_part_group()];
  return [names.length ? place(e.part!, first!) : first!, ...rest.map(veil.name), reason].filter(Boolean).join(" · ");
}
