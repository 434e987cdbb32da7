import type { ConversationSummary, TimelineMessage } from "@sotto/client";
import { FakeClient } from "../../engine/testing/fake_client";
import { messageOf, summaryOf } from "../../engine/testing/samples";

const minute = 60_000;
const day = 86_400_000;

function line(conversation: string, seq: number, text: string, change: Partial<TimelineMessage> = {}): TimelineMessage {
  return messageOf({
    conversation,
    seq,
    message: `${conversation}-${seq}`,
    sender: "ben",
    sender_name: "ben",
    sender_device: "device",
    state: change.own ? "read" : "received",
    text,
    sent_at: Date.now() - day + seq * 7 * minute,
    ...change,
  });
}

function summary(name: string, last: string, change: Partial<ConversationSummary> = {}): ConversationSummary {
  return summaryOf({
    conversation: name,
    peer: name,
    peer_name: name,
    head: 4,
    last_activity: Date.now() - day / 3,
    last_message: line(name, 4, last, { sender_name: name }),
    ...change,
  });
}

const conversations = [
  summary("ben", "See you at seven, then.", { pinned: true, verification: "verified", unread: 2 }),
  summary("choir", "The scores are in the folder.", { kind: "group", title: "Choir", peer: "", peer_name: "" }),
  summary("fatima", "Thank you!", { draft: "And one more thing" }),
  summary("news", "We are closed on Monday.", { kind: "channel", title: "House news", peer_name: "", unread: 14 }),
  summary("anna", "Milk, bread, the blue book", { kind: "self" }),
];

const messages = [
  line("ben", 1, "Are you **free** tonight?"),
  line("ben", 2, "Yes. Where shall we meet?", { own: true, sender: "anna", sender_name: "anna" }),
  line("ben", 3, "At the bridge, as always. It should stop raining by then."),
  line("ben", 4, "See you at seven, then.", {
    own: true,
    sender: "anna",
    sender_name: "anna",
    reactions: [{ emoji: "👍", count: 1, own: false, accounts: ["ben"] }],
  }),
];

/** A client that knows a few people, for looking at screens without an engine. */
export function sampleClient(): FakeClient {
  return new FakeClient()
    .answer("who_am_i", () => ({
      state: "logged_in",
      name: "anna",
      account: "anna",
      device: "device",
      account_key: "",
    }))
    .answer("get_status", () => ({ login: "logged_in", connection: "live", outbox: 0, unannounced: 0 }))
    .answer("list_conversations", () => ({ conversations, more: false }))
    .answer("list_blocked_accounts", () => ({ accounts: [] }))
    .answer("mark_read", () => ({}))
    .answer("set_typing", () => ({}))
    .answer("read_history", () => ({ conversation: "ben", messages, more: false }));
}
