// Made-up people. Only for `npm run mock` and the tests.
import ids from "../lib/i18n/catalogue-ids.json";
import type { Catalogue, CircleInfo, FieldInfo, People, Row } from "../lib/ipc/bindings";

export const catalogue: Catalogue = {
  kinds: ids.kinds,
  sections: ids.sections,
  fields: ids.fields.map((f) => ({ id: f.id, section: f.section, valueType: f.valueType as FieldInfo["valueType"], choices: f.choices ?? [], protected: f.protected, shape: (f as { shape?: string | null }).shape ?? null })),
};
export const users = [
  { id: "u1", name: "Marijke Veenstra" }, { id: "u2", name: "Youssef el Amrani" }, { id: "u3", name: "Pauline Dijkgraaf" }, { id: "u4", name: "Anne-Fleur Smit" },
];
export const circles: CircleInfo[] = [
  { id: "c0", name: "practice", kind: "practice", members: ["u1", "u2", "u3", "u4"], mine: true },
  { id: "c1", name: "Youssef el Amrani", kind: "own", members: ["u2"], mine: true },
  { id: "c2", name: "Re-integratie", kind: "made", members: ["u2", "u3"], mine: true },
  { id: "c3", name: "Waarneming zomer", kind: "made", members: ["u1", "u2"], mine: true },
];
export const people = (physician = false): People => ({
  manage: true,
  users: [
    { ...users[0]!, groups: ["g1"], state: "active", expires: null, lastSignIn: "2026-11-23T07:58:00Z", statements: [{ kind: "confidentiality", signed: "2024-01-08", note: "" }] },
    { ...users[1]!, groups: ["g1", "g2"], state: "active", expires: null, lastSignIn: "2026-11-23T08:14:00Z", statements: [{ kind: "confidentiality", signed: "2024-02-01", note: "map personeel" }] },
    { ...users[2]!, groups: ["g3"], state: "active", expires: "2027-03-01", lastSignIn: "2026-11-20T15:00:00Z", statements: [{ kind: "professional_secrecy", signed: "2023-06-12", note: "" }] },
    { ...users[3]!, groups: ["g4"], state: "invited", expires: null, lastSignIn: null, statements: [] },
  ],
  groups: [
    { id: "g1", name: "administrator", members: ["u1", "u2"], administers: true }, { id: "g2", name: "coach", members: ["u2"], administers: false },
    { id: "g3", name: "physician", members: physician ? ["u3", "u2"] : ["u3"], administers: false }, { id: "g4", name: "reception", members: ["u4"], administers: false },
  ],
  circles,
});

const given = ["Sanne", "Mohammed", "Femke", "Daan", "Aylin", "Bram", "Lotte", "Ruben", "Fatima", "Joost", "Noor", "Kees", "Ingrid", "Sem", "Mirjam", "Thijs"];
const prefixes = ["", "van der", "de", "", "van 't", "", "'t", "", "el", ""];
const surnames = ["Berg", "Boer", "Hof", "Jansen", "Dijk", "Bakker", "Visser", "Mulder", "IJzerman", "D’Oliveira", "Koning", "Hart", "Postma", "Yilmaz", "Schouten", "Wolters", "Haddad"];
const towns = ["Utrecht", "Amersfoort", "Zwolle", "Deventer", "Den Haag", "Groningen", "’s-Hertogenbosch", "Almere"];
const firms = ["", "Veldhuis Zorg", "", "Gemeente Rijnstroom", "", "Bouwgroep Noorderlicht", ""];
const two = (n: number) => String(n).padStart(2, "0");
export function person(i: number) {
  return { given_name: given[(i * 7) % given.length]!, prefix: prefixes[(i * 3) % prefixes.length]!, surname: surnames[(i * 5 + Math.floor(i / 17)) % surnames.length]!, town: towns[(i * 11) % towns.length]!, date_of_birth: `${1956 + ((i * 13) % 48)}-${two(1 + ((i * 5) % 12))}-${two(1 + ((i * 17) % 28))}` };
}
export function row(i: number): Row {
  const p = person(i);
  return {
    id: `d${i}`, kind: catalogue.kinds[i % 9 === 4 ? 1 : i % 13 === 6 ? 4 : 0]!.id, name: [p.given_name, p.prefix, p.surname].filter(Boolean).join(" "), sortName: `${p.surname}, ${p.given_name} ${p.prefix}`,
    dateOfBirth: p.date_of_birth, town: p.town, organisation: firms[i % firms.length] || null, jobTitle: null, department: null, workLocation: null, vault: null, circle: ["c1", "c2", "c1", "c3"][i % 4]!, changed: new Date(Date.now() - (i % 90) * 864e5).toISOString(),
  };
}
