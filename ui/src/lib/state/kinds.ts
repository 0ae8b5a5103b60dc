// Which kinds of dossier stand in which list.
export type ListName = "clients" | "employees" | "relations";
export const KINDS: Record<ListName, string[]> = {
  clients: ["client", "candidate", "patient", "applicant", "participant"],
  employees: ["employee"],
  relations: ["relation", "department", "contact_person"],
};
/** Everybody of the practice sees these, so they lie in its circle. */
export const SHARED = [...KINDS.employees, ...KINDS.relations];
/** What of an employee everybody sees; the rest lies in a vault. */
export const STAFF_LIST = ["titles", "initials", "given_name", "prefix", "surname", "partner_surname", "name_order", "job_title", "department", "work_location"];
export const listOf = (kind: string): ListName => (KINDS.employees.includes(kind) ? "employees" : KINDS.relations.includes(kind) ? "relations" : "clients");
