import type { Client } from "@sotto/client";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useClient } from "../../engine/client_context";

/** What is known of whether an account is online. */
export interface Presence {
  readonly online: boolean;
  /** When it last was, in milliseconds since 1970; 0 if that is not known. */
  readonly last_seen: number;
}

/** The engine watches no more at once. */
const mostWatched = 50;
/** Rows come and go while the list is scrolled; whom to watch is told once that rests. */
const restMs = 250;

/** Whether contacts that are on the screen are online. One for each client: `presenceOf`. */
export class PresenceStore {
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  readonly #presences = new Map<string, Presence>();
  /** How many places on the screen show each name. */
  readonly #wanted = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watched = "";
  #isListening = false;

  constructor(client: Client) {
    this.#client = client;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Nothing if the account shows nothing, or nothing was heard of it yet. */
  of(name: string): Presence | undefined {
    return this.#presences.get(name);
  }

  /** Watches an account until the answer is called. */
  watch(name: string): () => void {
    this.#start();
    this.#wanted.set(name, (this.#wanted.get(name) ?? 0) + 1);
    this.#tellSoon();
    return () => {
      const places = (this.#wanted.get(name) ?? 1) - 1;
      if (places > 0) this.#wanted.set(name, places);
      else this.#wanted.delete(name);
      this.#tellSoon();
    };
  }

  #start(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#client.listen((event) => {
      if (event.name === "presence_changed") {
        const { name, online, last_seen } = event.body;
        this.#presences.set(name, { online, last_seen });
        this.#publish();
      } else if (event.name === "connection_changed") {
        this.#hearConnection(event.body.connection === "live");
      }
    });
  }

  /** Watching ends with the connection, and what was known before it is old. */
  #hearConnection(isLive: boolean): void {
    this.#watched = "";
    if (isLive) {
      this.#tellSoon();
      return;
    }
    for (const [name, presence] of this.#presences) this.#presences.set(name, { ...presence, online: false });
    this.#publish();
  }

  #tellSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tell(), restMs);
  }

  async #tell(): Promise<void> {
    // Those that came last are those that are looked at.
    const names = [...this.#wanted.keys()].slice(-mostWatched).sort();
    const key = names.join(" ");
    if (key === this.#watched) return;
    this.#watched = key;
    try {
      await this.#client.ask("watch_presence", { names });
    } catch {
      this.#watched = "";
    }
  }

  #publish(): void {
    for (const listener of this.#listeners) listener();
  }
}

const stores = new WeakMap<Client, PresenceStore>();

export function presenceOf(client: Client): PresenceStore {
  let store = stores.get(client);
  if (store === undefined) {
    store = new PresenceStore(client);
    stores.set(client, store);
  }
  return store;
}

/** Watches a contact while the component is shown. An empty name watches nobody. */
export function usePresence(name: string): Presence | undefined {
  const client = useClient();
  const store = useMemo(() => presenceOf(client), [client]);
  useEffect(() => (name === "" ? undefined : store.watch(name)), [store, name]);
  return useSyncExternalStore(store.subscribe, () => store.of(name));
}
