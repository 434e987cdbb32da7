import type { Client } from "@sotto/client";
import { conversationsOf, type TimelineMessage } from "../features/conversation_list/conversations_store";
import { type Announcement, type Circumstances, gather, type Way, wayOf } from "./notification_rules";

/** Where announcements go; the reader's language and screen are its matter. */
export interface Announcing {
  circumstances(): Circumstances;
  announce(way: Exclude<Way, "none">, announcements: readonly Announcement[]): void;
}

/** Messages come in bursts and are announced together. */
const gatherMs = 120;
/** A tab that is not looked at lets the one that is go first: that one knows what the reader sees. */
const deferMs = 600;
const mostAtOnce = 200;

/**
 * Announces each message once in all tabs: the engine hands what nobody has announced to one of them at a time. What
 * is not worth a word (muted, being read) counts as announced too.
 */
export class Announcer {
  readonly #client: Client;
  readonly #announcing: Announcing;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isTaking = false;

  constructor(client: Client, announcing: Announcing) {
    this.#client = client;
    this.#announcing = announcing;
  }

  /** Begins to announce. Returns what ends it. */
  start(): () => void {
    this.#takeSoon();
    const end = this.#client.listen((event) => {
      if (event.name === "message_received" || event.name === "undecryptable") this.#takeSoon();
    });
    return () => {
      clearTimeout(this.#timer);
      end();
    };
  }

  #takeSoon(): void {
    clearTimeout(this.#timer);
    const { atApp } = this.#announcing.circumstances().looking;
    this.#timer = setTimeout(() => void this.#take(), atApp ? gatherMs : deferMs);
  }

  async #take(): Promise<void> {
    if (this.#isTaking) {
      this.#takeSoon();
      return;
    }
    this.#isTaking = true;
    try {
      const { messages } = await this.#client.ask("take_unannounced", { limit: mostAtOnce });
      this.#announce(messages);
      const announced = messages.map(({ conversation, seq }) => ({ conversation, seq }));
      // All in one: each command is a commit, and after a flood there are thousands of messages.
      if (announced.length > 0) await this.#client.ask("announced", { messages: announced });
      if (messages.length === mostAtOnce) this.#takeSoon();
    } catch {
      // What was handed out lapses and comes with the next message.
    } finally {
      this.#isTaking = false;
    }
  }

  #announce(messages: readonly TimelineMessage[]): void {
    const store = conversationsOf(this.#client);
    const circumstances = this.#announcing.circumstances();
    for (const way of ["in_app", "system"] as const) {
      const these = messages.filter(
        (message) => wayOf(message, store.find(message.conversation), circumstances) === way,
      );
      if (these.length > 0) this.#announcing.announce(way, gather(these));
    }
  }
}
