// Dates as dd-mm-jjjj, times as 14:05, telephone numbers as people write them.
import type { ValueType } from "../ipc/bindings";
import { choiceName, locale, m } from "./index.svelte";

const two = (n: number) => String(n).padStart(2, "0");
/** ISO date or moment to dd-mm-jjjj, in local time. */
export function day(iso: string | null | undefined): string {
  if (!iso) return "";
  if (/^\d{4}-\d\d-\d\d$/.test(iso)) return `${iso.slice(8)}-${iso.slice(5, 7)}-${iso.slice(0, 4)}`;
  const d = new Date(iso);
  return Number.isNaN(d.getTime()) ? iso : `${two(d.getDate())}-${two(d.getMonth() + 1)}-${d.getFullYear()}`;
}
export const clock = (iso: string) => { const d = new Date(iso); return `${two(d.getHours())}:${two(d.getMinutes())}`; };
export const moment = (iso: string) => `${day(iso)} ${clock(iso)}`;
/** The day here, of a day or a moment: just after midnight it is not yet that day in UTC. */
export const localDay = (iso: string) => (iso.length === 10 ? iso : dateOf(new Date(iso)));
const dateOf = (d: Date) => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
export const today = () => dateOf(new Date());
export const longDay = (iso: string) =>
  new Intl.DateTimeFormat(locale() === "nl" ? "nl-NL" : "en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(iso.length === 10 ? `${iso}T12:00` : iso));
/** How long ago, in words for the last days and a date before that. */
export function ago(iso: string): string {
  const days = Math.floor((new Date(`${today()}T12:00`).getTime() - new Date(`${localDay(iso)}T12:00`).getTime()) / 864e5 + 0.5);
  return days <= 0 ? m.day_today() : days === 1 ? m.day_yesterday() : days < 7 ? m.days_ago({ count: days }) : day(iso);
}
export function age(born: string | null | undefined): number | null {
  if (!born) return null;
  const t = today();
  const years = Number(t.slice(0, 4)) - Number(born.slice(0, 4));
  return t.slice(5) < born.slice(5) ? years - 1 : years;
}
export const number = (n: number) => new Intl.NumberFormat(locale() === "nl" ? "nl-NL" : "en-GB").format(n);
// As in core/src/code/phone.rs: Dutch area and network codes of two digits after the zero; the others have three.
const SHORT_AREAS = "10 13 14 15 20 23 24 26 30 33 35 36 38 40 43 45 46 50 53 55 58 70 71 72 73 74 75 76 77 78 79 82 84 85 87 88 91 97".split(" ");
const SERVICE = ["800", "900", "906", "909"];
export function phone(e164: string): string {
  if (!e164.startsWith("+31")) return e164;
  const rest = e164.slice(3);
  const starts = (areas: string[]) => areas.some((a) => rest.startsWith(a));
  const area = rest.startsWith("6") ? 1 : starts(SHORT_AREAS) && !starts(SERVICE) ? 2 : 3;
  return rest.length < area ? e164 : `0${rest.slice(0, area)}-${rest.slice(area)}`;
}
export const isoDay = (typed: string) => {
  const t = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(typed.trim());
  return t ? `${t[3]}-${two(Number(t[2]))}-${two(Number(t[1]))}` : typed.trim();
};
/** A stored value as it is shown. */
export function shown(type: ValueType, field: string, value: string): string {
  if (type === "date") return day(value);
  if (type === "phone") return phone(value);
  if (type === "choice") return choiceName(field, value);
  if (type === "iban") return value.replace(/(.{4})(?=.)/g, "$1 ");
  if (type === "money") return new Intl.NumberFormat(locale() === "nl" ? "nl-NL" : "en-GB", { style: "currency", currency: "EUR" }).format(Number(value));
  if (type === "country") return new Intl.DisplayNames([locale()], { type: "region", fallback: "code" }).of(value) ?? value;
  return value;
}
