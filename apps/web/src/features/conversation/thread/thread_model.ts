import type { Client, EngineEvent } from "@sotto/client";
import { Listeners } from "../../../engine/listeners";
import { isSameReference, type MessageReference, type TimelineMessage } from "../engine_types";
import { MessageWindow } from "../timeline/message_window";
import { rowsOf, type TimelineRow } from "../timeline/timeline_rows";

export interface ThreadSnapshot {
  readonly state: "loading" | "ready" | "failed";
  readonly error: unknown;
  readonly rows: readonly TimelineRow[];
  /** There are more than the engine reads at once. */
  readonly isCut: boolean;
}

/** A thread is read whole, up to this many and its first message. */
const most = 200;

/** The messages of one thread, the first one and those that belong to it. */
export class ThreadModel {
  readonly #client: Client;
  readonly #conversation: string;
  readonly #root: MessageReference;
  readonly #window = new MessageWindow();
  readonly #listeners = new Listeners(() => this.#client.listen((event) => this.#hear(event)));
  #snapshot: ThreadSnapshot = { state: "loading", error: undefined, rows: [], isCut: false };

  constructor(client: Client, { conversation, root }: { conversation: string; root: MessageReference }) {
    this.#client = client;
    this.#conversation = conversation;
    this.#root = root;
  }

  readonly subscribe = this.#listeners.subscribe;

  readonly snapshot = (): ThreadSnapshot => this.#snapshot;

  async load(): Promise<void> {
    try {
      const { messages } = await this.#client.ask("read_thread", {
        conversation: this.#conversation,
        root: this.#root,
      });
      this.#window.replaceAll(messages, { hasOlder: false, hasNewer: false });
      this.#emit({ state: "ready", error: undefined, isCut: messages.length > most });
    } catch (error) {
      this.#emit({ state: "failed", error });
    }
  }

  lastOwnText(): TimelineMessage | undefined {
    return this.#window.messages.findLast((line) => line.own && line.kind === "text" && line.state !== "failed");
  }

  #belongs(message: TimelineMessage): boolean {
    if (message.conversation !== this.#conversation) return false;
    if (isSameReference(message, this.#root)) return true;
    if (message.thread !== undefined) return isSameReference(message.thread, this.#root);
    // What was deleted names its thread no longer.
    return this.#window.messages.some((line) => isSameReference(line, message));
  }

  #hear(event: EngineEvent): void {
    switch (event.name) {
      case "message_received":
      case "message_state_changed":
      case "message_changed":
        if (this.#belongs(event.body.message) && this.#window.merge(event.body.message)) this.#emit({});
        return;
      case "message_removed":
        if (event.body.conversation !== this.#conversation) return;
        if (this.#window.remove(event.body.message, event.body.seq)) this.#emit({});
        return;
      default:
    }
  }

  #emit(change: Partial<ThreadSnapshot>): void {
    const rows = rowsOf({
      messages: this.#window.messages,
      unreadFrom: undefined,
      previous: this.#snapshot.rows,
    });
    this.#snapshot = { ...this.#snapshot, ...change, rows };
    this.#listeners.tell();
  }
}
