// A PDF on paper: its pages as pictures in a place of their own, which is all that is printed. Nothing is written to the disk.
import type { Pdf } from "./engine";

/** Pixels for each point: 200 to the inch. */
const SHARP = 200 / 72;
/** What all pages together may take of memory, in pixels: beyond it they are less sharp. */
const MOST = 80e6;

/**
 * Asks the system for a printer, unless `gone` says meanwhile that nobody looks any more. Gives what takes the pictures away
 * again; until then the system may still be reading them.
 */
export async function printPdf(pdf: Pdf, gone: () => boolean): Promise<() => void> {
  const place = document.createElement("div");
  place.className = "printing";
  place.setAttribute("aria-hidden", "true");
  const remove = () => {
    // A canvas without size holds no pixels.
    for (const canvas of place.querySelectorAll("canvas")) canvas.width = canvas.height = 0;
    place.remove();
  };
  try {
    const { width, height } = await pdf.size(1);
    const scale = Math.min(SHARP, Math.sqrt(MOST / (pdf.count * width * height)));
    for (let page = 1; page <= pdf.count && !gone(); page++) place.append(await pdf.paint(page, scale).done);
  } catch (e) {
    remove();
    // What is closed breaks off its painting.
    if (!gone()) throw e;
  }
  if (gone()) {
    remove();
    return remove;
  }
  document.body.append(place);
  window.print();
  return remove;
}
