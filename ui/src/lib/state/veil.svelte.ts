// F9, "someone is beside me": names become initials, numbers and notes become blocks, in every view.
class Veil {
  on = $state(false);
  toggle = () => this.set(!this.on);
  set(on: boolean) {
    this.on = on;
    document.documentElement.toggleAttribute("data-veil", on);
  }
  /** "Sanne van der Berg" -> "S. v. d. B." */
  name = (text: string) => (this.on ? text.split(/[\s,]+/).filter(Boolean).map((w) => `${[...w.replace(/^['’(]+/, "")][0] ?? ""}.`).join(" ") : text);
  /** Same lines and about the same length, no letters. */
  text = (text: string) => (this.on ? text.replace(/\S/gu, "▒") : text);
}
export const veil = new Veil();
