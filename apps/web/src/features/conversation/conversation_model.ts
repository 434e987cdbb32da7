import type { Client, EngineEvent } from "@sotto/client";
import { Listeners } from "../../engine/listeners";
import type { ConversationSummary, GroupShown, ShownMember } from "./engine_types";

/** Where the lines of the conversation list are kept. */
export interface Summaries {
  find(conversation: string): ConversationSummary | undefined;
  subscribe(listener: () => void): () => void;
  /** Asks the engine anew. */
  refresh(): Promise<void>;
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
  readonly isBlocked: boolean;
  /** The contact, who was not verified, has another identity than before: a mild notice. */
  readonly hasNewIdentity: boolean;
  /** All who read here, the own account too. */
  readonly people: readonly Person[];
}

/** Why nothing can be written here. */
export type Silence = "loading" | "reader" | "read_only" | "closed" | "left" | "blocked" | "identity_changed";

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
  if (summary.kind === "channel") return isAdministrator(group) ? undefined : "reader";
  return group.own_role === "read_only" ? "read_only" : undefined;
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
  readonly #summaries: Summaries;
  readonly #listeners = new Listeners(() => this.#start());
  readonly #typing = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  #snapshot: ConversationSnapshot = {
    summary: undefined,
    group: undefined,
    isLoaded: false,
    error: undefined,
    typing: [],
    isBlocked: false,
    hasNewIdentity: false,
    people: noPeople,
  };

  constructor(client: Client, setting: { conversation: string; self: Person; summaries: Summaries }) {
    this.#client = client;
    this.#conversation = setting.conversation;
    this.#self = setting.self;
    this.#summaries = setting.summaries;
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly snapshot = (): ConversationSnapshot => this.#snapshot;

  /** What the list knows is shown at once; the rest follows. */
  async load(): Promise<ConversationSummary | undefined> {
    try {
      if (this.#summaries.find(this.#conversation) === undefined) await this.#summaries.refresh();
      const summary = this.#summaries.find(this.#conversation);
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
  readonly readMembers = async (): Promise<readonly ShownMember[]> => {
    await this.#loadGroup();
    return this.#snapshot.group?.members ?? [];
  };

  /** How long messages stay, for all who read here; 0 for ever. In groups it is one of the policies. */
  async setTimer(ms: number): Promise<void> {
    const { group } = this.#snapshot;
    const conversation = this.#conversation;
    if (group === undefined) {
      await this.#client.ask("set_timer", { conversation, expires_after_ms: ms });
    } else {
      const policies = { ...group.policies, expires_after_ms: ms };
      await this.#client.ask("change_group_policies", { conversation, policies });
    }
  }

  async setBlocked(blocked: boolean): Promise<void> {
    const name = this.#snapshot.summary?.peer_name;
    if (!name) return;
    await this.#client.ask("block_account", { name, blocked });
    this.#set({ isBlocked: blocked });
  }

  dismissIdentityNotice(): void {
    this.#set({ hasNewIdentity: false });
  }

  async withdrawVerification(): Promise<void> {
    const name = this.#snapshot.summary?.peer_name;
    if (!name) return;
    await this.#client.ask("set_verified", { name, verified: false });
    await this.#summaries.refresh();
  }

  #start(): () => void {
    const stopHearing = this.#client.listen((event) => this.#hear(event));
    const stopReading = this.#summaries.subscribe(() => {
      const summary = this.#summaries.find(this.#conversation);
      if (summary !== undefined && summary !== this.#snapshot.summary) this.#set({ summary, isLoaded: true });
    });
    return () => {
      stopHearing();
      stopReading();
      for (const { timer } of this.#typing.values()) clearTimeout(timer);
      this.#typing.clear();
    };
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
      case "typing_changed":
        if (event.body.conversation === this.#conversation) this.#takeTyping(event.body);
        return;
      case "identity_changed":
        if (event.body.account !== this.#snapshot.summary?.peer) return;
        if (event.body.verification === "unverified") this.#set({ hasNewIdentity: true });
        void this.#summaries.refresh();
        return;
      case "message_received":
      case "message_state_changed":
        this.#takeMessage(event.body.message);
        return;
      default:
    }
  }

  #takeMessage(message: { conversation: string; kind: string; sender: string }): void {
    if (message.conversation !== this.#conversation) return;
    this.#endTyping(message.sender);
    const isAboutGroup = message.kind === "group_event" || message.kind === "group_profile";
    if (isAboutGroup) this.#loadGroup().catch(() => undefined);
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
    this.#listeners.tell();
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
