import type { People } from "../../ipc/bindings";

/** Who can be let into a vault. Medical keys are not for who coaches or manages the practice, unless that is a physician. */
export function eligible(people: People, medical: boolean) {
  const has = (user: string, role: string) => people.groups.some((g) => g.name === role && g.members.includes(user));
  const barred = (user: string) => medical && !has(user, "physician") && (has(user, "coach") || has(user, "administrator"));
  return people.users.filter((u) => u.state !== "disabled" && !barred(u.id));
}
