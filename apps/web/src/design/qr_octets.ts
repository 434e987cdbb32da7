/** Each octet as the character of its number: how a code of octets, which need be no UTF-8, is drawn and read. */
export function textOfOctets(octets: Uint8Array): string {
  return String.fromCharCode(...octets);
}

export function octetsOfText(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
