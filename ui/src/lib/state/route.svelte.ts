export type View = "today" | "clients" | "dossier" | "import" | "bin" | "manage" | "log" | "settings";
/** `focus`: somebody chose it by keyboard elsewhere, so the keyboard goes along. */
export type Place = { view: View; id?: string | undefined; tab?: string | undefined; focus?: boolean | undefined };

class Route {
  now = $state<Place>({ view: "today" });
  #past: Place[] = [];
  go(place: Place) {
    this.#past.push($state.snapshot(this.now));
    if (this.#past.length > 50) this.#past.shift();
    this.now = place;
  }
  back(other: Place = { view: "today" }) {
    this.now = this.#past.pop() ?? other;
  }
  reset(place: Place = { view: "today" }) {
    this.#past = [];
    this.now = place;
  }
}
export const route = new Route();
export const openDossier = (id: string, focus = false) => route.go({ view: "dossier", id, focus });
