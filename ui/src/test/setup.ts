import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/svelte";
import { clearMocks } from "@tauri-apps/api/mocks";
import { afterEach, vi } from "vitest";
import { app } from "../lib/state/app.svelte";
import { notices } from "../lib/state/notices.svelte";
import { open } from "../lib/state/open.svelte";
import { veil } from "../lib/state/veil.svelte";

// What jsdom lacks.
globalThis.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} } as unknown as typeof ResizeObserver;
globalThis.matchMedia ??= ((query: string) => ({ matches: query.includes("min-width"), media: query, addEventListener() {}, removeEventListener() {}, dispatchEvent: () => false, addListener() {}, removeListener() {}, onchange: null })) as unknown as typeof matchMedia;
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.animate ??= (() => ({ cancel() {}, finished: Promise.resolve(), onfinish: null })) as unknown as typeof Element.prototype.animate;
Element.prototype.hasPointerCapture ??= () => false;

afterEach(async () => {
  vi.useRealTimers();
  cleanup();
  open.close();
  veil.set(false);
  notices.all = [];
  app.session = null;
  app.status = null;
  app.broken = null;
  app.chosen = null;
  app.founded = false;
  // The window lets go of its listeners a moment later.
  await new Promise((done) => setTimeout(done, 5));
  clearMocks();
});
