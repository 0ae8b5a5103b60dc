import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { ago, day, isoDay, phone, shown } from "../lib/i18n/format";
import { setLocale } from "../lib/i18n/index.svelte";

// Ahead of UTC, whatever the clock of this machine says.
const env = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env;
const zone = env["TZ"];
env["TZ"] = "Europe/Amsterdam";
afterEach(() => { vi.useRealTimers(); setLocale("nl"); });
afterAll(() => { if (zone === undefined) delete env["TZ"]; else env["TZ"] = zone; });

describe("as people write it", () => {
  test("dates", () => {
    expect(day("1981-04-03")).toBe("03-04-1981");
    expect(isoDay("3-4-1981")).toBe("1981-04-03");
    expect(isoDay("03/04/1981")).toBe("1981-04-03");
    expect(isoDay("morgen")).toBe("morgen");
  });
  test("a moment just after midnight is of that day here", () => {
    vi.useFakeTimers({ now: new Date(2026, 6, 1, 10) });
    expect(ago(new Date(2026, 6, 1, 0, 30).toISOString())).toBe("vandaag");
    expect(ago(new Date(2026, 5, 30, 23, 30).toISOString())).toBe("gisteren");
    expect(ago("2026-06-30")).toBe("gisteren");
  });
  test("telephone", () => {
    expect(phone("+31612345678")).toBe("06-12345678");
    expect(phone("+31301234567")).toBe("030-1234567");
    expect(phone("+31582123456")).toBe("058-2123456");
    expect(phone("+31318123456")).toBe("0318-123456");
    expect(phone("+31900123456")).toBe("0900-123456");
    expect(phone("+3225551234")).toBe("+3225551234");
  });
  test("values", () => {
    setLocale("nl");
    expect(shown("iban", "iban", "NL91ABNA0417164300")).toBe("NL91 ABNA 0417 1643 00");
    expect(shown("money", "salary", "3850.50").replace(/\s/g, " ")).toBe("€ 3.850,50");
    expect(shown("choice", "sex", "female")).toBe("Vrouw");
    expect(shown("country", "country", "NL")).toBe("Nederland");
  });
});
