import { maxPictureSize } from "./limits";

// A group's picture travels inside an encrypted message and is small: it is cut to a square and made smaller until it
// fits.

/** Draws the picture as a square of that many pixels. Nothing if this browser cannot write the kind. */
export type EncodeSquare = (side: number, quality: number) => Promise<Blob | undefined>;

/** From the best to the smallest; the last one fits whatever the picture is. */
const attempts: readonly (readonly [side: number, quality: number])[] = [
  [256, 0.82],
  [256, 0.6],
  [192, 0.75],
  [192, 0.5],
  [128, 0.7],
  [128, 0.45],
  [96, 0.5],
  [64, 0.4],
];

/** The best encoding within the limit; nothing if there is none. */
export async function fitPicture(encode: EncodeSquare, limit = maxPictureSize): Promise<Blob | undefined> {
  for (const [side, quality] of attempts) {
    const blob = await encode(side, quality);
    if (blob !== undefined && blob.size <= limit) return blob;
  }
  return undefined;
}

/** Reads an image file and makes it fit, as base64. Nothing if it is no image. */
export async function readPicture(file: Blob): Promise<string | undefined> {
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file);
  } catch {
    return undefined;
  }
  const blob = await fitPicture((side, quality) => encodeSquare(image, side, quality));
  image.close();
  return blob === undefined ? undefined : toBase64(new Uint8Array(await blob.arrayBuffer()));
}

async function encodeSquare(image: ImageBitmap, side: number, quality: number): Promise<Blob | undefined> {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  context.imageSmoothingQuality = "high";
  const edge = Math.min(image.width, image.height);
  context.drawImage(image, (image.width - edge) / 2, (image.height - edge) / 2, edge, edge, 0, 0, side, side);
  // Where WebP cannot be written the browser gives a PNG, which is larger than a JPEG.
  const webp = await encodeCanvas(canvas, "image/webp", quality);
  return webp?.type === "image/webp" ? webp : encodeCanvas(canvas, "image/jpeg", quality);
}

function encodeCanvas(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | undefined> {
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), type, quality));
}

function toBase64(octets: Uint8Array): string {
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
}
