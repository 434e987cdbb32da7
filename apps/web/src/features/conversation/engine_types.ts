import type { Answers, Commands, Events } from "@sotto/client";

// What the engine's description calls these; taken from the commands and events that carry them.
export type TimelineMessage = Events["message_received"]["message"];
export type ConversationSummary = Events["conversation_changed"]["conversation"];
export type GroupShown = Answers["show_group"];
export type ShownMember = GroupShown["members"][number];
export type MessageReference = Events["message_removed"]["message"];
export type UndecryptableCause = TimelineMessage["cause"];
export type History = Answers["read_history"];
export type MessageVersion = Answers["read_edits"]["versions"][number];
export type SendText = Commands["send_text"];

/** What names a message to the engine, whatever its place in the log. */
export function referenceOf(message: TimelineMessage): MessageReference {
  return { sender: message.sender, sender_device: message.sender_device, message: message.message };
}

export function isSameReference(a: MessageReference, b: MessageReference): boolean {
  return a.message === b.message && a.sender === b.sender && a.sender_device === b.sender_device;
}

/** A reference as one word of an address: /c/:conversation/thread/:message. */
export function writeReference(reference: MessageReference): string {
  return `${reference.sender}.${reference.sender_device}.${reference.message}`;
}

export function readReference(text: string): MessageReference | undefined {
  const [sender, sender_device, message, ...rest] = text.split(".");
  const isHex = (part: string | undefined): part is string => part !== undefined && /^[0-9a-f]+$/.test(part);
  if (!isHex(sender) || !isHex(sender_device) || !isHex(message) || rest.length > 0) return undefined;
  return { sender, sender_device, message };
}
