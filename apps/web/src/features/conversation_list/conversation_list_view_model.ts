import { useEffect, useMemo, useState } from "react";
import { useLanguage, useText } from "../../design/text";
import { useSession } from "../../engine/session";
import { conversationListText } from "./conversation_list_text";
import { type Filter, filtered, isUnread, type RowContext } from "./conversation_rows";
import { type Conversation, useConversations } from "./conversations_store";

/** What the list needs to be drawn. */
export interface ConversationListSnapshot {
  readonly state: "loading" | "ready";
  readonly filter: Filter;
  /** The conversations that the filter shows, in order. */
  readonly shown: readonly Conversation[];
  /** Whether there is any conversation at all. */
  readonly hasAny: boolean;
  /** How many conversations hold something unread. */
  readonly unreadConversations: number;
  readonly mentioned: ReadonlySet<string>;
  /** What the rows' words depend on. */
  readonly context: RowContext;
}

/** Once a minute is enough for times and for mutes that end. */
const tickMs = 60_000;

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** `current` is the conversation that is open; empty if none is. */
export function useConversationList(filter: Filter, current: string): ConversationListSnapshot {
  const { state, conversations, mentioned } = useConversations();
  const { name: own } = useSession();
  const language = useLanguage();
  const t = useText(conversationListText);
  const tick = useNow();
  // What came since the last tick is not in the future.
  const now = Math.max(tick, conversations[0]?.last_activity ?? 0);
  const context = useMemo(() => ({ t, language, own, now }), [t, language, own, now]);
  const shown = useMemo(() => filtered(conversations, filter, current), [conversations, filter, current]);
  return {
    state,
    filter,
    shown,
    hasAny: conversations.length > 0,
    unreadConversations: filtered(conversations, "all").filter(isUnread).length,
    mentioned,
    context,
  };
}
