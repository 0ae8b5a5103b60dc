// The lists of clients, employees and relations: only what is on screen, and a little around it, is fetched.
import { commands, type ListQuery, type Progress, type Row } from "../ipc/bindings";
import { notices } from "./notices.svelte";
import { failureText } from "../i18n/failure";
import { KINDS, type ListName } from "./kinds";

export const PAGE = 100;
type Query = Omit<ListQuery, "offset" | "limit">;
export const everything = (which: ListName = "clients"): Query => ({ kinds: KINDS[which], sort: "name", descending: false, filter: "", circle: null });

class List {
  query = $state<Query>(everything());
  total = $state(0);
  known = $state(false);
  loading = $state<Progress | null>(null);
  /** Where the list was scrolled to, for coming back from a dossier. */
  top = 0;
  #pages = $state.raw(new Map<number, Row[]>());
  #asked = new Set<number>();
  #turn = 0;
  /** The rows on screen answer another question. */
  #other = false;
  #seen: [number, number] = [0, 0];

  constructor(readonly which: ListName) {
    this.query = everything(which);
  }
  row = (index: number): Row | undefined => this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  change(part: Partial<Query>) {
    this.query = { ...this.query, ...part };
    this.top = 0;
    this.#seen = [0, 0];
    this.#other = true;
    this.reload();
  }
  /** Asks again for what is in sight, keeping the old rows until the new ones are there. */
  reload() {
    this.#turn += 1;
    this.#asked.clear();
    void this.#fetch(0);
    this.need(...this.#seen);
    // What is out of sight is asked for when somebody scrolls there: by then an old row could be wrong.
    if (!this.#other) this.#pages = new Map([...this.#pages].filter(([page]) => this.#asked.has(page)));
  }
  need(from: number, to: number) {
    this.#seen = [from, to];
    for (let page = Math.floor(from / PAGE); page <= Math.floor(Math.max(from, to - 1) / PAGE); page++)
      if (!this.#asked.has(page)) void this.#fetch(page);
  }
  async #fetch(page: number) {
    const turn = this.#turn;
    this.#asked.add(page);
    try {
      const found = await commands.listDossiers({ ...$state.snapshot(this.query), offset: page * PAGE, limit: PAGE });
      if (turn !== this.#turn) return;
      this.#pages = new Map(this.#other ? [] : this.#pages).set(page, found.rows);
      this.#other = false;
      this.total = found.total;
      this.loading = found.loading;
      this.known = true;
      if (found.loading && page === 0) setTimeout(() => turn === this.#turn && this.reload(), 500);
    } catch (e) {
      if (turn !== this.#turn) return;
      this.#asked.delete(page);
      if (page === 0) notices.tell(failureText(e), "bad");
    }
  }
  forget() {
    this.#turn += 1;
    this.#pages = new Map();
    this.#asked.clear();
    this.#seen = [0, 0];
    this.#other = false;
    this.total = 0;
    this.known = false;
    this.top = 0;
    this.query = everything(this.which);
  }
}
export const lists: Record<ListName, List> = { clients: new List("clients"), employees: new List("employees"), relations: new List("relations") };
export const list = lists.clients;
/** After a change somewhere: those that were shown are asked for again. */
export const reloadLists = () => Object.values(lists).filter((l) => l.known).forEach((l) => l.reload());
export const forgetLists = () => Object.values(lists).forEach((l) => l.forget());
