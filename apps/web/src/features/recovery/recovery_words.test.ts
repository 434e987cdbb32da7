import { describe, expect, it } from "vitest";
import { completeWord, readRecoveryKey, replaceWord } from "./recovery_words";
import { wordList } from "./word_list";

const whole = Array.from({ length: 24 }, () => "abandon");

describe("a recovery key being typed", () => {
  it("is complete with 24 words of the list, whatever stands between them and however they are written", () => {
    const numbered = whole.map((word, index) => `${index + 1}. ${word.toUpperCase()},`).join("\n");
    expect(readRecoveryKey(wordList, numbered)).toMatchObject({ complete: true, count: 24, unknown: [] });
  });

  it("takes words cut after their fourth letter", () => {
    expect(readRecoveryKey(wordList, `${whole.slice(1).join(" ")} acco`).complete).toBe(true);
  });

  it("names an unknown word by its position and suggests the nearest", () => {
    const words = whole.with(6, "abandom").join(" ");
    expect(readRecoveryKey(wordList, words).unknown).toEqual([{ position: 7, word: "abandom", suggestion: "abandon" }]);
    expect(readRecoveryKey(wordList, replaceWord(words, 7, "abandon")).unknown).toEqual([]);
  });

  it("does not scold a word that is still being typed, and offers what it may become", () => {
    const reading = readRecoveryKey(wordList, "zebra absu");
    expect(reading.unknown).toEqual([]);
    expect(reading.typing?.candidates).toEqual(["absurd"]);
    expect(completeWord("zebra absu", reading.typing?.start ?? 0, "absurd")).toBe("zebra absurd ");
  });

  it("is not complete with 23 or 25 words", () => {
    expect(readRecoveryKey(wordList, whole.slice(1).join(" ")).complete).toBe(false);
    expect(readRecoveryKey(wordList, [...whole, "abandon"].join(" ")).complete).toBe(false);
  });

  it("knows the text of a QR code, and one that is cut off", () => {
    const code = `sotto-recovery:${"A".repeat(43)}`;
    expect(readRecoveryKey(wordList, `${code}\n`)).toMatchObject({ complete: true, isCode: true });
    expect(readRecoveryKey(wordList, code.slice(0, -1)).complete).toBe(false);
  });
});
