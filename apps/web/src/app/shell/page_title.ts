import { useEffect } from "react";
import { formatNumber } from "../../design/format";
import { useLanguage, useText } from "../../design/text";
import { useConversation } from "../../features/conversation_list/conversations_store";
import { appText } from "../app_text";
import type { Place } from "../place";
import { useUnreadCount } from "./unread_count";

/** Keeps the window's title: what is open, and how much is unread before it. */
export function usePageTitle(place: Place): void {
  const conversation = useConversation(place.conversation);
  const { messages } = useUnreadCount();
  const language = useLanguage();
  const t = useText(appText);
  const names = {
    none: "",
    unknown: "",
    conversation: conversation ? conversation.title || conversation.peer_name : "",
    search: t.search,
    settings: t.settings,
    verify: t.verify,
    join: t.join,
  } as const;
  const name = place.list === "new" ? t.newConversation : place.list === "new_group" ? t.newGroup : names[place.main];
  useEffect(() => {
    const unread = messages > 0 ? t.unreadTitle(formatNumber(language, messages)) : "";
    document.title = `${unread}${name ? `${name} – ` : ""}Sotto`;
  }, [language, messages, name, t]);
}
