import { FakeClient } from "../../../engine/testing/fake_client";
import { messageOf, summaryOf } from "../../../engine/testing/samples";
import type { ConversationSummary, GroupShown, MessageReference, TimelineMessage } from "../engine_types";
import { isSameReference } from "../engine_types";

export const idOf = (number: number) => number.toString(16).padStart(32, "0");

export const self = { account: idOf(0xa1), name: "clara" };
export const anna = { account: idOf(0xb2), name: "anna" };
const others = [anna, { account: idOf(0xc3), name: "bo.lindqvist" }, { account: idOf(0xd7), name: "emre" }];

let counter = 0;

/** A line with what the engine always writes; the rest as given. */
export function sampleMessage(change: Partial<TimelineMessage>): TimelineMessage {
  counter += 1;
  const own = change.own ?? false;
  return messageOf({
    conversation: idOf(1),
    seq: counter,
    message: idOf(0x10_0000 + counter),
    sender: own ? self.account : anna.account,
    sender_name: own ? self.name : anna.name,
    sender_device: idOf(own ? 0xa11 : 0xb21),
    state: own ? "read" : "received",
    sent_at: 0,
    ...change,
  });
}

export function sampleSummary(change: Partial<ConversationSummary>): ConversationSummary {
  return summaryOf({
    conversation: idOf(1),
    peer: anna.account,
    peer_name: anna.name,
    verification: "verified",
    last_activity: 0,
    ...change,
  });
}

/** A home in memory that does what the engine does as far as a conversation shows it. */
export class SampleHome {
  readonly client = new FakeClient();
  readonly #lines = new Map<string, TimelineMessage[]>();
  readonly #summaries = new Map<string, ConversationSummary>();

  constructor() {
    this.#answerReading();
    this.#answerWriting();
    this.#answerRest();
  }

  put(summary: ConversationSummary, lines: TimelineMessage[]): void {
    const placed = lines.map((line, index) => ({
      ...line,
      conversation: summary.conversation,
      seq: line.seq === 0 ? 0 : index + 1,
    }));
    this.#lines.set(summary.conversation, placed);
    this.#summaries.set(summary.conversation, { ...summary, head: placed.length });
  }

  lines(conversation: string): TimelineMessage[] {
    return this.#lines.get(conversation) ?? [];
  }

  receive(message: TimelineMessage): void {
    const lines = this.lines(message.conversation);
    const line = { ...message, seq: lines.length + 1 };
    lines.push(line);
    this.client.emit("message_received", { message: line });
  }

  #change(reference: MessageReference, change: (line: TimelineMessage) => TimelineMessage): void {
    for (const lines of this.#lines.values()) {
      const index = lines.findIndex((line) => isSameReference(line, reference));
      const old = lines[index];
      if (old === undefined) continue;
      const message = change(old);
      lines[index] = message;
      if (message.own) this.client.emit("message_state_changed", { message, failure: "none" });
      else this.client.emit("message_changed", { message });
    }
  }

  #answerReading(): void {
    this.client
      .answer("list_conversations", () => ({ conversations: [...this.#summaries.values()], more: false }))
      .answer("read_history", ({ conversation = "", before, after, limit = 50 }) => {
        const lines = this.lines(conversation);
        const all = lines.filter((line) =>
          before ? line.seq > 0 && line.seq < before : line.seq > (after ?? -1) || line.seq === 0,
        );
        const messages = after === undefined ? all.slice(-limit) : all.slice(0, limit);
        return { conversation, messages, more: all.length > limit };
      })
      .answer("read_thread", ({ conversation, root }) => ({
        messages: this.lines(conversation).filter(
          (line) => isSameReference(line, root) || (line.thread !== undefined && isSameReference(line.thread, root)),
        ),
      }))
      .answer("search_messages", ({ conversation = "", words = "", until = 0, limit = 50 }) => {
        const hits = this.lines(conversation).filter(
          (line) => line.text.toLowerCase().includes(words.toLowerCase()) && (until === 0 || line.sent_at < until),
        );
        const messages = hits
          .toReversed()
          .slice(0, limit)
          .map((message) => ({ message, highlights: [] }));
        return { messages, more: hits.length > limit };
      })
      .answer("list_starred", () => ({ messages: [...this.#lines.values()].flat().filter((line) => line.starred) }))
      .answer("read_edits", () => ({
        versions: [
          { text: "Wir treffen uns um drei.", written_at: Date.now() - 7_200_000 },
          { text: "Wir treffen uns um vier.", written_at: Date.now() - 7_000_000 },
        ],
      }));
  }

  #answerWriting(): void {
    this.client
      .answer("send_text", ({ conversation = "", text = "", reply_to, thread, not_before = 0 }) => {
        const lines = this.lines(conversation);
        const message = sampleMessage({
          conversation,
          own: true,
          seq: 0,
          state: "pending",
          text,
          sent_at: Date.now(),
          not_before,
          ...(reply_to ? { reply_to } : {}),
          ...(thread ? { thread } : {}),
        });
        lines.push(message);
        this.client.emit("message_state_changed", { message, failure: "none" });
        const seq = lines.length;
        if (not_before === 0) setTimeout(() => this.#change(message, (line) => ({ ...line, seq, state: "sent" })), 300);
        return { conversation, message: message.message };
      })
      .answer("edit_message", ({ conversation, target, text = "" }) => {
        this.#change(target, (line) => ({ ...line, text, edits: line.edits + 1 }));
        return { conversation, message: idOf(9) };
      })
      .answer("react", ({ conversation, target, emoji = "", removed = false }) => {
        this.#change(target, (line) => ({ ...line, reactions: withReaction(line, emoji, removed) }));
        return { conversation, message: idOf(9) };
      })
      .answer("star_message", ({ target, starred = false }) => {
        this.#change(target, (line) => ({ ...line, starred }));
        return {};
      })
      .answer("delete_message", ({ target, for_everyone }) => {
        if (for_everyone) this.#change(target, (line) => ({ ...line, kind: "deleted", text: "", reactions: [] }));
        return {};
      })
      .answer("cancel_message", () => ({}))
      .answer("keep_conversation", ({ setting }) => {
        const old = this.#summaries.get(setting.conversation);
        if (old === undefined) return {};
        const { conversation: _, ...change } = setting;
        const conversation = { ...old, ...(JSON.parse(JSON.stringify(change)) as Partial<ConversationSummary>) };
        this.#summaries.set(setting.conversation, conversation);
        this.client.emit("conversation_changed", { conversation });
        return {};
      });
  }

  #answerRest(): void {
    this.client
      .answer("who_am_i", () => ({
        state: "logged_in",
        name: self.name,
        account: self.account,
        device: idOf(0xa11),
        account_key: "00".repeat(32),
      }))
      .answer("get_status", () => ({ login: "logged_in", connection: "live", outbox: 0, unannounced: 0 }))
      .answer("show_group", ({ conversation }) => this.#group(conversation))
      .answer("mark_read", () => ({}))
      .answer("set_typing", () => ({}))
      .answer("list_blocked_accounts", () => ({ accounts: [] }))
      .answer("block_account", () => ({}))
      .answer("set_timer", ({ conversation }) => ({ conversation, message: idOf(9) }))
      .answer("get_statistics", ({ conversation }) => ({
        conversation,
        messages: this.lines(conversation).length,
        starred: 1,
        first_at: this.lines(conversation)[0]?.sent_at ?? 0,
        last_at: Date.now(),
        members: [
          { ...self, messages: 12 },
          { ...anna, messages: 14 },
        ],
      }))
      .answer("watch_presence", ({ names }) => {
        for (const name of names ?? []) {
          setTimeout(() =>
            this.client.emit("presence_changed", { account: anna.account, name, online: true, last_seen: 0 }),
          );
        }
        return {};
      });
  }

  #group(conversation: string): GroupShown {
    const head = this.lines(conversation).length;
    return {
      conversation,
      kind: "group",
      profile: { salt: idOf(3), name: "Chor", description: "", subject: "", context: "", picture: "" },
      policies: { shares_history: false, members_add: true, members_edit_profile: false, expires_after_ms: 0 },
      members: [self, ...others].map((member, index) => ({
        ...member,
        role: index === 0 ? "owner" : "member",
        delivered: index === 3 ? head - 10 : head,
        read: index === 1 ? head : Math.max(0, head - 4),
        identity_differs: false,
      })),
      number: 4,
      closed: false,
      own_role: "owner",
    };
  }
}

function withReaction(line: TimelineMessage, emoji: string, removed: boolean): TimelineMessage["reactions"] {
  const old = line.reactions.find((reaction) => reaction.emoji === emoji);
  const rest = line.reactions.filter((reaction) => reaction.emoji !== emoji);
  const accounts = (old?.accounts ?? []).filter((account) => account !== self.account);
  const now = removed ? accounts : [...accounts, self.account];
  return now.length === 0 ? rest : [...rest, { emoji, count: now.length, own: !removed, accounts: now }];
}
