import { describe, expect, test } from "vitest";
import { day, isoDay, phone, shown } from "../lib/i18n/format";
import { setLocale } from "../lib/i18n/index.svelte";

describe("as people write it", () => {
  test("dates", () => {
    expect(day("1981-04-03")).toBe("03-04-1981");
    expect(isoDay("3-4-1981")).toBe("1981-04-03");
    expect(isoDay("03/04/1981")).toBe("1981-04-03");
    expect(isoDay("morgen")).toBe("morgen");
  });
  test("telephone", () => {
    expect(phone("+31612345678")).toBe("06-12345678");
    expect(phone("+31301234567")).toBe("030-1234567");
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
