import { useEffect, useEffectEvent } from "react";
import { useLocation, useRoute } from "wouter";
import { useText } from "../design/text";
import { useToast } from "../design/toast";
import { useClient } from "../engine/client_context";
import { useSession } from "../engine/session";
import { conversationListText } from "../features/conversation_list/conversation_list_text";
import { nameOf, unreadTotal } from "../features/conversation_list/conversation_rows";
import { useConversations, useConversationsStore } from "../features/conversation_list/conversations_store";
import { Announcer } from "./announcer";
import { type Announcement, type NotificationWords, type Way, wordsOf } from "./notification_rules";
import { useNotificationSettings } from "./notification_settings_store";
import { notificationsText } from "./notifications_text";
import { closeNotifications, setBadge, showNotification } from "./system_notification";

/** More conversations than that are announced in one sentence. */
const mostToasts = 2;

/** Announces messages and keeps the number on the app's icon. Shows nothing itself; once in the app, when signed in. */
export function NotificationCenter() {
  useAnnouncing();
  useBadge();
  useOpeningFromWorker();
  return null;
}

function useWords(): (announcement: Announcement) => NotificationWords {
  const t = useText(notificationsText);
  const names = useText(conversationListText);
  const store = useConversationsStore();
  const { content } = useNotificationSettings();
  return (announcement) => {
    const known = store.find(announcement.conversation);
    const isGroup = known?.kind === "group" || known?.kind === "channel";
    const name = known === undefined ? announcement.message.sender_name || t.unknown : nameOf(known, names);
    return wordsOf(announcement, content, { newMessage: t.newMessage, newMessages: t.newMessages, name, isGroup });
  };
}

function useAnnouncing(): void {
  const client = useClient();
  const { account } = useSession();
  const [, navigate] = useLocation();
  const [, parameters] = useRoute("/c/:conversation/*?");
  const open = parameters?.conversation ?? "";
  const settings = useNotificationSettings();
  const t = useText(notificationsText);
  const toast = useToast();
  const words = useWords();
  const circumstances = useEffectEvent(() => ({
    settings,
    looking: { atApp: document.hasFocus(), conversation: open },
    ownAccount: account,
    now: Date.now(),
  }));
  const announceInApp = (announcements: readonly Announcement[]) => {
    if (announcements.length > mostToasts) {
      const messages = announcements.reduce((sum, { count }) => sum + count, 0);
      toast({
        text: t.manyNew(messages, announcements.length),
        action: { label: t.open, onPress: () => navigate("/") },
      });
      return;
    }
    for (const announcement of announcements) {
      const { title, body } = words(announcement);
      const onPress = () => navigate(`/c/${announcement.conversation}`);
      toast({ text: `${title}: ${body}`, action: { label: t.open, onPress } });
    }
  };
  const announce = useEffectEvent((way: Exclude<Way, "none">, announcements: readonly Announcement[]) => {
    if (way === "in_app") return announceInApp(announcements);
    for (const announcement of announcements) {
      const { conversation } = announcement;
      void showNotification(words(announcement), conversation, () => navigate(`/c/${conversation}`));
    }
  });
  useEffect(() => {
    const announcer = new Announcer(client, {
      circumstances: () => circumstances(),
      announce: (way, announcements) => announce(way, announcements),
    });
    return announcer.start();
  }, [client]);
  useEffect(() => {
    if (open === "") return;
    const closeThem = () => {
      if (document.hasFocus()) void closeNotifications(open);
    };
    closeThem();
    window.addEventListener("focus", closeThem);
    return () => window.removeEventListener("focus", closeThem);
  }, [open]);
}

function useBadge(): void {
  const total = unreadTotal(useConversations(), Date.now());
  useEffect(() => setBadge(total), [total]);
}

/** A press on a notification that the service worker showed comes as a message. */
function useOpeningFromWorker(): void {
  const [, navigate] = useLocation();
  const open = useEffectEvent((event: MessageEvent) => {
    const data: unknown = event.data;
    if (typeof data !== "object" || data === null || !("openConversation" in data)) return;
    const { openConversation } = data;
    if (typeof openConversation === "string" && /^[0-9a-f]{32}$/.test(openConversation)) {
      navigate(`/c/${openConversation}`);
    }
  });
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    const listener = (event: MessageEvent) => open(event);
    navigator.serviceWorker.addEventListener("message", listener);
    return () => navigator.serviceWorker.removeEventListener("message", listener);
  }, []);
}
