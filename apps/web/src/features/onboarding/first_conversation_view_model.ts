import type { Client } from "@sotto/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { FirstConversationActions, FirstConversationSnapshot } from "./first_conversation_view";

export interface FirstConversationModel extends FirstConversationActions {
  readonly store: StoreApi<FirstConversationSnapshot>;
}

/** Finds the first person to write to. `wanted` is the name of who sent the link that led here, or "". */
export function createFirstConversationModel(client: Client, wanted: string): FirstConversationModel {
  const store = createStore<FirstConversationSnapshot>(() => ({ name: wanted, isBusy: false, error: null }));
  return {
    store,
    setName: (name) => store.setState({ name: name.trim(), error: null }),
    async open() {
      const { name, isBusy } = store.getState();
      if (isBusy || name === "") return null;
      store.setState({ isBusy: true, error: null });
      try {
        const { conversation } = await client.ask("open_conversation", { name: name.toLowerCase() });
        store.setState({ isBusy: false });
        return conversation.conversation;
      } catch (error) {
        store.setState({ isBusy: false, error });
        return null;
      }
    },
  };
}
