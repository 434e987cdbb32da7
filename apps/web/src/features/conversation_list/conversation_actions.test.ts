// Mutes end when they should, and reading is marked where the count comes from; typing lapses; presence is watched for
// those on the screen.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { conversationActions } from "./conversation_actions";
import { isForGood, isMuted } from "./conversation_rows";
import { PresenceStore } from "./presence_store";
import { sampleConversation, sampleMessage } from "./testing/samples";
import { TypingStore } from "./typing_store";

const now = Date.UTC(2026, 10, 21, 12);
let client: FakeClient;

beforeEach(() => {
  vi.useFakeTimers({ now });
  client = new FakeClient()
    .answer("keep_conversation", () => ({}))
    .answer("mark_read", () => ({}))
    .answer("watch_presence", () => ({}))
    .answer("list_conversations", () => ({ conversations: [], more: false }));
});
afterEach(() => void vi.useRealTimers());

const kept = () => client.askedFor("keep_conversation").map(({ setting }) => setting);

test("a mute lasts an hour, eight, for good, or ends", async () => {
  const actions = conversationActions(client);
  for (const choice of ["hour", "hours", "always", "off"] as const) await actions.mute("c1", choice);
  const ends = kept().map(({ muted_until = -1 }) => muted_until);
  expect(ends.slice(0, 2)).toEqual([now + 3_600_000, now + 8 * 3_600_000]);
  expect(Number.isSafeInteger(ends[2])).toBe(true);
  expect(isForGood(ends[2] ?? 0, now)).toBe(true);
  expect(isForGood(ends[1] ?? 0, now)).toBe(false);
  expect(isMuted(sampleConversation({ muted_until: ends[3] ?? -1 }), now)).toBe(false);
});

test("what is unread is marked read, and what is read is marked unread", async () => {
  const actions = conversationActions(client);
  await actions.toggleRead(sampleConversation({ unread: 3 }));
  expect(client.askedFor("mark_read")).toEqual([{ conversation: "c1", seq: 0 }]);
  expect(kept()).toEqual([]);
  await actions.toggleRead(sampleConversation());
  await actions.toggleRead(sampleConversation({ marked_unread: true }));
  expect(kept().map(({ marked_unread }) => marked_unread)).toEqual([true, false]);
});

test("whoever does not go on typing has stopped after three seconds, and whoever sends at once", async () => {
  const store = new TypingStore(client);
  store.subscribe(() => undefined);
  const types = (account: string, typing = true) =>
    client.emit("typing_changed", { conversation: "c1", account, name: account, typing });
  types("ben-account");
  await vi.advanceTimersByTimeAsync(2_000);
  types("ben-account");
  types("cleo-account");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.in("c1").map(({ name }) => name)).toEqual(["ben-account", "cleo-account"]);
  client.emit("message_received", { message: sampleMessage({ sender: "ben-account" }) });
  expect(store.in("c1").map(({ name }) => name)).toEqual(["cleo-account"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.in("c1")).toEqual([]);
});

test("presence is watched for those on the screen, at most fifty, told once they rest", async () => {
  const store = new PresenceStore(client);
  const ends = Array.from({ length: 60 }, (_, index) => store.watch(`person${index}`));
  await vi.advanceTimersByTimeAsync(300);
  const watched = client.askedFor("watch_presence");
  expect(watched.length).toBe(1);
  expect(watched[0]?.names?.length).toBe(50);
  for (const end of ends.slice(1)) end();
  await vi.advanceTimersByTimeAsync(300);
  expect(client.askedFor("watch_presence")[1]?.names).toEqual(["person0"]);
});

test("nobody counts as online while there is no connection, and all are watched again after it", async () => {
  const store = new PresenceStore(client);
  store.watch("ben");
  await vi.advanceTimersByTimeAsync(300);
  client.emit("presence_changed", { account: "b", name: "ben", online: true, last_seen: 0 });
  expect(store.of("ben")?.online).toBe(true);
  client.emit("connection_changed", { connection: "closed" });
  expect(store.of("ben")?.online).toBe(false);
  client.emit("connection_changed", { connection: "live" });
  await vi.advanceTimersByTimeAsync(300);
  expect(client.askedFor("watch_presence").length).toBe(2);
});
