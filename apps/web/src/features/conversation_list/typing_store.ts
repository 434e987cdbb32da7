import type { Client } from "@sotto/client";
import { useMemo, useSyncExternalStore } from "react";
import { useClient } from "../../engine/client_context";

/** Somebody who is typing. */
export interface Typist {
  readonly account: string;
  readonly name: string;
}

/** Whoever does not say again that they type has stopped. */
const lapseMs = 3_000;
const nobody: readonly Typist[] = [];

/** Who is typing where. One for each client: `typingOf`. */
export class TypingStore {
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  readonly #typists = new Map<string, readonly Typist[]>();
  readonly #lapses = new Map<string, ReturnType<typeof setTimeout>>();
  #isListening = false;

  constructor(client: Client) {
    this.#client = client;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#start();
    return () => this.#listeners.delete(listener);
  };

  /** Those who type in a conversation, in the order in which they began. */
  in(conversation: string): readonly Typist[] {
    return this.#typists.get(conversation) ?? nobody;
  }

  #start(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#client.listen((event) => {
      if (event.name === "typing_changed") {
        const { conversation, account, name, typing } = event.body;
        if (typing) this.#begin(conversation, { account, name });
        else this.#end(conversation, account);
      } else if (event.name === "message_received") {
        // Whoever has just sent something is done with typing it.
        this.#end(event.body.message.conversation, event.body.message.sender);
      }
    });
  }

  #begin(conversation: string, typist: Typist): void {
    const key = `${conversation} ${typist.account}`;
    clearTimeout(this.#lapses.get(key));
    this.#lapses.set(
      key,
      setTimeout(() => this.#end(conversation, typist.account), lapseMs),
    );
    const present = this.in(conversation);
    if (present.some(({ account }) => account === typist.account)) return;
    this.#set(conversation, [...present, typist]);
  }

  #end(conversation: string, account: string): void {
    const key = `${conversation} ${account}`;
    clearTimeout(this.#lapses.get(key));
    this.#lapses.delete(key);
    const present = this.in(conversation);
    if (!present.some((typist) => typist.account === account)) return;
    this.#set(
      conversation,
      present.filter((typist) => typist.account !== account),
    );
  }

  #set(conversation: string, typists: readonly Typist[]): void {
    if (typists.length === 0) this.#typists.delete(conversation);
    else this.#typists.set(conversation, typists);
    for (const listener of this.#listeners) listener();
  }
}

const stores = new WeakMap<Client, TypingStore>();

export function typingOf(client: Client): TypingStore {
  let store = stores.get(client);
  if (store === undefined) {
    store = new TypingStore(client);
    stores.set(client, store);
  }
  return store;
}

/** Who is typing in a conversation now. */
export function useTyping(conversation: string): readonly Typist[] {
  const client = useClient();
  const store = useMemo(() => typingOf(client), [client]);
  return useSyncExternalStore(store.subscribe, () => store.in(conversation));
}
