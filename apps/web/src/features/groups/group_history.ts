import type { Answers, Client } from "@sotto/client";

export type HistoryLine = Answers["read_history"]["messages"][number];

/** How many entries of the timeline one step looks through, and how many changes it hopes to find. */
const pageSize = 200;
const wanted = 20;
const mostPages = 10;

export interface HistoryPart {
  /** Newest first. */
  readonly lines: readonly HistoryLine[];
  /** Before which entry to go on; nothing at the beginning of the conversation. */
  readonly before: number | undefined;
}

function tellsOfChange({ kind }: HistoryLine): boolean {
  return kind === "group_event" || kind === "group_profile" || kind === "timer_change";
}

/** Looks backwards through a conversation for what was changed in it. */
export async function readChanges(client: Client, conversation: string, before?: number): Promise<HistoryPart> {
  const lines: HistoryLine[] = [];
  let at = before;
  for (let pages = 0; pages < mostPages; ++pages) {
    const page = await client.ask("read_history", {
      conversation,
      limit: pageSize,
      ...(at === undefined ? {} : { before: at }),
    });
    lines.push(...page.messages.filter(tellsOfChange).reverse());
    const first = page.messages.find(({ seq }) => seq > 0)?.seq;
    if (!page.more || first === undefined) return { lines, before: undefined };
    at = first;
    if (lines.length >= wanted) break;
  }
  return { lines, before: at };
}
