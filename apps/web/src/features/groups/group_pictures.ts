import type { Client } from "@sotto/client";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useClient } from "../../engine/client_context";
import type { Conversation } from "../conversation_list/conversations_store";
import { pictureAddress } from "./picture_address";

/** The pictures of groups, read once each and again when a group is changed. One for each client. */
class GroupPictures {
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  /** In base64, as the engine told them. */
  readonly #pictures = new Map<string, string>();
  readonly #addresses = new Map<string, string | undefined>();

  constructor(client: Client) {
    this.#client = client;
    client.listen((event) => {
      if (event.name !== "message_received" && event.name !== "message_state_changed") return;
      const { kind, conversation } = event.body.message;
      const isOfProfile = kind === "group_profile" || kind === "group_event";
      if (isOfProfile && this.#addresses.has(conversation)) void this.#read(conversation);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(conversation: string): string | undefined {
    return this.#addresses.get(conversation);
  }

  want(conversation: string): void {
    if (this.#addresses.has(conversation)) return;
    this.#addresses.set(conversation, undefined);
    void this.#read(conversation);
  }

  async #read(conversation: string): Promise<void> {
    try {
      const { profile } = await this.#client.ask("show_group", { conversation });
      if (this.#pictures.get(conversation) === profile.picture) return;
      this.#pictures.set(conversation, profile.picture);
      const before = this.#addresses.get(conversation);
      if (before !== undefined) URL.revokeObjectURL(before);
      this.#addresses.set(conversation, pictureAddress(profile.picture));
      for (const listener of this.#listeners) listener();
    } catch {
      // Not known yet; asked for again when the row is next shown.
      this.#addresses.delete(conversation);
    }
  }
}

const stores = new WeakMap<Client, GroupPictures>();

function picturesOf(client: Client): GroupPictures {
  let store = stores.get(client);
  if (store === undefined) {
    store = new GroupPictures(client);
    stores.set(client, store);
  }
  return store;
}

/** The address of a group's picture; nothing for other conversations, and for groups without one. */
export function useGroupPicture({
  conversation,
  kind,
}: Pick<Conversation, "conversation" | "kind">): string | undefined {
  const client = useClient();
  const store = useMemo(() => picturesOf(client), [client]);
  const isGroup = kind === "group" || kind === "channel";
  useEffect(() => {
    if (isGroup) store.want(conversation);
  }, [store, conversation, isGroup]);
  return useSyncExternalStore(store.subscribe, () => store.of(conversation));
}
