import type { Commands } from "@sotto/client";

export type Kind = "any" | "text" | "typed";

/** What a person looks for. Empty members do not restrict. */
export interface SearchQuery {
  readonly words: string;
  /** A conversation's id. */
  readonly conversation: string;
  /** An account's name. */
  readonly sender: string;
  readonly kind: Kind;
  /** Days as a date field has them, "2026-11-21", both included. */
  readonly from: string;
  readonly until: string;
}

export const emptyQuery: SearchQuery = { words: "", conversation: "", sender: "", kind: "any", from: "", until: "" };

/** Whether there is anything to look for. */
export function isSearchable(query: SearchQuery): boolean {
  return query.words.trim() !== "" || countFilters(query) > 0;
}

/** How many filters restrict the search; the conversation counts too. */
export function countFilters({ conversation, sender, kind, from, until }: SearchQuery): number {
  return [conversation !== "", sender !== "", kind !== "any", from !== "", until !== ""].filter(Boolean).length;
}

/** The first moment of a day in local time, or of a day some days later. */
function startOfDay(day: string, daysLater = 0): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return undefined;
  const start = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + daysLater).getTime();
  return Number.isNaN(start) || start <= 0 ? undefined : start;
}

export function commandOf(query: SearchQuery, limit: number): Commands["search_messages"] {
  const from = startOfDay(query.from);
  // The engine looks before a time; the last day counts whole.
  const until = startOfDay(query.until, 1);
  return {
    words: query.words.trim(),
    limit,
    ...(query.conversation === "" ? {} : { conversation: query.conversation }),
    ...(query.sender === "" ? {} : { sender: query.sender }),
    ...(query.kind === "any" ? {} : { kind: query.kind }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}
