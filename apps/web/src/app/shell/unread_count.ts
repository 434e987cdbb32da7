import { type Conversation, useConversations } from "../../features/conversation_list/conversations_store";

export interface UnreadCount {
  /** Conversations with something unread. */
  readonly conversations: number;
  readonly messages: number;
}

/** What is unread in conversations that are neither muted nor archived. */
export function countUnread(all: readonly Conversation[], now: number): UnreadCount {
  let conversations = 0;
  let messages = 0;
  for (const { unread, marked_unread, muted_until, archived } of all) {
    if (archived || muted_until > now || (unread === 0 && !marked_unread)) continue;
    conversations += 1;
    messages += unread;
  }
  return { conversations, messages };
}

export function useUnreadCount(): UnreadCount {
  return countUnread(useConversations().conversations, Date.now());
}
