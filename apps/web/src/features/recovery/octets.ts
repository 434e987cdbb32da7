/** Octets as the engine's JSON has them: base64. */

export function toBase64(octets: Uint8Array): string {
  const chunk = 0x8000;
  let text = "";
  for (let at = 0; at < octets.length; at += chunk) text += String.fromCharCode(...octets.subarray(at, at + chunk));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
