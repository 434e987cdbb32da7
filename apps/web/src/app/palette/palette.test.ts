import { describe, expect, it, vi } from "vitest";
import { sampleConversation, sampleGroup } from "../../features/conversation_list/testing/samples";
import { paletteEntries } from "./palette_entries";
import { rank, score } from "./palette_search";
import { paletteText } from "./palette_text";

const titles = (entries: readonly { title: string }[]) => entries.map(({ title }) => title);

describe("looking for something", () => {
  it("puts what begins with the words before what only contains them", () => {
    const entries = ["Joanna", "Hanna", "anna", "Anna Maria"].map((title) => ({ title }));
    expect(titles(rank(entries, "anna", 9))).toEqual(["anna", "Anna Maria", "Joanna", "Hanna"]);
  });

  it("needs every word, in any order, and minds neither case nor marks", () => {
    expect(score({ title: "Änne Groß" }, "gross anne")).toBeGreaterThan(0);
    expect(score({ title: "Änne Groß" }, "anne klein")).toBe(0);
  });

  it("finds by other words and by letters in order, but behind the rest", () => {
    const entries = [{ title: "Dark appearance", keywords: "night" }, { title: "Night watch" }];
    expect(titles(rank(entries, "night", 9))).toEqual(["Night watch", "Dark appearance"]);
    expect(score({ title: "New conversation" }, "ncv")).toBeGreaterThan(0);
    expect(score({ title: "New conversation" }, "xyz")).toBe(0);
  });
});

describe("the palette", () => {
  const conversations = [sampleConversation(), sampleGroup(), sampleConversation({ conversation: "s", kind: "self" })];
  const doings = { navigate: vi.fn(), showShortcuts: vi.fn() };
  const entries = (typed: string) => paletteEntries(typed, conversations, paletteText.en, doings);

  it("begins with the conversations in the list's order, and a few actions", () => {
    expect(titles(entries("")).slice(0, 4)).toEqual(["ben", "Choir", "Notes to yourself", "New conversation"]);
    expect(entries("").some(({ group }) => group === "settings")).toBe(false);
  });

  it("goes to what was chosen", () => {
    entries("choir")[0]?.run();
    expect(doings.navigate).toHaveBeenCalledWith("/c/g1");
    entries("devices")[0]?.run();
    expect(doings.navigate).toHaveBeenCalledWith("/settings/devices");
  });

  it("always offers to search the messages for the words", () => {
    const last = entries("binoculars & more").at(-1);
    expect(last?.id).toBe("search_for");
    last?.run();
    expect(doings.navigate).toHaveBeenCalledWith("/search?q=binoculars%20%26%20more");
  });
});
