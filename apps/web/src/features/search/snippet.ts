import type { Answers } from "@sotto/client";

export type Found = Answers["search_messages"]["messages"][number];

/** A piece of a text; what was looked for is marked. */
export interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** How much of a text stands before the first mark, and how much is shown in all, in characters. */
const before = 48;
const mostShown = 240;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The text cut at its marks, which the engine counts in octets of UTF-8. */
function piecesOf({ message, highlights }: Found): Piece[] {
  const octets = encoder.encode(message.text);
  const pieces: Piece[] = [];
  let at = 0;
  const add = (end: number, isMarked: boolean) => {
    const text = decoder.decode(octets.subarray(at, end)).replace(/\s+/g, " ");
    if (text !== "") pieces.push({ text, isMarked });
    at = end;
  };
  for (const { start, size } of highlights) {
    if (start < at || start + size > octets.length) continue;
    add(start, false);
    add(start + size, true);
  }
  add(octets.length, false);
  return pieces;
}

/** Whole words of the end of a text, with an ellipsis if something went. */
function endOf(text: string): string {
  if (text.length <= before) return text;
  const end = text.slice(-before);
  return `…${end.slice(Math.max(0, end.indexOf(" ")))}`;
}

/** What was found on one or two lines, from shortly before the first mark. */
export function snippetOf(found: Found): readonly Piece[] {
  const shown: Piece[] = [];
  let length = 0;
  for (const [index, piece] of piecesOf(found).entries()) {
    const isLead = index === 0 && !piece.isMarked && found.highlights.length > 0;
    const text = isLead ? endOf(piece.text) : piece.text;
    const room = mostShown - length;
    if (text.length > room) {
      shown.push({ ...piece, text: `${text.slice(0, room).trimEnd()}…` });
      break;
    }
    shown.push({ ...piece, text });
    length += text.length;
  }
  return shown;
}
