// The list is in order and up to date after every event, and what it shows at once agrees with what the engine says.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeClient } from "../../engine/testing/fake_client";
import { type Conversation, ConversationsStore } from "./conversations_store";
import { sampleConversation, sampleGroup, sampleMessage } from "./testing/samples";

let client: FakeClient;
let listed: Conversation[];
const pageSize = 200;

beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient();
  listed = [];
  client.answer("list_conversations", ({ after }) => {
    const from = listed.findIndex(({ conversation }) => conversation === after) + 1;
    return { conversations: listed.slice(from, from + pageSize), more: from + pageSize < listed.length };
  });
  client.answer("who_am_i", () => ({
    state: "logged_in",
    name: "anna",
    account: "anna-account",
    device: "d",
    account_key: "",
  }));
  client.answer("mark_read", () => ({}));
  client.answer("read_history", ({ conversation = "" }) => ({ conversation, messages: [], more: false }));
});
afterEach(() => vi.useRealTimers());

async function started(conversations: Conversation[]) {
  listed = conversations;
  const store = new ConversationsStore(client);
  const changed = vi.fn();
  store.subscribe(changed);
  await vi.advanceTimersByTimeAsync(0);
  return { store, changed, ids: () => store.getSnapshot().conversations.map(({ conversation }) => conversation) };
}

test("pinned ones stand first, then the newest activity", async () => {
  const { store, ids } = await started([
    sampleConversation({ conversation: "old", last_activity: 1 }),
    sampleConversation({ conversation: "new", last_activity: 9 }),
    sampleConversation({ conversation: "pinned", last_activity: 0, pinned: true }),
  ]);
  expect(store.getSnapshot().state).toBe("ready");
  expect(ids()).toEqual(["pinned", "new", "old"]);
});

test("a long list is read to its end once, and then only where it changes", async () => {
  const many = Array.from({ length: 450 }, (_, index) =>
    sampleConversation({ conversation: `c${index}`, last_activity: 1_000 - index }),
  );
  const { store, ids } = await started(many);
  await vi.advanceTimersByTimeAsync(0);
  expect(ids()).toHaveLength(450);
  expect(client.askedFor("list_conversations").map(({ after }) => after)).toEqual([undefined, "c199", "c399"]);
  await store.refresh();
  expect(client.askedFor("list_conversations")).toHaveLength(4);
  expect(ids()).toHaveLength(450);
});

test("a deleted conversation leaves the list until something comes", async () => {
  const { store, ids } = await started([sampleConversation({ conversation: "a" }), sampleConversation()]);
  const { last_message: _, ...rest } = sampleConversation({ deleted: true });
  client.emit("conversation_changed", { conversation: rest });
  expect(ids()).toEqual(["a"]);
  expect(store.find("c1")?.deleted).toBe(true);
  client.emit("message_received", { message: sampleMessage({ seq: 9, message: "m9", sent_at: 9_000 }) });
  expect(ids()).toEqual(["c1", "a"]);
});

test("a message moves its conversation up and counts at once", async () => {
  const { store, ids } = await started([
    sampleConversation({ conversation: "a", last_activity: 5_000 }),
    sampleConversation({ conversation: "c1", last_activity: 1_000 }),
  ]);
  client.emit("message_received", { message: sampleMessage({ seq: 2, message: "m2", text: "Now", sent_at: 9_000 }) });
  expect(ids()).toEqual(["c1", "a"]);
  expect(store.find("c1")).toMatchObject({ unread: 1, last_message: { text: "Now" } });
});

test("what is told about a group is no unread message", async () => {
  const { store } = await started([sampleGroup()]);
  client.emit("message_received", {
    message: sampleMessage({ conversation: "g1", seq: 2, message: "m2", kind: "group_event", text: "ben left." }),
  });
  expect(store.find("g1")).toMatchObject({ unread: 0, last_message: { text: "ben left." } });
});

test("an older message that becomes readable does not replace the last one", async () => {
  const { store } = await started([sampleConversation({ last_message: sampleMessage({ seq: 7, message: "m7" }) })]);
  client.emit("message_changed", { message: sampleMessage({ seq: 3, message: "m3", text: "Late" }) });
  expect(store.find("c1")?.last_message?.message).toBe("m7");
});

test("an own message that is still waiting stands last, and its marks follow", async () => {
  const { store } = await started([sampleConversation({ last_message: sampleMessage({ seq: 7, message: "m7" }) })]);
  const own = sampleMessage({ message: "m8", seq: 0, own: true, state: "pending" });
  client.emit("message_state_changed", { message: own, failure: "none" });
  expect(store.find("c1")?.last_message?.state).toBe("pending");
  client.emit("message_state_changed", { message: { ...own, seq: 8, state: "read" }, failure: "none" });
  expect(store.find("c1")?.last_message).toMatchObject({ seq: 8, state: "read" });
});

test("a burst of messages asks for the list once it rests, and within two seconds if it does not", async () => {
  await started([sampleConversation()]);
  const count = () => client.askedFor("list_conversations").length;
  expect(count()).toBe(1);
  for (let index = 0; index < 30; ++index) {
    client.emit("message_received", { message: sampleMessage({ seq: 2 + index, message: `m${index}` }) });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(count()).toBe(2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(count()).toBe(3);
});

test("a conversation that nobody knew yet appears", async () => {
  const { ids } = await started([]);
  listed = [sampleConversation({ conversation: "c9" })];
  client.emit("message_received", { message: sampleMessage({ conversation: "c9" }) });
  await vi.advanceTimersByTimeAsync(300);
  expect(ids()).toEqual(["c9"]);
});

test("what is archived comes back when something arrives, unless it is muted", async () => {
  client.answer("keep_conversation", () => ({}));
  const { store } = await started([
    sampleConversation({ archived: true }),
    sampleConversation({ conversation: "c2", archived: true, muted_until: 8_640_000_000_000_000 }),
  ]);
  for (const conversation of ["c1", "c2"]) {
    client.emit("message_received", { message: sampleMessage({ conversation, seq: 2, message: "m2" }) });
  }
  await vi.advanceTimersByTimeAsync(0);
  expect(client.askedFor("keep_conversation")).toEqual([{ setting: { conversation: "c1", archived: false } }]);
  expect([store.find("c1")?.archived, store.find("c2")?.archived]).toEqual([false, true]);
});

test("marking as read takes the count away at once", async () => {
  const { store } = await started([sampleConversation({ unread: 4, head: 12 })]);
  await store.markRead("c1");
  expect(client.askedFor("mark_read")).toEqual([{ conversation: "c1", seq: 0 }]);
  expect(store.find("c1")?.unread).toBe(0);
});

test("an unread message that names the reader marks its group until it is read", async () => {
  const { store } = await started([sampleGroup()]);
  const message = sampleMessage({ conversation: "g1", seq: 2, message: "m2", mentions: ["anna-account"] });
  client.emit("message_received", { message });
  expect(store.getSnapshot().mentioned.has("g1")).toBe(true);
  await store.markRead("g1");
  expect(store.getSnapshot().mentioned.has("g1")).toBe(false);
});

test("mentions from before the start are found", async () => {
  client.answer("read_history", ({ conversation = "" }) => ({
    conversation,
    messages: [sampleMessage({ conversation, mentions: ["anna-account"] })],
    more: false,
  }));
  const { store } = await started([sampleGroup({ unread: 3 })]);
  expect(client.askedFor("read_history")).toEqual([{ conversation: "g1", limit: 3 }]);
  expect(store.getSnapshot().mentioned.has("g1")).toBe(true);
});

test("a conversation that did not change stays the same object, so that its row is not drawn again", async () => {
  const { store } = await started([sampleConversation()]);
  const before = store.find("c1");
  listed = [sampleConversation(), sampleConversation({ conversation: "c2" })];
  await store.refresh();
  expect(store.find("c1")).toBe(before);
});
