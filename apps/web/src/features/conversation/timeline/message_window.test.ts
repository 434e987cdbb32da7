import { describe, expect, it } from "vitest";
import { sampleMessage } from "../development/sample_home";
import type { TimelineMessage } from "../engine_types";
import { keyOf, MessageWindow } from "./message_window";

const line = (seq: number, change: Partial<TimelineMessage> = {}) => sampleMessage({ seq, ...change });
const pending = (change: Partial<TimelineMessage> = {}) => line(0, { own: true, state: "pending", ...change });
const all = { hasOlder: false, hasNewer: false };

function windowOf(lines: TimelineMessage[], edges = all): MessageWindow {
  const window = new MessageWindow();
  window.replaceAll(lines, edges);
  return window;
}

const seqs = (window: MessageWindow) => window.messages.map((message) => message.seq);

describe("the window of a conversation", () => {
  it("keeps what is not in the log yet last, in the order in which it was written", () => {
    const first = pending();
    const second = pending();
    const window = windowOf([line(1), first, second]);
    window.merge(line(2));
    expect(seqs(window)).toEqual([1, 2, 0, 0]);
    expect(window.messages.slice(2)).toEqual([first, second]);
  });

  it("moves a sent message to its place and keeps its key", () => {
    const first = pending();
    const second = pending();
    const window = windowOf([line(1), first, second]);
    const sent = { ...second, seq: 2, state: "sent" as const };
    window.merge(sent);
    expect(window.messages).toEqual([window.messages[0], sent, first]);
    expect(keyOf(sent)).toBe(keyOf(second));
  });

  it("holds each message once, whatever is heard and read of it", () => {
    const one = line(1);
    const window = windowOf([one, line(2)]);
    window.merge({ ...one, text: "edited" });
    window.append([line(3)], false);
    window.merge({ ...one, text: "again" });
    expect(seqs(window)).toEqual([1, 2, 3]);
    expect(window.messages[0]?.text).toBe("again");
  });

  it("does not take the second delivery of a message for the first", () => {
    const one = line(1);
    const repeat = { ...one, seq: 5, state: "undecryptable" as const, cause: "repeated" as const };
    expect(windowOf([one, repeat]).messages).toHaveLength(2);
  });

  it("replaces a waiting line by the same line once it is lost", () => {
    const waiting = line(1, { state: "undecryptable", cause: "no_session", readability: "waiting" });
    const window = windowOf([waiting, line(2)]);
    window.merge({ ...waiting, cause: "tampered", readability: "no_access" });
    expect(seqs(window)).toEqual([1, 2]);
    expect(window.messages[0]?.cause).toBe("tampered");
  });

  it("leaves out what lies beyond its edges, so that no gap arises", () => {
    const window = windowOf([line(50), line(51)], { hasOlder: true, hasNewer: true });
    expect(window.merge(line(20))).toBe(false);
    expect(window.merge(line(80))).toBe(false);
    expect(window.merge(pending())).toBe(false);
    expect(seqs(window)).toEqual([50, 51]);
  });

  it("takes lines away at one end and knows that there are more", () => {
    const window = windowOf([1, 2, 3, 4, 5].map((seq) => line(seq)));
    expect(window.trimStart(3)).toBe(true);
    expect(window.hasOlder).toBe(true);
    expect(window.trimEnd(2)).toBe(true);
    expect(window.hasNewer).toBe(true);
    expect(seqs(window)).toEqual([3, 4]);
    expect(window.trimEnd(2)).toBe(false);
  });

  it("removes a line by its place, and one that was never sent by its id", () => {
    const one = line(1);
    const waiting = pending();
    const window = windowOf([one, waiting]);
    expect(window.remove(one, 1)).toBe(true);
    expect(window.remove(waiting, 0)).toBe(true);
    expect(window.remove(waiting, 0)).toBe(false);
    expect(window.messages).toEqual([]);
  });
});
