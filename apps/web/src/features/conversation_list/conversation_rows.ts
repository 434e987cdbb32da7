import { formatDateTime, formatMoment } from "../../design/format";
import type { Conversation, ConversationsSnapshot } from "./conversations_store";
import { type ListText, type Preview, type PreviewContext, previewOf } from "./message_preview";
import type { Typist } from "./typing_store";

export type Filter = "all" | "unread" | "groups" | "archived";
export const filters: readonly Filter[] = ["all", "unread", "groups", "archived"];

/** Muted for good: the furthest time that a date can hold. */
export const muchLater = 8_640_000_000_000_000;
const tenYearsMs = 10 * 365 * 86_400_000;

/** One row of the list, as it is drawn. */
export interface Row {
  readonly id: string;
  readonly kind: Conversation["kind"];
  readonly name: string;
  /** Whose presence to show; empty for groups and notes. */
  readonly peer: string;
  readonly preview: Preview;
  readonly time: string;
  readonly unread: number;
  readonly isUnread: boolean;
  readonly isMentioned: boolean;
  readonly isMuted: boolean;
  readonly muteWords: string;
  readonly isPinned: boolean;
  readonly isArchived: boolean;
  readonly identityChanged: boolean;
}

export interface RowContext extends PreviewContext {
  readonly now: number;
}

/** What a conversation is called. */
export function nameOf(conversation: Conversation, t: ListText): string {
  switch (conversation.kind) {
    case "self":
      return t.noteToSelf;
    case "direct":
      return conversation.peer_name || t.unknownPerson;
    case "group":
      return conversation.title || t.unknownGroup;
    case "channel":
      return conversation.title || t.unknownChannel;
  }
}

export function isMuted(conversation: Conversation, now: number): boolean {
  return conversation.muted_until > now;
}

/** Whether a mute has no end that anybody will see. */
export function isForGood(mutedUntil: number, now: number): boolean {
  return mutedUntil - now > tenYearsMs;
}

export function isUnread(conversation: Conversation): boolean {
  return conversation.unread > 0 || conversation.marked_unread;
}

/** Which conversations a filter shows, in the list's order. `current` is the one that is open: it does not vanish. */
export function filtered(
  conversations: readonly Conversation[],
  filter: Filter,
  current = "",
): readonly Conversation[] {
  return conversations.filter((conversation) => {
    if (filter === "archived" || conversation.archived) return filter === "archived" && conversation.archived;
    if (filter === "groups") return conversation.kind === "group" || conversation.kind === "channel";
    if (filter === "unread") return isUnread(conversation) || conversation.conversation === current;
    return true;
  });
}

function muteWords(conversation: Conversation, { now, language, t }: RowContext): string {
  if (!isMuted(conversation, now)) return "";
  const until = conversation.muted_until;
  return isForGood(until, now) ? t.muted : t.mutedUntil(formatDateTime(language, until));
}

export function rowOf(
  conversation: Conversation,
  typists: readonly Typist[],
  isMentioned: boolean,
  context: RowContext,
): Row {
  const { now, language, t } = context;
  const { last_activity } = conversation;
  return {
    id: conversation.conversation,
    kind: conversation.kind,
    name: nameOf(conversation, t),
    peer: conversation.kind === "direct" ? conversation.peer_name : "",
    preview: previewOf(conversation, typists, context),
    time: last_activity === 0 ? "" : formatMoment(language, last_activity, now),
    unread: conversation.unread,
    isUnread: isUnread(conversation),
    isMentioned,
    isMuted: isMuted(conversation, now),
    muteWords: muteWords(conversation, context),
    isPinned: conversation.pinned,
    isArchived: conversation.archived,
    identityChanged: conversation.verification === "changed",
  };
}

/** How many unread messages there are in conversations that may call for attention. */
export function unreadTotal({ conversations }: ConversationsSnapshot, now: number): number {
  return conversations
    .filter((conversation) => !isMuted(conversation, now))
    .reduce((sum, { unread, marked_unread }) => sum + (unread > 0 ? unread : marked_unread ? 1 : 0), 0);
}

const markWords = {
  pending: "statePending",
  sent: "stateSent",
  delivered: "stateDelivered",
  read: "stateRead",
  failed: "stateFailed",
} as const;

/** The row as a screen reader says it: who and what first, then how much of it and how it is kept. */
export function spokenRow(row: Row, isOnline: boolean, t: ListText): string {
  const { preview } = row;
  const said = preview.prefix === "" ? preview.text : `${preview.prefix}: ${preview.text}`;
  const parts = [
    row.name,
    said,
    row.time,
    ...(preview.mark === undefined ? [] : [t[markWords[preview.mark]]]),
    ...(row.unread > 0 ? [t.unreadCount(row.unread)] : row.isUnread ? [t.markedUnread] : []),
    ...(row.isMentioned ? [t.mention] : []),
    ...(isOnline ? [t.online] : []),
    ...(row.identityChanged ? [t.identityChanged] : []),
    ...(row.isPinned ? [t.pinned] : []),
    ...(row.isMuted ? [row.muteWords] : []),
  ];
  return parts.filter((part) => part !== "").join(", ");
}
