// House rules, run as tests.
import { expect, test } from "vitest";

const raw = (all: Record<string, unknown>) => Object.entries(all as Record<string, string>);
const components = raw(import.meta.glob("../**/*.svelte", { eager: true, query: "?raw", import: "default" }));
const styles = raw(import.meta.glob(["../styles/*.css", "!../styles/tokens.css"], { eager: true, query: "?raw", import: "default" }));
const code = raw(import.meta.glob(["../lib/**/*.ts", "!../lib/i18n/generated/**"], { eager: true, query: "?raw", import: "default" }));
const tokens = raw(import.meta.glob("../styles/tokens.css", { eager: true, query: "?raw", import: "default" }))[0]![1];
const found = (all: [string, string][], pattern: RegExp) => all.filter(([, text]) => pattern.test(text)).map(([path]) => path);

test("colours are named in the tokens only", () => expect(found([...components, ...styles], /#[0-9a-f]{3,8}\b(?!["}])(?=[;,\s)])|\b(rgb|hsl|oklch)a?\(/i)).toEqual([]));
test("components stay small", () => expect(components.filter(([, t]) => t.split("\n").length > 170).map(([p]) => p)).toEqual([]));
test("no style attributes that the content policy refuses", () => expect(found(components, /\sstyle="|\{@html/)).toEqual([]));
test("nothing is stored by the web view, and nothing goes out", () => expect(found([...components, ...code], /\b(localStorage|sessionStorage|indexedDB|document\.cookie|(?<![#\w])fetch\(|XMLHttpRequest|WebSocket|https?:\/\/)/)).toEqual([]));

const theme = (head: string) => {
  const body = tokens.slice(tokens.indexOf(head));
  return Object.fromEntries([...body.slice(0, body.indexOf("}")).matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((m) => [m[1]!, m[2]!]));
};
const light = (hex: string) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
const contrast = (a: string, b: string) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m) as [number, number]; return (x + 0.05) / (y + 0.05); };
const pairs: [string, string, number][] = [
  ...["paper", "paper-raised", "paper-sunk", "paper-rail"].flatMap((p): [string, string, number][] => [["ink", p, 4.5], ["ink-soft", p, 4.5], ["ink-faint", p, 4.5], ["petrol-ink", p, 4.5], ["red", p, 4.5], ["line-strong", p, 3], ["petrol", p, 3]]),
  ["on-petrol", "petrol", 4.5], ["on-petrol", "petrol-strong", 4.5], ["petrol-ink", "petrol-soft", 4.5], ["ink", "petrol-soft", 4.5], ["ink-soft", "petrol-soft", 4.5], ["ink-faint", "petrol-soft", 4.5], ["amber", "amber-soft", 4.5], ["amber", "paper", 4.5], ["on-red", "red", 4.5], ["good", "paper-raised", 4.5], ["ink", "mark", 4.5],
];
test.each([["light", ":root {"], ["dark", ':root[data-theme="dark"]']])("contrast AA: %s", (_, head) => {
  const c = theme(head);
  expect(pairs.filter(([a, b, least]) => contrast(c[a]!, c[b]!) < least).map(([a, b]) => `${a} on ${b}: ${contrast(c[a]!, c[b]!).toFixed(2)}`)).toEqual([]);
});
