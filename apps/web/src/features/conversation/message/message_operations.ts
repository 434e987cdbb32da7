import type { Client } from "@sotto/client";
import { type MessageVersion, referenceOf, type TimelineMessage } from "../engine_types";

// What is done to messages. The engine answers when it is durable here; what changes comes back as an event.

export async function toggleReaction(client: Client, message: TimelineMessage, emoji: string): Promise<void> {
  const removed = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.own);
  await client.ask("react", { conversation: message.conversation, target: referenceOf(message), emoji, removed });
}

export async function toggleStar(client: Client, message: TimelineMessage): Promise<void> {
  const starred = !message.starred;
  await client.ask("star_message", { conversation: message.conversation, target: referenceOf(message), starred });
}

export async function deleteMessage(client: Client, message: TimelineMessage, forEveryone: boolean): Promise<void> {
  const target = referenceOf(message);
  await client.ask("delete_message", { conversation: message.conversation, target, for_everyone: forEveryone });
}

/** Takes back what was not sent: it is waiting, scheduled, or has failed. */
export async function cancelMessage(client: Client, message: TimelineMessage): Promise<void> {
  await client.ask("cancel_message", { conversation: message.conversation, message: message.message });
}

/** Puts the same into the outbox again, and only then takes the failed line away, so that the text is never lost. */
export async function retryMessage(client: Client, message: TimelineMessage): Promise<void> {
  await client.ask("send_text", {
    conversation: message.conversation,
    text: message.text,
    mentions: message.mentions,
    forwarded: message.forwarded,
    ...(message.reply_to ? { reply_to: message.reply_to } : {}),
    ...(message.thread ? { thread: message.thread } : {}),
  });
  await cancelMessage(client, message);
}

export async function forwardMessage(
  client: Client,
  message: TimelineMessage,
  conversations: readonly string[],
): Promise<void> {
  for (const conversation of conversations) {
    await client.ask("send_text", { conversation, text: message.text, forwarded: true });
  }
}

export async function readVersions(client: Client, message: TimelineMessage): Promise<readonly MessageVersion[]> {
  if (message.edits === 0) return [];
  const { versions } = await client.ask("read_edits", {
    conversation: message.conversation,
    target: referenceOf(message),
  });
  return versions;
}
