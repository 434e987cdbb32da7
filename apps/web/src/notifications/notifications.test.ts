// A message is announced once, where the reader is not looking anyway, and says no more than the reader lets it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeClient } from "../engine/testing/fake_client";
import { muchLater } from "../features/conversation_list/conversation_rows";
import { sampleMessage } from "../features/conversation_list/testing/samples";
import { Announcer } from "./announcer";
import { type Circumstances, gather, wayOf, wordsOf } from "./notification_rules";
import { firstSettings, parseSettings } from "./notification_settings_store";

const on = { ...firstSettings, system: true };
const away: Circumstances = {
  settings: on,
  looking: { atApp: false, conversation: "c1", atList: false },
  ownAccount: "anna-account",
  now: 1_000,
};
const there = (conversation: string): Circumstances => ({
  ...away,
  looking: { atApp: true, conversation, atList: conversation === "" },
});
const plain = { muted_until: 0 };
const muted = { muted_until: muchLater };
const naming = sampleMessage({ mentions: ["anna-account"] });

test("the system announces while nobody looks, the app while another conversation is open", () => {
  expect(wayOf(sampleMessage(), plain, away)).toBe("system");
  expect(wayOf(sampleMessage(), plain, there("c2"))).toBe("in_app");
  expect(wayOf(sampleMessage(), plain, there("c1"))).toBe("none");
  expect(wayOf(sampleMessage(), plain, there(""))).toBe("none");
  expect(wayOf(sampleMessage(), undefined, away)).toBe("system");
});

test("what is switched off announces nothing", () => {
  expect(wayOf(sampleMessage(), plain, { ...away, settings: firstSettings })).toBe("none");
  expect(wayOf(sampleMessage(), plain, { ...there("c2"), settings: { ...on, inApp: false } })).toBe("none");
});

test("muted conversations are silent, but for mentions unless those are off too", () => {
  expect(wayOf(sampleMessage(), muted, away)).toBe("none");
  expect(wayOf(naming, muted, away)).toBe("system");
  expect(wayOf(naming, muted, { ...away, settings: { ...on, mentionsAlways: false } })).toBe("none");
  expect(wayOf(sampleMessage(), { muted_until: 999 }, away)).toBe("system");
});

test("own messages and what is told about a group are not announced", () => {
  expect(wayOf(sampleMessage({ own: true }), plain, away)).toBe("none");
  expect(wayOf(sampleMessage({ kind: "group_event" }), plain, away)).toBe("none");
});

test("messages of one conversation are announced together, by the newest", () => {
  const message = (conversation: string, text: string) => sampleMessage({ conversation, text });
  const gathered = gather([message("a", "1"), message("b", "2"), message("a", "3")]);
  expect(gathered.map(({ conversation, message: { text }, count }) => [conversation, text, count])).toEqual([
    ["b", "2", 1],
    ["a", "3", 2],
  ]);
});

test("each level of content says no more than it may", () => {
  const source = {
    newMessage: "New message",
    newMessages: (count: number) => `${count} new`,
    name: "Choir",
    isGroup: true,
  };
  const one = { conversation: "c1", message: sampleMessage({ text: "**Hello**" }), count: 1 };
  expect(wordsOf(one, "text", source)).toEqual({ title: "Choir", body: "ben: Hello" });
  expect(wordsOf({ ...one, count: 3 }, "text", source).body).toBe("ben: Hello (+2)");
  expect(wordsOf(one, "name", source)).toEqual({ title: "Choir", body: "New message" });
  expect(wordsOf({ ...one, count: 3 }, "nothing", source)).toEqual({ title: "Sotto", body: "3 new" });
  const unreadable = { ...one, message: sampleMessage({ readability: "waiting", text: "" }) };
  expect(wordsOf(unreadable, "text", source).body).toBe("New message");
});

test("what is stored wrong counts as not stored", () => {
  expect(parseSettings(null)).toEqual(firstSettings);
  expect(parseSettings("{")).toEqual(firstSettings);
  expect(parseSettings('{"content":"all","system":true,"inApp":"yes"}')).toEqual({ ...firstSettings, system: true });
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function announcing(circumstances: Circumstances) {
  let waiting = [sampleMessage({ seq: 1 }), sampleMessage({ seq: 2, message: "m2" })];
  const client = new FakeClient()
    .answer("take_unannounced", () => {
      const messages = waiting;
      waiting = [];
      return { messages };
    })
    .answer("announced", () => ({}));
  const announce = vi.fn();
  const end = new Announcer(client, { circumstances: () => circumstances, announce }).start();
  return { client, announce, end };
}

test("what nobody announced is announced at the start, and said to be", async () => {
  const { client, announce, end } = announcing(away);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(announce).toHaveBeenCalledTimes(1);
  expect(announce.mock.calls[0]?.[0]).toBe("system");
  const messages = [
    { conversation: "c1", seq: 1 },
    { conversation: "c1", seq: 2 },
  ];
  expect(client.askedFor("announced")).toEqual([{ messages }]);
  end();
});

test("what is being read counts as announced without a word", async () => {
  const { client, announce, end } = announcing(there("c1"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(announce).not.toHaveBeenCalled();
  expect(client.askedFor("announced")).toMatchObject([{ messages: [{ seq: 1 }, { seq: 2 }] }]);
  end();
});

test("nothing is said to be announced when nothing was", async () => {
  const { client, end } = announcing(away);
  await vi.advanceTimersByTimeAsync(1_000);
  client.emit("message_received", { message: sampleMessage({ seq: 3 }) });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(client.askedFor("take_unannounced").length).toBe(2);
  expect(client.askedFor("announced").length).toBe(1);
  end();
});

test("the tab that is looked at takes first", async () => {
  const looked = announcing(there("c2"));
  const hidden = announcing(away);
  await vi.advanceTimersByTimeAsync(300);
  expect(looked.announce).toHaveBeenCalled();
  expect(hidden.client.askedFor("take_unannounced")).toEqual([]);
  looked.end();
  hidden.end();
});
