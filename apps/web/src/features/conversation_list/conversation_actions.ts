import type { Client, Commands, ReportReason } from "@sotto/client";
import { useMemo } from "react";
import { useClient } from "../../engine/client_context";
import { muchLater } from "./conversation_rows";
import { type Conversation, conversationsOf } from "./conversations_store";

export type MuteChoice = "hour" | "hours" | "always" | "off";

/** What a person does with a conversation as a whole; it holds on all of the account's devices. */
export interface ConversationActions {
  mute(conversation: string, choice: MuteChoice): Promise<void>;
  setPinned(conversation: string, pinned: boolean): Promise<void>;
  setArchived(conversation: string, archived: boolean): Promise<void>;
  /** Marks as read, or as unread if all is read. */
  toggleRead(conversation: Conversation): Promise<void>;
  /** Tells those who run the server; not what was written. */
  report(conversation: string, reason: ReportReason): Promise<void>;
  block(name: string, blocked: boolean): Promise<void>;
  /** Deletes what this account holds of it. */
  remove(conversation: string): Promise<void>;
}

const hourMs = 3_600_000;

function muteEnd(choice: MuteChoice, now: number): number {
  switch (choice) {
    case "hour":
      return now + hourMs;
    case "hours":
      return now + 8 * hourMs;
    case "always":
      return muchLater;
    case "off":
      return 0;
  }
}

export function conversationActions(client: Client): ConversationActions {
  const store = conversationsOf(client);
  const keep = async (setting: Commands["keep_conversation"]["setting"]) => {
    await client.ask("keep_conversation", { setting });
    store.refreshSoon();
  };
  return {
    mute: (conversation, choice) => keep({ conversation, muted_until: muteEnd(choice, Date.now()) }),
    setPinned: (conversation, pinned) => keep({ conversation, pinned }),
    setArchived: (conversation, archived) => keep({ conversation, archived }),
    toggleRead: async ({ conversation, unread, marked_unread }) => {
      if (unread > 0) await store.markRead(conversation);
      if (marked_unread || unread === 0) await keep({ conversation, marked_unread: !marked_unread });
    },
    report: async (conversation, reason) => {
      await client.ask("report_conversation", { conversation, reason });
      store.refreshSoon();
    },
    block: async (name, blocked) => {
      await client.ask("block_account", { name, blocked });
    },
    remove: async (conversation) => {
      await client.ask("delete_conversation", { conversation });
    },
  };
}

export function useConversationActions(): ConversationActions {
  const client = useClient();
  return useMemo(() => conversationActions(client), [client]);
}
