import {
  type Conversation,
  countsAsUnread,
  type TimelineMessage,
} from "../features/conversation_list/conversations_store";
import { plainLine } from "../features/conversation_list/plain_line";
import type { NotificationSettings } from "./notification_settings_store";

/** What the reader is looking at. */
export interface Looking {
  /** Whether this window has the focus. */
  readonly atApp: boolean;
  /** The conversation that is open; empty if none is. */
  readonly conversation: string;
}

export interface Circumstances {
  readonly settings: NotificationSettings;
  readonly looking: Looking;
  readonly ownAccount: string;
  readonly now: number;
}

/** Where a message is announced: in the app, by the system, or not at all. */
export type Way = "none" | "in_app" | "system";

/** How a message is announced. `conversation` is absent when the list does not know it yet. */
export function wayOf(
  message: TimelineMessage,
  conversation: Pick<Conversation, "muted_until"> | undefined,
  { settings, looking, ownAccount, now }: Circumstances,
): Way {
  if (!countsAsUnread(message)) return "none";
  const namesReader = message.mentions.includes(ownAccount);
  const isMuted = conversation !== undefined && conversation.muted_until > now;
  if (isMuted && !(namesReader && settings.mentionsAlways)) return "none";
  if (!looking.atApp) return settings.system ? "system" : "none";
  if (looking.conversation === message.conversation) return "none";
  return settings.inApp ? "in_app" : "none";
}

/** What of a conversation is announced together. */
export interface Announcement {
  readonly conversation: string;
  /** The newest one. */
  readonly message: TimelineMessage;
  readonly count: number;
}

/** One announcement for each conversation, in the order of their newest messages. */
export function gather(messages: readonly TimelineMessage[]): readonly Announcement[] {
  const found = new Map<string, Announcement>();
  for (const message of messages) {
    const { conversation } = message;
    const count = (found.get(conversation)?.count ?? 0) + 1;
    found.delete(conversation);
    found.set(conversation, { conversation, message, count });
  }
  return [...found.values()];
}

/** The words of an announcement. */
export interface NotificationWords {
  readonly title: string;
  readonly body: string;
}

/** What the words are made of, in the reader's language. */
export interface WordSource {
  readonly newMessage: string;
  readonly newMessages: (count: number) => string;
  /** What the conversation is called, and whether its author has to be named beside it. */
  readonly name: string;
  readonly isGroup: boolean;
}

/** What a notification says, as much as the reader lets it. */
export function wordsOf(
  { message, count }: Announcement,
  content: NotificationSettings["content"],
  source: WordSource,
): NotificationWords {
  const howMany = count > 1 ? source.newMessages(count) : source.newMessage;
  if (content === "nothing") return { title: "Sotto", body: howMany };
  if (content === "name" || message.readability !== "readable") return { title: source.name, body: howMany };
  const text = plainLine(message.text) || source.newMessage;
  const said = source.isGroup && message.sender_name !== "" ? `${message.sender_name}: ${text}` : text;
  return { title: source.name, body: count > 1 ? `${said} (+${count - 1})` : said };
}
