import { messageOf, summaryOf } from "../../../engine/testing/samples";
import type { Conversation, TimelineMessage } from "../conversations_store";

/** A message of somebody else in the conversation "c1", for tests. */
export function sampleMessage(changes: Partial<TimelineMessage> = {}): TimelineMessage {
  return messageOf({
    conversation: "c1",
    seq: 1,
    message: "m1",
    sender: "ben-account",
    sender_name: "ben",
    sender_device: "d1",
    text: "Hello",
    sent_at: 1_000,
    ...changes,
  });
}

/** The direct conversation with ben, for tests. */
export function sampleConversation(changes: Partial<Conversation> = {}): Conversation {
  return summaryOf({
    conversation: "c1",
    peer: "ben-account",
    peer_name: "ben",
    head: 1,
    last_activity: 1_000,
    last_message: sampleMessage(),
    ...changes,
  });
}

export function sampleGroup(changes: Partial<Conversation> = {}): Conversation {
  return sampleConversation({ conversation: "g1", peer: "", peer_name: "", kind: "group", title: "Choir", ...changes });
}
