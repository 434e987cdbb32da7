// The messages of docs/protocol.md, "Polling", in the binary encoding: protobuf's wire format. Frames stay octets.

/** What `poll/receive` answered. */
export interface Received {
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
  /** The number of the last frame; the next poll names it. */
  readonly last: number;
  /** The code with which the stream was closed, if it was. */
  readonly closed: number | undefined;
}

const varintType = 0;
const delimitedType = 2;

function varint(value: number): number[] {
  const octets: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...octets, left];
    octets.push((left % 128) + 128);
  }
}

const delimitedField = (number: number, octets: Uint8Array) => [
  Uint8Array.from([number * 8 + delimitedType, ...varint(octets.length)]),
  octets,
];

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    octets.set(part, at);
    at += part.length;
  }
  return octets;
}

export const writeOpen = () => new Uint8Array();
export const writeClose = (stream: Uint8Array) => joined(delimitedField(1, stream));

export function writeSend(stream: Uint8Array, frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joined([...delimitedField(1, stream), ...frames.flatMap((frame) => delimitedField(2, frame))]);
}

export function writeReceive(stream: Uint8Array, after: number): Uint8Array<ArrayBuffer> {
  const rest = after === 0 ? [] : [2 * 8 + varintType, ...varint(after)];
  return joined([...delimitedField(1, stream), Uint8Array.from(rest)]);
}

export function readOpened(octets: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (const [number, value] of fieldsOf(octets)) if (number === 1 && typeof value !== "number") return value;
  throw new Error("No stream is named.");
}

export function readReceived(octets: Uint8Array<ArrayBuffer>): Received {
  const frames: Uint8Array<ArrayBuffer>[] = [];
  let last = 0;
  let closed: number | undefined;
  for (const [number, value] of fieldsOf(octets)) {
    if (number === 1 && typeof value !== "number") frames.push(value);
    if (number === 2 && typeof value === "number") last = value;
    if (number === 3 && typeof value !== "number") closed = readEnd(value);
  }
  return { frames, last, closed };
}

function readEnd(octets: Uint8Array<ArrayBuffer>): number {
  for (const [number, value] of fieldsOf(octets)) if (number === 1 && typeof value === "number") return value;
  return 0;
}

type Field = readonly [number: number, value: number | Uint8Array<ArrayBuffer>];

/** Throws if they are no message, or one with fields of a type that these messages have not. */
function* fieldsOf(octets: Uint8Array<ArrayBuffer>): Generator<Field> {
  let at = 0;
  const readVarint = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const octet = octets[at++];
      if (octet === undefined || weight > 2 ** 49) throw new Error("No number.");
      value += (octet % 128) * weight;
      if (octet < 128) return value;
    }
  };
  while (at < octets.length) {
    const tag = readVarint();
    const number = Math.floor(tag / 8);
    if (tag % 8 === varintType) {
      yield [number, readVarint()];
      continue;
    }
    const size = readVarint();
    if (tag % 8 !== delimitedType || at + size > octets.length) throw new Error("No field.");
    yield [number, octets.slice(at, at + size)];
    at += size;
  }
}
