/**
 * The QR code by which two people verify each other: one octet of version (1), the shower's account id (16) and key
 * (32), then the same of the other side; 97 octets. A code that the other side shows therefore is the own one with its
 * two halves exchanged, if nobody stands in between.
 */

const versionSize = 1;
const idSize = 16;
const endSize = idSize + 32;
const codeSize = versionSize + 2 * endSize;

export type SafetyCodeResult = "same" | "not_a_code" | "newer_version" | "other_accounts" | "keys_differ";

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((octet, index) => octet === right[index]);
}

interface End {
  readonly account: Uint8Array;
  readonly key: Uint8Array;
}

function endAt(code: Uint8Array, start: number): End {
  return { account: code.subarray(start, start + idSize), key: code.subarray(start + idSize, start + endSize) };
}

/** Compares the code that the other side shows with the one shown here. */
export function compareSafetyCode(own: Uint8Array, scanned: Uint8Array): SafetyCodeResult {
  if (scanned.length === 0 || own.length !== codeSize) return "not_a_code";
  if (scanned.length !== codeSize) return "not_a_code";
  if (scanned[0] !== own[0]) return (scanned[0] ?? 0) > (own[0] ?? 0) ? "newer_version" : "not_a_code";
  const [ownHere, peerHere] = [endAt(own, versionSize), endAt(own, versionSize + endSize)];
  const [peerThere, ownThere] = [endAt(scanned, versionSize), endAt(scanned, versionSize + endSize)];
  if (!equal(ownHere.account, ownThere.account) || !equal(peerHere.account, peerThere.account)) return "other_accounts";
  return equal(ownHere.key, ownThere.key) && equal(peerHere.key, peerThere.key) ? "same" : "keys_differ";
}

/** Twelve groups of five, as people read and compare them. */
export function digitGroups(digits: string): readonly string[] {
  return digits.match(/\d{1,5}/g) ?? [];
}
