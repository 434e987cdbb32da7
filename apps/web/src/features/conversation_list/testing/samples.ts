import type { Conversation, TimelineMessage } from "../conversations_store";

/** A message of somebody else in the conversation "c1", for tests. */
export function sampleMessage(changes: Partial<TimelineMessage> = {}): TimelineMessage {
  return {
    conversation: "c1",
    seq: 1,
    message: "m1",
    sender: "ben-account",
    sender_name: "ben",
    own: false,
    state: "received",
    cause: "none",
    text: "Hello",
    sent_at: 1_000,
    reason: "",
    sender_device: "d1",
    kind: "text",
    readability: "readable",
    type: "",
    data: "",
    mentions: [],
    forwarded: false,
    edits: 0,
    reactions: [],
    starred: false,
    expires_at: 0,
    timer_ms: 0,
    not_before: 0,
    ...changes,
  };
}

/** The direct conversation with ben, for tests. */
export function sampleConversation(changes: Partial<Conversation> = {}): Conversation {
  return {
    conversation: "c1",
    peer: "ben-account",
    peer_name: "ben",
    verification: "unverified",
    head: 1,
    unread: 0,
    pending: 0,
    last_activity: 1_000,
    last_message: sampleMessage(),
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
    ...changes,
  };
}

export function sampleGroup(changes: Partial<Conversation> = {}): Conversation {
  return sampleConversation({ conversation: "g1", peer: "", peer_name: "", kind: "group", title: "Choir", ...changes });
}
