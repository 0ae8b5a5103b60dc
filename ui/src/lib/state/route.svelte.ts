import { KINDS, listOf, type ListName } from "./kinds";

export type View = "today" | ListName | "dossier" | "import" | "bin" | "manage" | "log" | "settings";
/** `list`: the one that a dossier stands in. `focus`: somebody chose it by keyboard elsewhere, so the keyboard goes along. */
export type Place = { view: View; id?: string | undefined; tab?: string | undefined; list?: ListName | undefined; focus?: boolean | undefined };
const isList = (view: View): view is ListName => view in KINDS;

class Route {
  now = $state<Place>({ view: "today" });
  #past: Place[] = [];
  /** The list that one works in. */
  get list(): ListName {
    return isList(this.now.view) ? this.now.view : (this.now.list ?? "clients");
  }
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
/** The list comes with the kind; where that is not known here, the dossier tells it. */
export const openDossier = (id: string, focus = false, kind?: string) => route.go({ view: "dossier", id, focus, list: kind === undefined ? undefined : listOf(kind) });
