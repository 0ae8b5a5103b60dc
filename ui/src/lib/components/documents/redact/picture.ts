// The picture of an identity document, and the copy that is made of it: other pixels, so that nothing of the original goes along.
import { blacken, tiles, type Box } from "./boxes";

/** Enough to read, and no more than that. */
const LONGEST = 2000;
const SLANT = -Math.PI / 7;

export const pictureOf = (bytes: Uint8Array<ArrayBuffer>, media: string) => createImageBitmap(new Blob([bytes], { type: media }));

/** `turns`: quarters to the right. */
export function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, turns: number) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const [w, h] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  [canvas.width, canvas.height] = turns % 2 ? [h, w] : [w, h];
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  // What was see-through is white paper.
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((turns * Math.PI) / 2);
  pen.drawImage(picture, -w / 2, -h / 2, w, h);
  pen.resetTransform();
  return pen;
}
/** Dark with a light edge, so that it can be read on whatever is under it. */
function watermark(pen: CanvasRenderingContext2D, text: string) {
  const { width, height } = pen.canvas;
  const line = Math.max(14, Math.round(Math.min(width, height) / 26));
  pen.save();
  pen.font = `600 ${line}px sans-serif`;
  pen.translate(width / 2, height / 2);
  pen.rotate(SLANT);
  pen.globalAlpha = 0.45;
  [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = ["black", "white", line / 10];
  for (const { x, y } of tiles(width, height, pen.measureText(text).width, line)) {
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
  pen.restore();
}
export async function copyOf(picture: ImageBitmap, turns: number, boxes: Box[], text: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const pen = draw(canvas, picture, turns);
  watermark(pen, text);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
  blacken(pixels.data, canvas.width, canvas.height, boxes);
  pen.putImageData(pixels, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  canvas.width = canvas.height = 0;
  if (!blob) throw new Error("no picture");
  return blob;
}
