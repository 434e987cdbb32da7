import type { Answers, Client } from "@sotto/client";

type Summary = Answers["list_conversations"]["conversations"][number];

/** The engine gives no more at once. */
const mostAtOnce = 200;

/** The list of conversations in its order, page by page. Fails as the command does. */
export async function* conversationPages(client: Client): AsyncGenerator<readonly Summary[]> {
  let after: string | undefined;
  for (;;) {
    const asked = { limit: mostAtOnce, ...(after !== undefined && { after }) };
    const { conversations, more } = await client.ask("list_conversations", asked);
    yield conversations;
    after = conversations.at(-1)?.conversation;
    if (!more || after === undefined) return;
  }
}

/** All of them. */
export async function allConversations(client: Client): Promise<Summary[]> {
  const all: Summary[] = [];
  for await (const page of conversationPages(client)) all.push(...page);
  return all;
}
