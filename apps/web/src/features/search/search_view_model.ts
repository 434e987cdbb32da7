import type { Client } from "@sotto/client";
import { commandOf, emptyQuery, isSearchable, type SearchQuery } from "./search_query";
import type { Found } from "./snippet";

export interface SearchSnapshot {
  readonly query: SearchQuery;
  /** `idle` while there is nothing to look for. */
  readonly state: "idle" | "searching" | "found" | "failed";
  /** Newest first. What an earlier query found stays until the next one has answered. */
  readonly found: readonly Found[];
  readonly hasMore: boolean;
}

/** Typing rests for that long before the engine is asked. */
const restMs = 180;
const pageSize = 50;
/** The engine finds no more at once. */
export const mostFound = 200;
const mostRecent = 8;

/** What was looked for in this tab, newest first. In memory only: it tells about the messages. */
let recent: readonly string[] = [];

export function recentSearches(): readonly string[] {
  return recent;
}

export function forgetSearches(): void {
  recent = [];
}

/** Called when a result was of use: half-typed words are no searches. */
export function rememberSearch(words: string): void {
  const kept = words.trim();
  if (kept !== "") recent = [kept, ...recent.filter((other) => other !== kept)].slice(0, mostRecent);
}

/** A search as it is being typed: the newest question counts, whatever order the answers come in. */
export class SearchModel {
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  #snapshot: SearchSnapshot;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #limit = pageSize;

  constructor(client: Client, conversation: string) {
    this.#client = client;
    this.#snapshot = { query: { ...emptyQuery, conversation }, state: "idle", found: [], hasMore: false };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): SearchSnapshot => this.#snapshot;

  /** Words wait until typing rests; a filter is looked for at once. */
  change(changes: Partial<SearchQuery>): void {
    const query = { ...this.#snapshot.query, ...changes };
    this.#limit = pageSize;
    clearTimeout(this.#timer);
    // One conversation without words is no question: it would show all of it.
    if (!isQuestion(query)) {
      ++this.#asked;
      this.#set({ query, state: "idle", found: [], hasMore: false });
      return;
    }
    this.#set({ ...this.#snapshot, query, state: "searching" });
    this.#timer = setTimeout(() => void this.#search(), "words" in changes ? restMs : 0);
  }

  /** Asks for more of the same. */
  async showMore(): Promise<void> {
    this.#limit = mostFound;
    await this.#search();
  }

  async #search(): Promise<void> {
    const asked = ++this.#asked;
    const limit = this.#limit;
    try {
      const answer = await this.#client.ask("search_messages", commandOf(this.#snapshot.query, limit));
      if (asked !== this.#asked) return;
      this.#set({ ...this.#snapshot, state: "found", found: answer.messages, hasMore: answer.more });
    } catch {
      if (asked === this.#asked) this.#set({ ...this.#snapshot, state: "failed", found: [], hasMore: false });
    }
  }

  #set(snapshot: SearchSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

function isQuestion(query: SearchQuery): boolean {
  return isSearchable({ ...query, conversation: "" });
}

/** What was found, by conversation; the conversation with the newest message first. */
export function byConversation(found: readonly Found[]): readonly (readonly [string, readonly Found[]])[] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const { conversation } = one.message;
    const group = groups.get(conversation);
    if (group === undefined) groups.set(conversation, [one]);
    else group.push(one);
  }
  return [...groups];
}
