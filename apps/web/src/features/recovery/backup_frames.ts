/**
 * Puts an offline backup together from its QR codes, as the engine wrote them: "sotto-backup:" and, in base64url, the
 * first 4 octets of the whole's SHA-256 || number from 1 || number of all (2 octets each, big endian) || a share of the
 * whole || the first 4 octets of the SHA-256 of all that. Only whoever has the recovery key can tell whether the whole
 * is genuine; here it is only known to be complete.
 */

const framePrefix = "sotto-backup:";
const nameSize = 4;
const headSize = nameSize + 4;
const checksumSize = 4;
const maxFrames = 512;

export type FrameOutcome = "added" | "repeated" | "not_a_frame" | "damaged" | "other_backup";

interface Frame {
  readonly name: string;
  readonly number: number;
  readonly total: number;
  readonly share: Uint8Array;
}

function fromBase64Url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

async function sha256(octets: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(octets)));
}

function joined(shares: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(shares.reduce((size, share) => size + share.length, 0));
  let at = 0;
  for (const share of shares) {
    whole.set(share, at);
    at += share.length;
  }
  return whole;
}

async function readFrame(text: string): Promise<Frame | "not_a_frame" | "damaged"> {
  const start = text.indexOf(framePrefix);
  if (start < 0) return "not_a_frame";
  const octets = fromBase64Url(text.slice(start + framePrefix.length).split(/\s/)[0] ?? "");
  if (octets === null || octets.length <= headSize + checksumSize) return "damaged";
  const checked = octets.subarray(0, -checksumSize);
  const digest = await sha256(checked);
  if (hex(digest.subarray(0, checksumSize)) !== hex(octets.subarray(-checksumSize))) return "damaged";
  const view = new DataView(checked.buffer, checked.byteOffset, checked.length);
  const number = view.getUint16(nameSize);
  const total = view.getUint16(nameSize + 2);
  if (number < 1 || number > total || total > maxFrames) return "damaged";
  return { name: hex(checked.subarray(0, nameSize)), number, total, share: checked.slice(headSize) };
}

/** Takes frames in whatever order they come. Repeats do no harm; a frame that is refused changes nothing. */
export class FrameCollector {
  #name = "";
  #total = 0;
  readonly #shares = new Map<number, Uint8Array>();

  get held(): number {
    return this.#shares.size;
  }
  get needed(): number {
    return this.#total;
  }

  async add(text: string): Promise<FrameOutcome> {
    const frame = await readFrame(text);
    if (typeof frame === "string") return frame;
    if (this.#shares.size > 0 && (frame.name !== this.#name || frame.total !== this.#total)) return "other_backup";
    this.#name = frame.name;
    this.#total = frame.total;
    const repeated = this.#shares.has(frame.number);
    this.#shares.set(frame.number, frame.share);
    return repeated ? "repeated" : "added";
  }

  /** The whole, once every frame is there and they belong together. */
  async whole(): Promise<Uint8Array | null> {
    if (this.#total === 0 || this.#shares.size !== this.#total) return null;
    const ordered = [...this.#shares].sort(([left], [right]) => left - right).map(([, share]) => share);
    const whole = joined(ordered);
    return hex((await sha256(whole)).subarray(0, nameSize)) === this.#name ? whole : null;
  }
}

/** The frames in a text file, one a line, and whether the text is one of frames at all. */
export function framesInText(text: string): readonly string[] {
  return text.split(/\s+/).filter((line) => line.includes(framePrefix));
}
