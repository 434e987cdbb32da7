import { describe, expect, it } from "vitest";
import { sampleMessage } from "../development/sample_home";
import type { TimelineMessage } from "../engine_types";
import { rowsOf } from "./timeline_rows";

const noon = new Date(2026, 4, 5, 12).getTime();
const minute = 60_000;
const rows = (messages: TimelineMessage[], unreadFrom?: number) => rowsOf({ messages, unreadFrom, previous: [] });
const line = (minutes: number, change: Partial<TimelineMessage> = {}) =>
  sampleMessage({ sent_at: noon + minutes * minute, ...change });

describe("the rows of a timeline", () => {
  it("begin a day wherever the local date changes", () => {
    const days = rows([line(0), line(1), line(13 * 60)]).map((row) => row.startsDay);
    expect(days).toEqual([true, false, true]);
  });

  it("group what one author wrote within five minutes", () => {
    const found = rows([line(0), line(2), line(9), line(10, { own: true, sender: "ff" })]);
    expect(found.map((row) => row.startsGroup)).toEqual([true, false, true, true]);
    expect(found.map((row) => row.endsGroup)).toEqual([false, true, true, true]);
  });

  it("never group with what only tells of something", () => {
    const found = rows([line(0), line(1, { kind: "timer_change" }), line(2)]);
    expect(found.map((row) => row.startsGroup)).toEqual([true, true, true]);
  });

  it("carry the unread mark on the first message of somebody else from there on", () => {
    const lines = [line(0, { seq: 1 }), line(1, { seq: 2, own: true }), line(2, { seq: 3 }), line(3, { seq: 4 })];
    expect(rows(lines, 2).map((row) => row.startsUnread)).toEqual([false, false, true, false]);
    expect(rows(lines).some((row) => row.startsUnread)).toBe(false);
  });

  it("stay the same objects as long as nothing of them changes", () => {
    const lines = [line(0), line(1), line(2)];
    const before = rows(lines);
    const after = rowsOf({ messages: [...lines, line(30)], unreadFrom: undefined, previous: before });
    expect(after.slice(0, 3).every((row, index) => row === before[index])).toBe(true);
  });
});
