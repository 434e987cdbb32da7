/** What can be looked for: its words, and how far up it stands when nothing tells it from another. */
export interface Searchable {
  readonly title: string;
  /** Other words under which it is found, in either language. */
  readonly keywords?: string;
}

/** Letters without their marks, small: "Änne" is found by "anne". */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/ß/g, "ss")
    .toLowerCase();
}

function scoreWord(text: string, word: string): number {
  if (text === word) return 100;
  if (text.startsWith(word)) return 80;
  const at = text.indexOf(word);
  if (at > 0) return /[\s._-]/.test(text[at - 1] ?? "") ? 60 : 35;
  return isSubsequence(word, text) ? 10 : 0;
}

/** Whether the letters come in that order, with others between: "nk" in "neue konversation". */
function isSubsequence(letters: string, text: string): boolean {
  if (letters.length < 2) return false;
  let at = 0;
  for (const letter of text) if (letter === letters[at]) at += 1;
  return at === letters.length;
}

/** How well something fits what was typed; 0 for not at all. Every word has to fit somewhere. */
export function score(entry: Searchable, typed: string): number {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const title = folded(entry.title);
  const keywords = folded(entry.keywords ?? "");
  let sum = 1;
  for (const word of words) {
    const best = Math.max(scoreWord(title, word), keywords.includes(word) ? 25 : 0);
    if (best === 0) return 0;
    sum += best;
  }
  return sum / (words.length || 1);
}

/** The entries that fit, best first; those that fit as well keep their order. */
export function rank<T extends Searchable>(entries: readonly T[], typed: string, most: number): readonly T[] {
  if (typed.trim() === "") return entries.slice(0, most);
  return entries
    .map((entry, index) => ({ entry, index, points: score(entry, typed) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.index - b.index)
    .slice(0, most)
    .map(({ entry }) => entry);
}
