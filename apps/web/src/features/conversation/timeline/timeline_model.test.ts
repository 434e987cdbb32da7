import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeClient } from "../../../engine/testing/fake_client";
import { idOf, sampleMessage } from "../development/sample_home";
import type { TimelineMessage } from "../engine_types";
import { TimelineModel } from "./timeline_model";

const conversation = idOf(1);
let client: FakeClient;
let lines: TimelineMessage[];
let marked: number[];

/** A conversation of `count` lines in the log; every third is an own one. */
function model(count: number): TimelineModel {
  lines = Array.from({ length: count }, (_, index) =>
    sampleMessage({
      conversation,
      seq: index + 1,
      own: index % 3 === 2,
      text: `line ${index + 1}`,
      sent_at: index * 1000,
    }),
  );
  client.answer("read_history", ({ before, after, limit = 50 }) => {
    const asked = lines.filter((line) => (before === undefined ? line.seq > (after ?? 0) : line.seq < before));
    const messages = after === undefined ? asked.slice(-limit) : asked.slice(0, limit);
    return { conversation, messages, more: asked.length > limit };
  });
  const timeline = new TimelineModel(client, {
    conversation,
    markRead: async (_, seq) => {
      marked.push(seq);
    },
  });
  timeline.subscribe(() => undefined);
  return timeline;
}

const summary = (unread: number) => ({ unread, marked_unread: false, head: lines.length });
const shown = (timeline: TimelineModel) => timeline.snapshot().rows.map((row) => row.message.seq);
const targetSeq = (timeline: TimelineModel) => {
  const { rows, target } = timeline.snapshot();
  return rows.find((row) => row.key === target?.key)?.message.seq;
};

beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient();
  marked = [];
});

describe("opening a conversation", () => {
  it("leads to the newest line when all is read", async () => {
    const timeline = model(500);
    await timeline.open(summary(0));
    expect(timeline.snapshot()).toMatchObject({ state: "ready", hasOlder: true, hasNewer: false });
    expect(timeline.snapshot().target).toMatchObject({ key: undefined, align: "end" });
    expect(shown(timeline).at(-1)).toBe(500);
  });

  it("leads to the first unread message of somebody else and draws the line there", async () => {
    const timeline = model(500);
    await timeline.open(summary(2));
    expect(targetSeq(timeline)).toBe(499);
    expect(timeline.snapshot().rows.find((row) => row.startsUnread)?.message.seq).toBe(499);
  });

  it("finds the first unread message pages back", async () => {
    const timeline = model(1_500);
    await timeline.open(summary(400));
    expect(targetSeq(timeline)).toBe(901);
    expect(timeline.snapshot()).toMatchObject({ hasOlder: true, hasNewer: true });
  });

  it("shows what stands around a line that was asked for", async () => {
    const timeline = model(1_000);
    await timeline.openAt(300);
    expect(targetSeq(timeline)).toBe(300);
    expect(shown(timeline)[0]).toBe(261);
    expect(timeline.snapshot()).toMatchObject({ hasOlder: true, hasNewer: true });
  });

  it("leads to the first message of a day", async () => {
    const timeline = model(1_000);
    client.answer("search_messages", ({ until = 0 }) => {
      const message = lines.findLast((line) => line.sent_at < until);
      return { messages: message ? [{ message, highlights: [] }] : [], more: true };
    });
    await timeline.openAtDate(399_500);
    expect(targetSeq(timeline)).toBe(401);
  });

  it("says that it failed, and succeeds when it is tried again", async () => {
    const timeline = model(10);
    client.fail("read_history", { code: "storage_failed" });
    await timeline.open(summary(0));
    expect(timeline.snapshot().state).toBe("failed");
    const again = model(10);
    await again.open(summary(0));
    expect(again.snapshot().state).toBe("ready");
  });
});

describe("paging", () => {
  it("adds earlier lines at the start, and keeps no more than a window of them", async () => {
    const timeline = model(2_000);
    await timeline.open(summary(0));
    for (let page = 0; page < 10; page += 1) {
      await timeline.loadOlder();
      vi.runAllTimers();
    }
    const seqs = shown(timeline);
    expect(seqs.length).toBeLessThanOrEqual(400);
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => (seqs[0] ?? 0) + index));
    expect(timeline.snapshot().hasNewer).toBe(true);
  });

  it("comes back to the newest line without a gap", async () => {
    const timeline = model(1_000);
    await timeline.openAt(500);
    for (let page = 0; page < 12; page += 1) {
      await timeline.loadNewer();
      vi.runAllTimers();
    }
    const seqs = shown(timeline);
    expect(seqs.at(-1)).toBe(1_000);
    expect(seqs.length).toBeLessThanOrEqual(400);
    expect(timeline.snapshot().hasNewer).toBe(false);
  });

  it("says that rows were added at the start only where they were", async () => {
    const timeline = model(1_000);
    await timeline.openAt(500);
    await timeline.loadOlder();
    expect(timeline.snapshot().isShift).toBe(true);
    await timeline.loadNewer();
    expect(timeline.snapshot().isShift).toBe(false);
  });

  it("jumps to the message that a reply answers, however far back it is", async () => {
    const timeline = model(1_000);
    await timeline.open(summary(0));
    const far = lines[99];
    expect(far && (await timeline.jumpTo(far))).toBe(true);
    expect(targetSeq(timeline)).toBe(100);
    await timeline.jumpToNewest();
    expect(shown(timeline).at(-1)).toBe(1_000);
  });
});

describe("what happens while a conversation is open", () => {
  const received = (change: Partial<TimelineMessage> = {}) => {
    const message = sampleMessage({ conversation, seq: lines.length + 1, text: "new", sent_at: 9e6, ...change });
    lines.push(message);
    client.emit("message_received", { message });
    return message;
  };

  it("appears at the end and is announced", async () => {
    const timeline = model(10);
    await timeline.open(summary(0));
    const message = received();
    expect(shown(timeline).at(-1)).toBe(11);
    expect(timeline.snapshot().announced).toBe(message);
  });

  it("does not break into the middle of what is read far back, but is counted", async () => {
    const timeline = model(1_000);
    await timeline.openAt(300);
    timeline.see({ isNewestOnScreen: false });
    received();
    expect(shown(timeline)).not.toContain(1_001);
    expect(timeline.snapshot().unread).toBe(1);
  });

  it("belongs to this conversation alone", async () => {
    const timeline = model(10);
    await timeline.open(summary(0));
    client.emit("message_received", { message: sampleMessage({ conversation: idOf(77), seq: 4 }) });
    expect(shown(timeline)).toHaveLength(10);
  });

  it("shows an own message from the outbox to its place in the log in one row", async () => {
    const timeline = model(10);
    await timeline.open(summary(0));
    const waiting = sampleMessage({ conversation, seq: 0, own: true, state: "pending" });
    client.emit("message_state_changed", { message: waiting, failure: "none" });
    const key = timeline.snapshot().rows.at(-1)?.key;
    client.emit("message_state_changed", { message: { ...waiting, seq: 11, state: "sent" }, failure: "none" });
    expect(shown(timeline)).toHaveLength(11);
    expect(timeline.snapshot().rows.at(-1)?.key).toBe(key);
  });

  it("takes away what expired", async () => {
    const timeline = model(10);
    await timeline.open(summary(0));
    const gone = lines[4];
    if (gone) client.emit("message_removed", { conversation, message: gone, seq: gone.seq });
    expect(shown(timeline)).not.toContain(5);
  });

  it("draws the unread line above what came while nobody looked, and takes it away for who writes", async () => {
    const timeline = model(10);
    await timeline.open(summary(0));
    timeline.see({ isNewestOnScreen: true });
    timeline.attend({ isVisible: false, isFocused: false });
    received();
    expect(timeline.snapshot().rows.find((row) => row.startsUnread)?.message.seq).toBe(11);
    timeline.forgetUnreadMark();
    expect(timeline.snapshot().rows.some((row) => row.startsUnread)).toBe(false);
  });
});

describe("reading", () => {
  it("is told once the newest line is on screen, and again for the next one", async () => {
    const timeline = model(10);
    await timeline.open(summary(3));
    expect(marked).toEqual([]);
    timeline.see({ isNewestOnScreen: true });
    expect(marked).toEqual([10]);
    expect(timeline.snapshot().unread).toBe(0);
    lines.push(sampleMessage({ conversation, seq: 11 }));
    const newest = lines.at(-1);
    if (newest) client.emit("message_received", { message: newest });
    expect(marked).toEqual([10, 11]);
  });

  it("waits until the page is visible and focused", async () => {
    const timeline = model(10);
    timeline.attend({ isVisible: true, isFocused: false });
    await timeline.open(summary(3));
    timeline.see({ isNewestOnScreen: true });
    expect(marked).toEqual([]);
    timeline.attend({ isVisible: true, isFocused: true });
    expect(marked).toEqual([10]);
  });

  it("is not told while later pages are not loaded", async () => {
    const timeline = model(1_000);
    await timeline.openAt(300);
    timeline.see({ isNewestOnScreen: true });
    expect(marked).toEqual([]);
  });

  it("is not told again when all was read before", async () => {
    const timeline = model(10);
    await timeline.open(summary(0));
    timeline.see({ isNewestOnScreen: true });
    expect(marked).toEqual([]);
  });
});
