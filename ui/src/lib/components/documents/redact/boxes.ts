// Black boxes over a copy of an identity document: where they lie, and how they are painted.

/** In parts of the picture: 0 is left or top, 1 is right or bottom. */
export type Box = { id: number; name: "photo" | "mrz" | "number" | "bsn" | "own"; x: number; y: number; w: number; h: number };
const LEAST = 0.02;
const within = (n: number, least: number, most: number) => Math.min(most, Math.max(least, n));

/** About where a Dutch passport and identity card have them. Somebody looks before anything is kept. */
export const suggested = (): Box[] => [
  { id: 1, name: "photo", x: 0.04, y: 0.24, w: 0.29, h: 0.5 },
  { id: 2, name: "mrz", x: 0.02, y: 0.79, w: 0.96, h: 0.19 },
  { id: 3, name: "number", x: 0.64, y: 0.06, w: 0.33, h: 0.11 },
  { id: 4, name: "bsn", x: 0.62, y: 0.63, w: 0.34, h: 0.11 },
];
export const moved = (b: Box, dx: number, dy: number): Box => ({ ...b, x: within(b.x + dx, 0, 1 - b.w), y: within(b.y + dy, 0, 1 - b.h) });
export const sized = (b: Box, dw: number, dh: number): Box => ({ ...b, w: within(b.w + dw, LEAST, 1 - b.x), h: within(b.h + dh, LEAST, 1 - b.y) });
/** The picture is turned a quarter to the right, and the box with it. */
export const turned = (b: Box): Box => ({ ...b, x: 1 - b.y - b.h, y: b.x, w: b.h, h: b.w });

/** Pixels, four bytes each, as a canvas gives them. Every pixel that a box touches becomes black and opaque. */
export function blacken(pixels: Uint8ClampedArray, width: number, height: number, boxes: Box[]) {
  for (const b of boxes) {
    const [left, right] = [Math.floor(b.x * width), Math.min(width, Math.ceil((b.x + b.w) * width))];
    const [top, bottom] = [Math.floor(b.y * height), Math.min(height, Math.ceil((b.y + b.h) * height))];
    for (let y = top; y < bottom; y++)
      for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
        pixels[at] = pixels[at + 1] = pixels[at + 2] = 0;
        pixels[at + 3] = 255;
      }
  }
}
/** Where a slanting text stands, over and over, so that it covers the whole picture: from the middle, in a plane that was turned. */
export function tiles(width: number, height: number, textWidth: number, line: number): { x: number; y: number }[] {
  const far = Math.hypot(width, height) / 2;
  const [across, down] = [textWidth + line * 2, line * 5];
  const found: { x: number; y: number }[] = [];
  for (let row = -Math.ceil(far / down); row * down <= far; row++)
    for (let col = -Math.ceil(far / across) - 1; col * across <= far; col++) found.push({ x: col * across + (row % 2 ? across / 2 : 0), y: row * down });
  return found;
}
