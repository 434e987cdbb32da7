import type { Client, EngineEvent } from "@sotto/client";
import type { ConversationSummary, GroupShown, ShownMember } from "./engine_types";

export interface Presence {
  readonly online: boolean;
  /** 0 if that is not known. */
  readonly lastSeen: number;
}

export interface Person {
  readonly account: string;
  readonly name: string;
}

export interface ConversationSnapshot {
  /** Absent while it is being asked for, and if this home knows no such conversation. */
  readonly summary: ConversationSummary | undefined;
  /** Of groups and channels. */
  readonly group: GroupShown | undefined;
  readonly isLoaded: boolean;
  readonly error: unknown;
  /** Names of those who are typing. */
  readonly typing: readonly string[];
  readonly presence: Presence | undefined;
  readonly isBlocked: boolean;
  /** All who read here, the own account too. */
  readonly people: readonly Person[];
}

/** Why nothing can be written here. */
export type Silence = "loading" | "reader" | "closed" | "left" | "blocked" | "identity_changed";

export function silenceOf({ summary, group, isBlocked }: ConversationSnapshot): Silence | undefined {
  if (summary === undefined) return "loading";
  if (summary.kind === "direct") {
    if (isBlocked) return "blocked";
    return summary.verification === "changed" ? "identity_changed" : undefined;
  }
  if (summary.kind === "self") return undefined;
  if (group === undefined) return "loading";
  if (group.closed) return "closed";
  if (group.own_role === undefined) return "left";
  const mayWrite = summary.kind === "channel" ? isAdministrator(group) : group.own_role !== "read_only";
  return mayWrite ? undefined : "reader";
}

export function isAdministrator(group: GroupShown | undefined): boolean {
  return group?.own_role === "owner" || group?.own_role === "admin";
}

const noPeople: readonly Person[] = [];
const typingLastsMs = 6_000;

/** What is known of one conversation beside its messages. */
export class ConversationModel {
  readonly #client: Client;
  readonly #conversation: string;
  readonly #self: Person;
  readonly #listeners = new Set<() => void>();
  readonly #typing = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  #snapshot: ConversationSnapshot = {
    summary: undefined,
    group: undefined,
    isLoaded: false,
    error: undefined,
    typing: [],
    presence: undefined,
    isBlocked: false,
    people: noPeople,
  };
  #stopListening: (() => void) | undefined;

  constructor(client: Client, conversation: string, self: Person) {
    this.#client = client;
    this.#conversation = conversation;
    this.#self = self;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#stopListening ??= this.#client.listen((event) => this.#hear(event));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stopListening?.();
      this.#stopListening = undefined;
      for (const { timer } of this.#typing.values()) clearTimeout(timer);
      this.#typing.clear();
    };
  };

  readonly snapshot = (): ConversationSnapshot => this.#snapshot;

  async load(): Promise<ConversationSummary | undefined> {
    try {
      const { conversations } = await this.#client.ask("list_conversations", { limit: 200 });
      const summary = conversations.find((one) => one.conversation === this.#conversation);
      this.#set({ summary, isLoaded: true, error: undefined });
      if (summary?.kind === "group" || summary?.kind === "channel") await this.#loadGroup();
      else if (summary?.kind === "direct") void this.#loadBlocked(summary.peer);
      return summary;
    } catch (error) {
      this.#set({ isLoaded: true, error });
      return undefined;
    }
  }

  /** Members with their marks, as they are now. */
  async readMembers(): Promise<readonly ShownMember[]> {
    await this.#loadGroup();
    return this.#snapshot.group?.members ?? [];
  }

  async setBlocked(blocked: boolean): Promise<void> {
    const name = this.#snapshot.summary?.peer_name;
    if (!name) return;
    await this.#client.ask("block_account", { name, blocked });
    this.#set({ isBlocked: blocked });
  }

  async withdrawVerification(): Promise<void> {
    const name = this.#snapshot.summary?.peer_name;
    if (!name) return;
    await this.#client.ask("set_verified", { name, verified: false });
    await this.load();
  }

  async #loadGroup(): Promise<void> {
    const group = await this.#client.ask("show_group", { conversation: this.#conversation });
    this.#set({ group });
  }

  async #loadBlocked(peer: string): Promise<void> {
    try {
      const { accounts } = await this.#client.ask("list_blocked_accounts", {});
      this.#set({ isBlocked: accounts.some((one) => one.account === peer) });
    } catch {
      // Only the server knows; without a connection the composer stays open, and the server refuses.
    }
  }

  #hear(event: EngineEvent): void {
    switch (event.name) {
      case "conversation_changed":
        if (event.body.conversation.conversation === this.#conversation) {
          this.#set({ summary: event.body.conversation, isLoaded: true });
        }
        return;
      case "typing_changed":
        if (event.body.conversation === this.#conversation) this.#takeTyping(event.body);
        return;
      case "presence_changed":
        if (event.body.account !== this.#snapshot.summary?.peer) return;
        return this.#set({ presence: { online: event.body.online, lastSeen: event.body.last_seen } });
      case "identity_changed":
        if (event.body.account === this.#snapshot.summary?.peer) void this.load();
        return;
      case "message_received":
      case "message_state_changed":
        return this.#takeMessage(event.body.message);
      default:
    }
  }

  #takeMessage(message: { conversation: string; kind: string; sender: string }): void {
    if (message.conversation !== this.#conversation) return;
    this.#endTyping(message.sender);
    const isAboutGroup = message.kind === "group_event" || message.kind === "group_profile";
    if (isAboutGroup || message.kind === "timer_change") void this.load();
  }

  #takeTyping({ account, name, typing }: { account: string; name: string; typing: boolean }): void {
    if (account === this.#self.account) return;
    this.#endTyping(account);
    if (!typing) return;
    const timer = setTimeout(() => this.#endTyping(account), typingLastsMs);
    this.#typing.set(account, { name, timer });
    this.#set({});
  }

  #endTyping(account: string): void {
    const known = this.#typing.get(account);
    if (known === undefined) return;
    clearTimeout(known.timer);
    this.#typing.delete(account);
    this.#set({});
  }

  #set(change: Partial<ConversationSnapshot>): void {
    const next = { ...this.#snapshot, ...change };
    this.#snapshot = {
      ...next,
      typing: [...this.#typing.values()].map(({ name }) => name),
      people: this.#peopleOf(next),
    };
    for (const listener of this.#listeners) listener();
  }

  /** The same list as long as nobody comes or goes, so that rows need not be drawn anew. */
  #peopleOf({ summary, group }: ConversationSnapshot): readonly Person[] {
    const before = this.#snapshot.people;
    const people =
      group?.members.map(({ account, name }) => ({ account, name })) ??
      (summary?.kind === "direct" ? [this.#self, { account: summary.peer, name: summary.peer_name }] : [this.#self]);
    const isSame =
      before.length === people.length &&
      people.every((person, index) => before[index]?.account === person.account && before[index]?.name === person.name);
    return isSame ? before : people;
  }
}
