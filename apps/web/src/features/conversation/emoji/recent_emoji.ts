const storageKey = "sotto.recent_emoji";
const usual = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

function kept(): string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(read) ? read.filter((one): one is string => typeof one === "string") : [];
  } catch {
    // Storage that is refused or holds something else: there are the usual ones.
    return [];
  }
}

/** Six to react with at once: those used last in this browser, then the usual ones. */
export function quickEmoji(): string[] {
  return [...new Set([...kept(), ...usual])].slice(0, usual.length);
}

export function noteUse(emoji: string): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify([...new Set([emoji, ...kept()])].slice(0, usual.length)));
  } catch {
    // Then the usual ones stay.
  }
}
