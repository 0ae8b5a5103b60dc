import { m } from "../../i18n/index.svelte";
import type { ListName } from "../../state/kinds";

export const listTitle: Record<ListName, () => string> = { clients: m.nav_clients, employees: m.nav_employees, relations: m.nav_relations };
export const newTitle: Record<ListName, () => string> = { clients: m.key_new, employees: m.new_employee, relations: m.new_relation };
/** Each column, and what the list can be sorted by; what no field holds cannot be. */
export const columns: Record<ListName, { id: string; name: () => string }[]> = {
  clients: [{ id: "name", name: m.column_name }, { id: "date_of_birth", name: m.column_born }, { id: "town", name: m.column_town }, { id: "", name: m.column_circle }, { id: "changed", name: m.column_changed }],
  employees: [{ id: "name", name: m.column_name }, { id: "job_title", name: m.field_job_title }, { id: "department", name: m.field_department }, { id: "work_location", name: m.field_work_location }, { id: "", name: m.column_vault }],
  relations: [{ id: "name", name: m.column_name }, { id: "", name: m.kind }, { id: "organisation", name: m.field_organisation }, { id: "town", name: m.column_town }, { id: "changed", name: m.column_changed }],
};
