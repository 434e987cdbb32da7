import { describe, expect, it } from "vitest";
import { readUpTo } from "./read_marks";

const reading = { newestSeq: 7, isNewestOnScreen: true, isPageVisible: true, isPageFocused: true };

describe("a message counts as read", () => {
  it("when the newest is on screen of a page that is visible and focused", () => {
    expect(readUpTo(reading, 5)).toBe(7);
  });

  it("not while any of the three is missing", () => {
    expect(readUpTo({ ...reading, isNewestOnScreen: false }, 5)).toBeUndefined();
    expect(readUpTo({ ...reading, isPageVisible: false }, 5)).toBeUndefined();
    expect(readUpTo({ ...reading, isPageFocused: false }, 5)).toBeUndefined();
  });

  it("once, and never backwards", () => {
    expect(readUpTo(reading, 7)).toBeUndefined();
    expect(readUpTo(reading, 9)).toBeUndefined();
  });
});
