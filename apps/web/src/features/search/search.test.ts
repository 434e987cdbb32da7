// What is asked of the engine is what the person restricted, and what was found is marked where it stands.
import { expect, test } from "vitest";
import { sampleMessage } from "../conversation_list/testing/samples";
import { commandOf, countFilters, emptyQuery, isSearchable } from "./search_query";
import { snippetOf } from "./snippet";

test("only what restricts is sent", () => {
  expect(commandOf({ ...emptyQuery, words: "  tea " }, 50)).toEqual({ words: "tea", limit: 50 });
  expect(commandOf({ ...emptyQuery, conversation: "c1", sender: "ben", kind: "typed" }, 50)).toEqual({
    words: "",
    limit: 50,
    conversation: "c1",
    sender: "ben",
    kind: "typed",
  });
});

test("days count whole, in local time", () => {
  const command = commandOf({ ...emptyQuery, from: "2026-11-20", until: "2026-11-21" }, 50);
  expect(command.from).toBe(new Date(2026, 10, 20).getTime());
  expect(command.until).toBe(new Date(2026, 10, 22).getTime());
  expect(commandOf({ ...emptyQuery, from: "yesterday" }, 50).from).toBeUndefined();
});

test("a filter alone is enough to look for", () => {
  expect(isSearchable(emptyQuery)).toBe(false);
  expect(isSearchable({ ...emptyQuery, words: "  " })).toBe(false);
  expect(isSearchable({ ...emptyQuery, sender: "ben" })).toBe(true);
  expect(countFilters({ ...emptyQuery, words: "tea", sender: "ben", until: "2026-11-21" })).toBe(2);
});

function found(text: string, ...words: string[]) {
  const octets = (part: string) => new TextEncoder().encode(part).length;
  const highlights = words.map((word) => ({ start: octets(text.slice(0, text.indexOf(word))), size: octets(word) }));
  return { message: sampleMessage({ text }), highlights };
}

test("marks are where the engine counted them, behind letters of several octets", () => {
  expect(snippetOf(found("Grüße aus Köln 🎉 und Tee", "Köln", "Tee"))).toEqual([
    { text: "Grüße aus ", isMarked: false },
    { text: "Köln", isMarked: true },
    { text: " 🎉 und ", isMarked: false },
    { text: "Tee", isMarked: true },
  ]);
});

test("a long text is shown from shortly before the first mark, on one line, and cut", () => {
  const pieces = snippetOf(found(`${"word ".repeat(100)}\n\nneedle ${"hay ".repeat(200)}`, "needle"));
  expect(pieces[0]?.text).toMatch(/^… word/);
  expect(pieces[1]).toEqual({ text: "needle", isMarked: true });
  const whole = pieces.map(({ text }) => text).join("");
  expect(whole).toMatch(/…$/);
  expect(whole.length).toBeLessThan(300);
  expect(whole).not.toContain("\n");
});

test("without words the beginning is shown", () => {
  expect(snippetOf(found("short"))).toEqual([{ text: "short", isMarked: false }]);
});

test("marks beyond the text are passed over", () => {
  const message = sampleMessage({ text: "edited" });
  expect(snippetOf({ message, highlights: [{ start: 90, size: 5 }] })).toEqual([{ text: "edited", isMarked: false }]);
});
