import { emit } from "@tauri-apps/api/event";
import { mockIPC } from "@tauri-apps/api/mocks";
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import App from "../App.svelte";
import { list } from "../lib/state/list.svelte";
import { drafts } from "../lib/state/drafts.svelte";
import { route, type Place } from "../lib/state/route.svelte";
import { Backend } from "../mock/backend";
import { answer } from "../mock/handle";

/** A core in memory, already connected. */
export function core(change: (b: Backend) => void = () => undefined) {
  const backend = new Backend();
  backend.count = 300;
  change(backend);
  mockIPC((command, args) => answer(backend, command, args), { shouldMockEvents: true });
  return backend;
}
export const asked = (b: Backend, command: string) => b.calls.filter(([c]) => c === command).map(([, args]) => args);

/** The command answers only after this is called. */
export function held(b: Backend, command: string) {
  let resolve = () => undefined as void;
  const promise = new Promise<void>((done) => (resolve = done));
  b.slow.set(command, promise);
  return () => resolve();
}

/** The whole window, as it stands after signing in as Youssef. */
export async function signedIn(place: Place = { view: "today" }, change: (b: Backend) => void = () => undefined) {
  list.forget();
  drafts.clear();
  const backend = core((b) => { b.status = { ...b.status, state: "open" }; change(b); });
  const user = userEvent.setup();
  const view = render(App);
  await screen.findByTestId("shell");
  route.go(place);
  return { backend, user, ...view };
}
export const locking = () => emit("locking");
