/** What a picture may be, by how its base64 begins. */
const types = [
  ["iVBORw0KGgo", "image/png"],
  ["/9j/", "image/jpeg"],
  ["UklGR", "image/webp"],
] as const;

/**
 * A picture from the engine, in base64, as an address for an image. Nothing for what is none of the known kinds.
 * Whoever asks lets go of it with `URL.revokeObjectURL`.
 */
export function pictureAddress(base64: string): string | undefined {
  const type = types.find(([beginning]) => base64.startsWith(beginning))?.[1];
  if (type === undefined) return undefined;
  const octets = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([octets], { type }));
}
