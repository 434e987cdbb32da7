import type { TimelineMessage } from "../engine_types";
import { keyOf } from "./message_window";

/** One row of the timeline: a message with what the messages around it make of it. */
export interface TimelineRow {
  readonly key: string;
  readonly message: TimelineMessage;
  /** The first of its day carries the day's name. */
  readonly startsDay: boolean;
  readonly startsUnread: boolean;
  /** Messages of one author in quick succession share the author's name and picture. */
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}

const groupingTimeMs = 5 * 60 * 1000;
const noticeKinds = new Set<TimelineMessage["kind"]>([
  "timer_change",
  "group_profile",
  "group_event",
  "direct_profile",
]);

/** A line that tells of something and is nobody's message. */
export function isNotice(message: TimelineMessage): boolean {
  return noticeKinds.has(message.kind) && message.cause === "none";
}

export function dayOf(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

function belongTogether(first: TimelineMessage, second: TimelineMessage): boolean {
  return (
    first.sender === second.sender &&
    !isNotice(first) &&
    !isNotice(second) &&
    Math.abs(second.sent_at - first.sent_at) < groupingTimeMs
  );
}

function isSameRow(a: TimelineRow, b: TimelineRow): boolean {
  return (
    a.message === b.message &&
    a.startsDay === b.startsDay &&
    a.startsUnread === b.startsUnread &&
    a.startsGroup === b.startsGroup &&
    a.endsGroup === b.endsGroup
  );
}

export interface RowsInput {
  readonly messages: readonly TimelineMessage[];
  /** The first message that was not read when the conversation was opened. */
  readonly unreadFrom: number | undefined;
  /** Rows that are as they were stay the same objects, so that nothing is drawn anew. */
  readonly previous: readonly TimelineRow[];
}

export function rowsOf({ messages, unreadFrom, previous }: RowsInput): readonly TimelineRow[] {
  const known = new Map(previous.map((row) => [row.key, row]));
  const firstUnread =
    unreadFrom === undefined ? -1 : messages.findIndex((message) => message.seq >= unreadFrom && !message.own);
  const breaksBefore = messages.map((message, index) => {
    const before = messages[index - 1];
    const startsDay = before === undefined || dayOf(before.sent_at) !== dayOf(message.sent_at);
    const startsGroup = startsDay || index === firstUnread || !belongTogether(before, message);
    return { startsDay, startsGroup };
  });
  return messages.map((message, index) => {
    const breaks = breaksBefore[index] ?? { startsDay: false, startsGroup: true };
    const row: TimelineRow = {
      key: keyOf(message),
      message,
      startsDay: breaks.startsDay,
      startsGroup: breaks.startsGroup,
      startsUnread: index === firstUnread,
      endsGroup: breaksBefore[index + 1]?.startsGroup ?? true,
    };
    const old = known.get(row.key);
    return old !== undefined && isSameRow(old, row) ? old : row;
  });
}
