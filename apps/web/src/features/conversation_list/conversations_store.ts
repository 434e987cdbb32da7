import type { Answers, Client, EngineEvent } from "@sotto/client";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useClient } from "../../engine/client_context";
import { conversationPages } from "../../engine/conversation_pages";

/** One line of the conversation list, as the engine tells it. */
export type Conversation = Answers["list_conversations"]["conversations"][number];
export type TimelineMessage = NonNullable<Conversation["last_message"]>;

export interface ConversationsSnapshot {
  /** `loading` until the engine has answered for the first time; what is shown then is not known to be all. */
  readonly state: "loading" | "ready";
  /** Pinned ones first, then newest activity first. */
  readonly conversations: readonly Conversation[];
  /** Conversations in which something unread names this account. */
  readonly mentioned: ReadonlySet<string>;
}

/** Events come in bursts; the list is asked for anew after one, and during a long one now and then. */
const quietMs = 300;
const mostDelayMs = 2_000;
const hiddenDelayMs = 1_500;
/** How much of an unread group is looked through for the own name when the app starts. */
const mostLookedThrough = 50;

/** Events after which the list may be another one, though they do not say in what. */
const refreshing: ReadonlySet<string> = new Set(["message_removed", "identity_changed", "connection_changed"]);

/** Pinned first, then newest activity; ids break ties so that the order is the same on every device. */
export function compareConversations(a: Conversation, b: Conversation): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  if (a.last_activity !== b.last_activity) return b.last_activity - a.last_activity;
  return a.conversation < b.conversation ? -1 : 1;
}

/** Whether a message counts as unread: what somebody else wrote, not what is told about members or timers. */
export function countsAsUnread(message: TimelineMessage): boolean {
  if (message.own) return false;
  if (message.state === "undecryptable") return true;
  return message.kind === "text" || message.kind === "typed" || message.kind === "unsupported";
}

function isNewer(message: TimelineMessage, last: TimelineMessage | undefined): boolean {
  if (last === undefined || message.message === last.message) return true;
  // What is not sent yet stands behind all that the server has.
  if (message.seq === 0) return true;
  return last.seq !== 0 && message.seq >= last.seq;
}

function withMessage(conversation: Conversation, message: TimelineMessage, isNew: boolean): Conversation {
  if (!isNewer(message, conversation.last_message)) return conversation;
  const unread = conversation.unread + (isNew && countsAsUnread(message) ? 1 : 0);
  const last_activity = Math.max(conversation.last_activity, message.sent_at);
  return { ...conversation, last_message: message, unread, last_activity, deleted: false };
}

/**
 * The account's conversations, kept up to date from the engine's events. One for each client: `conversationsOf`.
 *
 * What an event says is shown at once; because not everything about a conversation is told by events (what was read on
 * another device, a group's new name), the list is also asked for anew after each burst of them.
 */
export class ConversationsStore {
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  #known = new Map<string, Conversation>();
  #mentioned = new Set<string>();
  #hasReadAll = false;
  #ownAccount: string | undefined;
  #snapshot: ConversationsSnapshot = { state: "loading", conversations: [], mentioned: new Set() };
  #stopListening: (() => void) | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #waitingSince: number | undefined;

  constructor(client: Client) {
    this.#client = client;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#start();
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): ConversationsSnapshot => this.#snapshot;

  find(conversation: string): Conversation | undefined {
    return this.#known.get(conversation);
  }

  /**
   * Asks for the list now: for all of it the first time, then for its first page, where whatever changes comes to stand.
   * What lies beyond stays as it was last heard of. Fails silently: whoever needs the answer to a command asks for it
   * itself.
   */
  async refresh(): Promise<void> {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = undefined;
    this.#waitingSince = undefined;
    try {
      for await (const page of conversationPages(this.#client)) {
        this.#take(page);
        if (this.#hasReadAll) return;
      }
      this.#hasReadAll = true;
      await this.#findMentions();
    } catch {
      // Without a home there is nothing to list; the next event asks again.
    }
  }

  /** Asks for the list after the present burst of changes. */
  refreshSoon(): void {
    const now = Date.now();
    this.#waitingSince ??= now;
    clearTimeout(this.#refreshTimer);
    const delay = Math.max(0, Math.min(quietMs, this.#waitingSince + mostDelayMs - now));
    this.#refreshTimer = setTimeout(() => void this.refresh(), delay);
  }

  /** Puts in a conversation that a command just answered with, so that it can be shown at once. */
  put(conversation: Conversation): void {
    this.#known.set(conversation.conversation, conversation);
    this.#publish();
  }

  /** Marks all up to `seq` as read, or all that there is. */
  async markRead(conversation: string, seq = 0): Promise<void> {
    await this.#client.ask("mark_read", { conversation, seq });
    const known = this.#known.get(conversation);
    if (known !== undefined && (seq === 0 || seq >= known.head)) {
      this.#mentioned.delete(conversation);
      this.put({ ...known, unread: 0 });
    }
    this.refreshSoon();
  }

  #start(): void {
    if (this.#stopListening !== undefined) return;
    this.#stopListening = this.#client.listen((event) => this.#hear(event));
    void this.refresh();
    if (typeof document !== "undefined") {
      // Another tab may have read what this one still shows as unread.
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") this.refreshSoon();
      });
    }
  }

  #hear(event: EngineEvent): void {
    if (event.name === "message_received") {
      this.#hearMessage(event.body.message, true);
    } else if (event.name === "message_state_changed" || event.name === "message_changed") {
      this.#hearMessage(event.body.message, false);
    } else if (event.name === "conversation_changed") {
      this.put(event.body.conversation);
    } else if (refreshing.has(event.name)) {
      this.refreshSoon();
    }
  }

  #hearMessage(message: TimelineMessage, isNew: boolean): void {
    const known = this.#known.get(message.conversation);
    if (known !== undefined) {
      if (isNew && this.#namesMe(message)) this.#mentioned.add(message.conversation);
      this.put(withMessage(known, message, isNew));
      if (isNew && known.archived && countsAsUnread(message)) this.#bringBackSoon(message.conversation);
    }
    this.refreshSoon();
  }

  /** What is archived comes back when something arrives, unless it is muted. Of several tabs the visible one does it. */
  #bringBackSoon(conversation: string): void {
    const isVisible = typeof document === "undefined" || document.visibilityState === "visible";
    setTimeout(() => void this.#bringBack(conversation), isVisible ? 0 : hiddenDelayMs);
  }

  async #bringBack(conversation: string): Promise<void> {
    const known = this.#known.get(conversation);
    if (known === undefined || !known.archived || known.muted_until > Date.now()) return;
    this.put({ ...known, archived: false });
    try {
      await this.#client.ask("keep_conversation", { setting: { conversation, archived: false } });
    } catch {
      // The next message tries again.
    }
  }

  #namesMe(message: TimelineMessage): boolean {
    return this.#ownAccount !== undefined && !message.own && message.mentions.includes(this.#ownAccount);
  }

  #take(listed: readonly Conversation[]): void {
    // What is not listed stays: it lies beyond the limit, or was just opened and holds nothing yet.
    const next = new Map(this.#known);
    for (const conversation of listed) {
      const known = this.#known.get(conversation.conversation);
      const isSame = known !== undefined && JSON.stringify(known) === JSON.stringify(conversation);
      // The same object for what is the same: its row is not drawn again.
      next.set(conversation.conversation, isSame ? known : conversation);
      if (conversation.unread === 0) this.#mentioned.delete(conversation.conversation);
    }
    this.#known = next;
    this.#snapshot = { ...this.#snapshot, state: "ready" };
    this.#publish();
  }

  /** At the start: which unread groups name this account. */
  async #findMentions(): Promise<void> {
    this.#ownAccount ??= (await this.#client.ask("who_am_i", {})).account;
    const unread = [...this.#known.values()].filter((known) => known.peer_name === "" && known.unread > 0);
    for (const { conversation, unread: count } of unread) {
      const limit = Math.min(count, mostLookedThrough);
      const page = await this.#client.ask("read_history", { conversation, limit });
      if (page.messages.some((message) => this.#namesMe(message))) this.#mentioned.add(conversation);
    }
    if (this.#mentioned.size > 0) this.#publish();
  }

  #publish(): void {
    const conversations = [...this.#known.values()].filter(({ deleted }) => !deleted).sort(compareConversations);
    this.#snapshot = { state: this.#snapshot.state, conversations, mentioned: new Set(this.#mentioned) };
    for (const listener of this.#listeners) listener();
  }
}

const stores = new WeakMap<Client, ConversationsStore>();

/** The store of a client. */
export function conversationsOf(client: Client): ConversationsStore {
  let store = stores.get(client);
  if (store === undefined) {
    store = new ConversationsStore(client);
    stores.set(client, store);
  }
  return store;
}

/** The store itself, for what changes it: `markRead`, `put`, `refreshSoon`. */
export function useConversationsStore(): ConversationsStore {
  const client = useClient();
  return useMemo(() => conversationsOf(client), [client]);
}

/** All conversations in the list's order. */
export function useConversations(): ConversationsSnapshot {
  const store = useConversationsStore();
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

/** One conversation, as soon as the list knows it; drawn anew only when that one changes. */
export function useConversation(conversation: string): Conversation | undefined {
  const store = useConversationsStore();
  const find = useCallback(() => store.find(conversation), [store, conversation]);
  return useSyncExternalStore(store.subscribe, find);
}
