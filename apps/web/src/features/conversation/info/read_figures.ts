import type { Answers, Client } from "@sotto/client";
import type { TimelineMessage } from "../engine_types";

export interface ConversationFigures {
  readonly statistics: Answers["get_statistics"];
  /** Newest first. */
  readonly starred: readonly TimelineMessage[];
}

/** What this device holds of a conversation; asks no server. */
export async function readFigures(client: Client, conversation: string): Promise<ConversationFigures> {
  const [statistics, kept] = await Promise.all([
    client.ask("get_statistics", { conversation }),
    client.ask("list_starred", { limit: 200 }),
  ]);
  return { statistics, starred: kept.messages.filter((message) => message.conversation === conversation) };
}
