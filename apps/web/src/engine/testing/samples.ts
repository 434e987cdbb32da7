import type { ConversationSummary, TimelineMessage } from "@sotto/client";

/** What names a message and its sender, which every sample chooses for itself. */
type MessageNames = Pick<
  TimelineMessage,
  "conversation" | "seq" | "message" | "sender" | "sender_name" | "sender_device" | "sent_at"
>;

/** A text of somebody else, readable and plain; the rest as given. */
export function messageOf(given: MessageNames & Partial<TimelineMessage>): TimelineMessage {
  return {
    own: false,
    state: "received",
    cause: "none",
    text: "",
    reason: "",
    kind: "text",
    readability: "readable",
    type: "",
    data: "",
    mentions: [],
    forwarded: false,
    edits: 0,
    replies: 0,
    failure: "none",
    reactions: [],
    starred: false,
    expires_at: 0,
    timer_ms: 0,
    not_before: 0,
    ...given,
  };
}

type SummaryNames = Pick<ConversationSummary, "conversation" | "peer" | "peer_name" | "last_activity">;

/** A direct conversation with nothing unread and nothing set; the rest as given. */
export function summaryOf(given: SummaryNames & Partial<ConversationSummary>): ConversationSummary {
  return {
    verification: "unverified",
    head: 0,
    unread: 0,
    pending: 0,
    kind: "direct",
    muted_until: 0,
    pinned: false,
    archived: false,
    marked_unread: false,
    draft: "",
    timer_ms: 0,
    title: "",
    subject: "",
    context: "",
    reported_at: 0,
    deleted: false,
    ...given,
  };
}
