import { describe, expect, test } from "vitest";
import { CHANNELS, PARTS, ROLES, STATES } from "../lib/components/dossier/entry";
import { failureText } from "../lib/i18n/failure";
import ids from "../lib/i18n/catalogue-ids.json";
import { has, setLocale } from "../lib/i18n/index.svelte";

/** Every form of every message: most have one, some another for one than for many. */
type Message = string | { match: Record<string, string> }[];
const forms = (message: Message) => (typeof message === "string" ? [message] : message.flatMap((one) => Object.values(one.match)));
const read = (all: Record<string, unknown>): Record<string, string[]> =>
  Object.fromEntries(Object.values(all).flatMap((file) => Object.entries(file as Record<string, Message>)).map(([key, message]) => [key, forms(message)]));
const nl = read(import.meta.glob("../../messages/nl/*.json", { eager: true, import: "default" }));
const en = read(import.meta.glob("../../messages/en/*.json", { eager: true, import: "default" }));
const sources = import.meta.glob("../**/*.{svelte,ts}", { eager: true, query: "?raw", import: "default" }) as Record<string, string>;
const rust = import.meta.glob(["../../../core/src/**/*.rs", "../../../src-tauri/src/**/*.rs"], { eager: true, query: "?raw", import: "default" }) as Record<string, string>;
const holes = (texts: string[]) => texts.map((text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort().join());

describe("two languages", () => {
  test("say the same things", () => expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort()));
  test("with the same values in them", () => {
    for (const key of Object.keys(nl)) expect([key, holes(en[key]!)]).toEqual([key, holes(nl[key]!)]);
  });
  test("and nothing is empty", () => expect([...Object.entries(nl), ...Object.entries(en)].filter(([, v]) => v.length === 0 || v.some((text) => !text.trim()))).toEqual([]));
  test("every message is used", () => {
    const code = Object.entries(sources).filter(([path]) => !path.includes("generated") && !path.includes(".test.")).map(([, s]) => s).join("\n");
    const families = /^(field|one|kind|kinds|section|choice|channel|goal|role|part|document_kind|event|error|reason|warning|demo_role|write|user|group|statement|asker|purpose|outcome|ground|refusal|consent_state|means|capacity|use|speaker|stand_in_state|vat|mailing|invoice_reason|report_why)_/;
    expect(Object.keys(nl).filter((k) => !families.test(k) && !new RegExp(`\\bm\\.${k}\\b`).test(code))).toEqual([]);
  });
});

describe("the catalogue", () => {
  test("every field, choice, kind and section has a label", () => {
    const wanted = [
      ...ids.fields.flatMap((f) => [`field_${f.id}`, ...(f.choices ?? []).map((c) => `choice_${f.id}_${c}`)]),
      ...ids.kinds.flatMap((k) => [`kind_${k.id}`, `kinds_${k.id}`]), ...ids.sections.map((s) => `section_${s}`),
      ...CHANNELS.map((c) => `channel_${c}`), ...STATES.map((s) => `goal_${s}`), ...ROLES.map((r) => `role_${r}`), ...PARTS.map((p) => `part_${p}`),
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
  test("every reason and every code that the Rust sources name has a text", () => {
    const words = (pattern: RegExp, where: (path: string, source: string) => boolean) =>
      Object.entries(rust).filter(([path, source]) => where(path, source)).flatMap(([path, source]) => [...source.matchAll(pattern)].map((m) => [m[1]!, path.replace("../../../", "")] as const));
    const reasons = [
      ...words(/\breason: "(\w+)"/g, () => true),
      ...words(/\brefused?\([^()]*, "(\w+)"\)/g, () => true),
      ...words(/\brefuse\("(\w+)"\)/g, (_, source) => source.includes("let refuse = |reason|")),
      ...words(/=> "(\w+)",/g, (path) => path.endsWith("core/src/code/error.rs")),
    ];
    const codes = [
      ...words(/\bFailure::new\("(\w+)"\)/g, (path) => path.includes("src-tauri")),
      ...words(/(?:=> |Self::new\()"(\w+)"/g, (path) => path.endsWith("src-tauri/src/failure.rs")),
    ].filter(([word]) => word !== "invalid_value");
    for (const [word, some] of [["last_holder", reasons], ["uneven", reasons], ["parent", reasons], ["bsn_check", reasons], ["not_found", codes], ["rolled_back", codes]] as const) expect(some.map(([w]) => w)).toContain(word);
    // A name that is taken is told by a code of its own.
    const missing = [...reasons.filter(([w]) => w !== "name_taken" && !has(`reason_${w}`)), ...codes.filter(([w]) => !has(`error_${w}`))];
    expect(missing.map(([word, path]) => `${word} (${path})`)).toEqual([]);
  });
  test("a refused value gives its reason", () => expect(failureText({ code: "invalid_value", params: { field: "bsn", reason: "bsn_check" } })).toContain("elfproef"));
});
