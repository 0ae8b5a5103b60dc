import type { Locale } from "../../i18n/index.svelte";

const codes = "NL BE DE FR GB LU AD AE AF AL AM AR AT AU AW AZ BA BD BG BO BQ BR BY CA CD CH CL CM CN CO CR CU CV CW CY CZ DK DO DZ EC EE EG ER ES ET FI GE GH GN GR GT HK HR HU ID IE IL IN IQ IR IS IT JM JO JP KE KR KW LB LK LR LT LV LY MA MD ME MK ML MN MT MX MY NG NI NO NP NZ PA PE PH PK PL PT PY RO RS RU RW SA SD SE SG SI SK SL SN SO SR SS SV SX SY TG TH TN TR TT TW TZ UA UG US UY UZ VE VN YE ZA ZM ZW".split(" ");
/** The neighbours first, then by name. */
export function countries(language: Locale) {
  const names = new Intl.DisplayNames([language], { type: "region" });
  const all = codes.map((id) => ({ id, name: names.of(id) ?? id }));
  return [...all.slice(0, 6), ...all.slice(6).sort((a, b) => a.name.localeCompare(b.name, language))];
}
