function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether each of the words begins a word of the name; case and accents do not count. */
export function isNamedLike(name: string, words: string): boolean {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  const parts = folded(name).split(/[\s._-]+/);
  return wanted.length > 0 && wanted.every((word) => parts.some((part) => part.startsWith(word)));
}
