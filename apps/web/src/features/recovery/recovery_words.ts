/**
 * Reads a recovery key while it is typed, by the engine's rules: 24 words of one list, where capitals and whatever
 * stands between the words do not matter and a word may be cut after its fourth letter; or the text of its QR code.
 * Whether the words belong together (the checksum) is said by the engine.
 */

export const recoveryWordCount = 24;
export const recoveryCodePrefix = "sotto-recovery:";
const lettersThatTell = 4;

export interface UnknownWord {
  /** Counted from 1. */
  readonly position: number;
  readonly word: string;
  /** The likeliest word of the list, if one is near. */
  readonly suggestion: string | null;
}

export interface KeyReading {
  /** Whether it may be handed to the engine. */
  readonly complete: boolean;
  /** Whether it is the text of a QR code. */
  readonly isCode: boolean;
  readonly count: number;
  readonly unknown: readonly UnknownWord[];
  /** The word that is being typed, where it begins, and what it could become. */
  readonly typing: { readonly start: number; readonly candidates: readonly string[] } | null;
}

/** The word of the list that a typed one stands for. */
export function knownWord(list: readonly string[], typed: string): string | null {
  const word = typed.toLowerCase();
  if (list.includes(word)) return word;
  if (word.length !== lettersThatTell) return null;
  return list.find((candidate) => candidate.startsWith(word)) ?? null;
}

/** Letters that must be put in, taken out or exchanged to make one word of the other. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let line = 1; line <= left.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= right.length; column += 1) {
      const exchanged = (row[column - 1] ?? 0) + (left[line - 1] === right[column - 1] ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, exchanged));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/** The word of the list that is at most two letters away. */
export function nearestWord(list: readonly string[], typed: string): string | null {
  if (typed.length > 16) return null;
  let best: string | null = null;
  let bestDistance = 3;
  for (const candidate of list) {
    if (Math.abs(candidate.length - typed.length) >= bestDistance) continue;
    const changes = distance(typed, candidate);
    if (changes < bestDistance) {
      best = candidate;
      bestDistance = changes;
    }
  }
  return best;
}

interface TypedWord {
  readonly word: string;
  readonly start: number;
}

function typedWords(text: string): TypedWord[] {
  return Array.from(text.matchAll(/\p{L}+/gu), (match) => ({ word: match[0].toLowerCase(), start: match.index }));
}

/** The words in a text, in lower case, as the engine would take them apart. */
export function wordsIn(text: string): string[] {
  return typedWords(text).map(({ word }) => word);
}

function readCode(text: string): KeyReading {
  const code = text.slice(text.indexOf(recoveryCodePrefix) + recoveryCodePrefix.length).split(/\s/)[0] ?? "";
  // 32 octets in base64url without padding.
  return { complete: /^[A-Za-z0-9_-]{43}$/.test(code), isCode: true, count: 0, unknown: [], typing: null };
}

const shownCandidates = 5;

/** What is wrong with the text so far; the word at its very end counts as still being typed. */
export function readRecoveryKey(list: readonly string[], text: string): KeyReading {
  if (text.includes(recoveryCodePrefix)) return readCode(text);
  const words = typedWords(text);
  const last = words.at(-1);
  const openEnd = last !== undefined && last.start + last.word.length === text.length;
  const starts = openEnd ? list.filter((candidate) => candidate.startsWith(last.word)) : [];
  const isWholeWord = openEnd && starts.length === 1 && starts[0] === last.word;
  const unknown: UnknownWord[] = [];
  words.forEach(({ word }, index) => {
    const stillTyped = openEnd && index === words.length - 1 && starts.length > 0;
    if (stillTyped || knownWord(list, word) !== null) return;
    unknown.push({ position: index + 1, word, suggestion: nearestWord(list, word) });
  });
  const lastKnown = !openEnd || knownWord(list, last.word) !== null;
  return {
    complete: words.length === recoveryWordCount && unknown.length === 0 && lastKnown,
    isCode: false,
    count: words.length,
    unknown,
    typing:
      openEnd && starts.length > 0 && !isWholeWord && last.word.length > 1
        ? { start: last.start, candidates: starts.slice(0, shownCandidates) }
        : null,
  };
}

/** The text with the word being typed completed, and a blank to go on. */
export function completeWord(text: string, start: number, word: string): string {
  return `${text.slice(0, start)}${word} `;
}

/** The text with one unknown word replaced. */
export function replaceWord(text: string, position: number, word: string): string {
  const found = typedWords(text)[position - 1];
  if (found === undefined) return text;
  return text.slice(0, found.start) + word + text.slice(found.start + found.word.length);
}
