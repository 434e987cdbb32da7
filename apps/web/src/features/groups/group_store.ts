import type { Client, EngineEvent } from "@sotto/client";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useClient } from "../../engine/client_context";
import type { Group } from "./permissions";

export interface GroupSnapshot {
  readonly state: "loading" | "ready" | "unknown";
  readonly group: Group | undefined;
}

/** One group as it is, read again whenever something in it is changed. */
export class GroupStore {
  readonly #client: Client;
  readonly #conversation: string;
  readonly #listeners = new Set<() => void>();
  #snapshot: GroupSnapshot = { state: "loading", group: undefined };

  constructor(client: Client, conversation: string) {
    this.#client = client;
    this.#conversation = conversation;
  }

  /** Begins to follow the group. Returns what ends it. */
  start(): () => void {
    void this.read();
    return this.#client.listen((event) => {
      if (this.#mayChange(event)) void this.read();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): GroupSnapshot => this.#snapshot;

  async read(): Promise<void> {
    try {
      const group = await this.#client.ask("show_group", { conversation: this.#conversation });
      this.#set({ state: "ready", group });
    } catch {
      if (this.#snapshot.group === undefined) this.#set({ state: "unknown", group: undefined });
    }
  }

  #mayChange(event: EngineEvent): boolean {
    if (event.name === "conversation_changed") return event.body.conversation.conversation === this.#conversation;
    if (event.name !== "message_received" && event.name !== "message_state_changed") return false;
    const { conversation, kind } = event.body.message;
    return conversation === this.#conversation && (kind === "group_event" || kind === "group_profile");
  }

  #set(snapshot: GroupSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

/** A group, kept current while the component is shown. */
export function useGroup(conversation: string): GroupSnapshot & { readonly reload: () => void } {
  const client = useClient();
  const store = useMemo(() => new GroupStore(client, conversation), [client, conversation]);
  useEffect(() => store.start(), [store]);
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot);
  return { ...snapshot, reload: () => void store.read() };
}
