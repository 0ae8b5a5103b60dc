// PDF in the window, by pdf.js in a worker that ends with the viewer: no network, no evaluated code, no fonts handed to the system.
import type { RenderTask } from "pdfjs-dist";
import jpeg2000 from "pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url";
import { bytesOf } from "../components/documents/bytes";

export type Size = { width: number; height: number };
export type Painting = { done: Promise<HTMLCanvasElement>; cancel: () => void };
export type Pdf = {
  count: number;
  /** In points. */
  size: (page: number) => Promise<Size>;
  paint: (page: number, scale: number) => Painting;
  text: (page: number) => Promise<string>;
  /** It is out of sight: what was read of it can go. */
  leave: (page: number) => void;
  close: () => void;
};
/** It asks for a password of its own. */
export class Locked extends Error {}

/** What a page may take of memory, in pixels. */
const MOST = 4096 * 4096;
const place = "/node_modules/pdfjs-dist/standard_fonts/";
const fonts = import.meta.glob<string>("/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}", { query: "?inline", import: "default" });
/** The fonts that a PDF may leave out: as modules, since nothing in this window fetches. */
class Fonts {
  fetch = async ({ filename }: { filename: string }) => {
    const font = await fonts[place + filename]?.();
    if (!font) throw new Error("no such font");
    return bytesOf(font.slice(font.indexOf(",") + 1));
  };
}
class Nothing {
  fetch = () => Promise.reject(new Error("not here"));
}

/** Takes the bytes over: they are gone from this side afterwards. */
export async function openPdf(data: Uint8Array<ArrayBuffer>): Promise<Pdf> {
  const lib = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const port = new Worker(new URL("../../worker/pdf.ts", import.meta.url), { type: "module" });
  const worker = new lib.PDFWorker({ port, verbosity: 0 } as unknown as ConstructorParameters<typeof lib.PDFWorker>[0]);
  const task = lib.getDocument({
    data, worker, verbosity: 0, isEvalSupported: false, useWasm: false, wasmUrl: jpeg2000.slice(0, jpeg2000.lastIndexOf("/") + 1), useWorkerFetch: false, disableFontFace: true, useSystemFonts: false, enableXfa: false,
    isOffscreenCanvasSupported: false, isImageDecoderSupported: false, disableRange: true, disableStream: true, disableAutoFetch: true, canvasMaxAreaInBytes: MOST * 4,
    StandardFontDataFactory: Fonts, CMapReaderFactory: Nothing, WasmFactory: Nothing,
  });
  const close = () => {
    void task.destroy().catch(() => undefined);
    worker.destroy();
    port.terminate();
  };
  const broken = new Promise<never>((_, fail) => port.addEventListener("error", () => fail(new Error("worker"))));
  try {
    const doc = await Promise.race([task.promise, broken]);
    const sizeOf = async (page: number) => {
      const { width, height } = (await doc.getPage(page)).getViewport({ scale: 1 });
      return { width, height };
    };
    const seen = new Set<number>();
    const paint = (number: number, scale: number): Painting => {
      let running: RenderTask | undefined;
      let stopped = false;
      const work = async () => {
        const page = await doc.getPage(number);
        const whole = page.getViewport({ scale });
        const viewport = page.getViewport({ scale: scale * Math.min(1, Math.sqrt(MOST / (whole.width * whole.height))) });
        if (stopped) throw new Error("stopped");
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [Math.floor(viewport.width), Math.floor(viewport.height)];
        seen.add(number);
        running = page.render({ canvas, viewport });
        await running.promise;
        return canvas;
      };
      return { done: work(), cancel: () => { stopped = true; running?.cancel(); } };
    };
    const text = async (number: number) => {
      const content = await (await doc.getPage(number)).getTextContent();
      return content.items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    };
    const leave = (number: number) => {
      if (seen.delete(number)) void doc.getPage(number).then((page) => page.cleanup()).catch(() => undefined);
    };
    return { count: doc.numPages, size: sizeOf, paint, text, leave, close };
  } catch (e) {
    close();
    throw e instanceof Error && e.name === "PasswordException" ? new Locked() : e;
  }
}
