import { describe, expect, test } from "vitest";
import { CHANNELS, ROLES, STATES } from "../lib/components/dossier/entry";
import { failureText } from "../lib/i18n/failure";
import ids from "../lib/i18n/catalogue-ids.json";
import { has, setLocale } from "../lib/i18n/index.svelte";

const read = (all: Record<string, unknown>) => Object.assign({}, ...Object.values(all)) as Record<string, string>;
const nl = read(import.meta.glob("../../messages/nl/*.json", { eager: true, import: "default" }));
const en = read(import.meta.glob("../../messages/en/*.json", { eager: true, import: "default" }));
const sources = import.meta.glob("../**/*.{svelte,ts}", { eager: true, query: "?raw", import: "default" }) as Record<string, string>;
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe("two languages", () => {
  test("say the same things", () => expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort()));
  test("with the same values in them", () => {
    for (const key of Object.keys(nl)) expect([key, holes(en[key]!)]).toEqual([key, holes(nl[key]!)]);
  });
  test("and nothing is empty", () => expect([...Object.entries(nl), ...Object.entries(en)].filter(([, v]) => !v.trim())).toEqual([]));
  test("every message is used", () => {
    const code = Object.entries(sources).filter(([path]) => !path.includes("generated") && !path.includes(".test.")).map(([, s]) => s).join("\n");
    const families = /^(field|kind|kinds|section|choice|channel|goal|role|event|error|reason|warning|demo_role|write|user|group|statement)_/;
    expect(Object.keys(nl).filter((k) => !families.test(k) && !new RegExp(`\\bm\\.${k}\\b`).test(code))).toEqual([]);
  });
});

describe("the catalogue", () => {
  test("every field, choice, kind and section has a label", () => {
    const wanted = [
      ...ids.fields.flatMap((f) => [`field_${f.id}`, ...(f.choices ?? []).map((c) => `choice_${f.id}_${c}`)]),
      ...ids.kinds.flatMap((k) => [`kind_${k.id}`, `kinds_${k.id}`]), ...ids.sections.map((s) => `section_${s}`),
      ...CHANNELS.map((c) => `channel_${c}`), ...STATES.map((s) => `goal_${s}`), ...ROLES.map((r) => `role_${r}`),
    ];
    expect(wanted.filter((key) => !has(key))).toEqual([]);
  });
});

describe("failures", () => {
  test("an unknown code still says what is safe and what to do", () => {
    expect(failureText({ code: "never_heard_of", params: {} })).toMatch(/never_heard_of.*staat er nog.*Probeer/);
    setLocale("en");
    expect(failureText({ code: "never_heard_of", params: {} })).toMatch(/still there.*try again/);
    setLocale("nl");
  });
  test("a refused value gives its reason", () => expect(failureText({ code: "invalid_value", params: { field: "bsn", reason: "bsn_check" } })).toContain("elfproef"));
});
