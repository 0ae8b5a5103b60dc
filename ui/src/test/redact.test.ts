import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import axe from "axe-core";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { blacken, moved, sized, suggested, tiles, turned, type Box } from "../lib/components/documents/redact/boxes";
import { asked, signedIn } from "./window";

const copies = vi.hoisted(() => ({ made: [] as { turns: number; boxes: { name: string; x: number }[]; text: string }[] }));
vi.mock("../lib/components/documents/redact/picture", () => ({
  pictureOf: async () => ({ width: 100, height: 60, close: () => undefined }),
  draw: () => undefined,
  copyOf: async (_: unknown, turns: number, boxes: { name: string; x: number }[], text: string) => { copies.made.push({ turns, boxes, text }); return new Blob(["zwart"], { type: "image/png" }); },
}));

const box = (part: Partial<Box>): Box => ({ id: 1, name: "own", x: 0, y: 0, w: 0.1, h: 0.1, ...part });
const white = (width: number, height: number) => new Uint8ClampedArray(width * height * 4).fill(255);
const black = (pixels: Uint8ClampedArray, width: number, x: number, y: number) => [...pixels.slice((y * width + x) * 4, (y * width + x) * 4 + 4)].join() === "0,0,0,255";

describe("blacking out", () => {
  test("every pixel in a box is black and opaque, and no other is touched", () => {
    const [width, height] = [20, 10];
    const pixels = white(width, height);
    pixels.fill(0, 3, 4);
    blacken(pixels, width, height, [box({ x: 0.25, y: 0.2, w: 0.25, h: 0.5 })]);
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) expect([x, y, black(pixels, width, x, y)]).toEqual([x, y, x >= 5 && x < 10 && y >= 2 && y < 7]);
  });
  test("a pixel that a box only touches is black too", () => {
    const pixels = white(10, 10);
    blacken(pixels, 10, 10, [box({ x: 0.19, y: 0.19, w: 0.22, h: 0.02 })]);
    expect([1, 2, 3, 4].map((x) => [black(pixels, 10, x, 1), black(pixels, 10, x, 2)]).flat()).toEqual(Array(8).fill(true));
    expect([black(pixels, 10, 0, 1), black(pixels, 10, 5, 1), black(pixels, 10, 2, 0), black(pixels, 10, 2, 3)]).toEqual(Array(4).fill(false));
  });
  test("what was see-through is opaque, and several boxes go as far as the edge", () => {
    const pixels = new Uint8ClampedArray(8 * 8 * 4);
    blacken(pixels, 8, 8, [box({ x: 0, y: 0, w: 1, h: 0.5 }), box({ x: 0.5, y: 0.5, w: 0.5, h: 0.5 })]);
    expect([black(pixels, 8, 0, 0), black(pixels, 8, 7, 7), black(pixels, 8, 0, 7)]).toEqual([true, true, false]);
  });
  test("a box stays on the picture, and never vanishes", () => {
    for (const b of suggested()) {
      expect(moved(b, 5, 5)).toMatchObject({ x: 1 - b.w, y: 1 - b.h });
      expect(moved(b, -5, -5)).toMatchObject({ x: 0, y: 0 });
      const large = sized(b, 5, 5);
      expect([large.x + large.w, large.y + large.h].map((n) => Number(n.toFixed(9)))).toEqual([1, 1]);
      expect(sized(b, -5, -5)).toMatchObject({ w: 0.02, h: 0.02 });
    }
  });
  test("a quarter turn takes the box along, and four are none", () => {
    const b = box({ x: 0.1, y: 0.2, w: 0.3, h: 0.4 });
    expect(turned(b)).toMatchObject({ x: 1 - 0.2 - 0.4, y: 0.1, w: 0.4, h: 0.3 });
    const whole = turned(turned(turned(turned(b))));
    expect([whole.x, whole.y, whole.w, whole.h].map((n) => Number(n.toFixed(9)))).toEqual([0.1, 0.2, 0.3, 0.4]);
  });
  test("the watermark covers the whole picture", () => {
    const at = tiles(1600, 1000, 500, 40);
    const far = Math.hypot(1600, 1000) / 2;
    for (let x = -far; x <= far; x += 100) for (let y = -far; y <= far; y += 100) expect(at.some((t) => Math.abs(t.y - y) <= 200 && x >= t.x - 100 && x <= t.x + 600)).toBe(true);
  });
});

describe("the step of blacking out", () => {
  beforeEach(() => {
    copies.made = [];
    URL.createObjectURL = vi.fn(() => "blob:copy");
    URL.revokeObjectURL = vi.fn();
  });
  async function begun() {
    const window = await signedIn({ view: "dossier", id: "d2", tab: "documents" }, (b) => (b.shelf.choice = { name: "paspoort.jpg", size: 900_000, media: "image/jpeg" }));
    await window.user.click(await screen.findByTestId("document-add"));
    await window.user.click(await screen.findByTestId("document-go"));
    await screen.findByTestId("box-photo");
    return window;
  }
  test("by keyboard: moved, resized, removed, added; the keyboard stays with the boxes", async () => {
    const { user } = await begun();
    const photo = screen.getByTestId("box-photo");
    await waitFor(() => expect(photo).toHaveFocus());
    const before = [photo.style.left, photo.style.width];
    await user.keyboard("{ArrowRight}");
    expect(photo.style.left).not.toBe(before[0]);
    expect(photo.style.width).toBe(before[1]);
    await user.keyboard("{Shift>}{ArrowRight}{/Shift}");
    expect(photo.style.width).not.toBe(before[1]);
    await user.keyboard("{Delete}");
    expect(screen.queryByTestId("box-photo")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("box-mrz")).toHaveFocus());
    await user.click(screen.getByTestId("box-add"));
    expect(screen.getByTestId("box-own")).toHaveFocus();
    expect(screen.getByTestId("box-own")).toHaveAccessibleName("Zwart vlak 4: eigen vlak");
  });
  test("by pointer: dragged, and resized by the lower right corner", async () => {
    await begun();
    const photo = screen.getByTestId("box-photo");
    const at = (left: number, top: number, width: number, height: number) => () => ({ left, top, width, height, right: left + width, bottom: top + height }) as DOMRect;
    photo.getBoundingClientRect = at(40, 240, 290, 500);
    photo.parentElement!.getBoundingClientRect = at(0, 0, 1000, 1000);
    const drag = async (from: [number, number], to: [number, number]) => {
      await fireEvent.pointerDown(photo, { clientX: from[0], clientY: from[1] });
      await fireEvent.pointerMove(photo, { clientX: to[0], clientY: to[1] });
      await fireEvent.pointerUp(photo);
    };
    await drag([100, 300], [200, 350]);
    expect([photo.style.left, photo.style.top, photo.style.width].map((s) => Math.round(parseFloat(s)))).toEqual([14, 29, 29]);
    await drag([325, 735], [375, 735]);
    expect([photo.style.left, photo.style.width].map((s) => Math.round(parseFloat(s)))).toEqual([14, 34]);
    await fireEvent.pointerMove(photo, { clientX: 900, clientY: 900 });
    expect(Math.round(parseFloat(photo.style.left))).toBe(14);
  });
  test("has no faults that axe finds", async () => {
    await begun();
    document.title = "Dossierkluis";
    const found = await axe.run(document, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((v) => v.id)).toEqual([]);
  });
  test("the copy is looked at before it is kept; only the copy goes to the core", async () => {
    const { user, backend } = await begun();
    expect(screen.getByTestId("watermark")).toHaveDisplayValue(/^Kopie voor Praktijk De Overkant · \d\d-\d\d-\d{4}$/);
    await user.clear(screen.getByTestId("watermark"));
    await user.type(screen.getByTestId("watermark"), "Kopie voor intake");
    await user.click(screen.getByTestId("picture-turn"));
    await user.click(screen.getByTestId("redact-preview"));
    expect(within(await screen.findByTestId("copy-preview")).getByRole("img")).toHaveAttribute("src", "blob:copy");
    expect(copies.made).toMatchObject([{ turns: 1, text: "Kopie voor intake", boxes: [{ name: "photo" }, { name: "mrz" }, { name: "number" }, { name: "bsn" }] }]);
    expect(asked(backend, "add_picture")).toHaveLength(0);
    await user.click(screen.getByTestId("redact-save"));
    await waitFor(() => expect(asked(backend, "add_picture")).toEqual([{ dossier: "d2", field: "id_documents", document: { title: "paspoort", kind: "id_copy", on: expect.any(String), text: "", ground: "" }, name: "paspoort.png", data: btoa("zwart") }]));
    expect(asked(backend, "add_document")).toHaveLength(0);
    expect(await screen.findByText(/het origineel niet/)).toBeVisible();
  });
  test("back from the copy the boxes lie as they lay", async () => {
    const { user } = await begun();
    const photo = await screen.findByTestId("box-photo");
    await waitFor(() => expect(photo).toHaveFocus());
    await user.keyboard("{ArrowRight}{ArrowRight}");
    const left = photo.style.left;
    await user.click(screen.getByTestId("redact-preview"));
    await user.click(await screen.findByTestId("redact-back"));
    expect(screen.getByTestId("box-photo").style.left).toBe(left);
  });
  test("what is no picture after all says so", async () => {
    const { backend, user } = await signedIn({ view: "dossier", id: "d2", tab: "documents" }, (b) => (b.shelf.choice = { name: "paspoort.png", size: 30_000_000, media: "image/png" }));
    backend.failures.set("show_picked", { code: "not_a_picture", params: {} });
    await user.click(await screen.findByTestId("document-add"));
    await user.click(await screen.findByTestId("document-go"));
    expect(await screen.findByRole("alert")).toHaveTextContent("hoogstens 25 MB");
    expect(screen.getByTestId("redact-preview")).toBeDisabled();
  });
});
