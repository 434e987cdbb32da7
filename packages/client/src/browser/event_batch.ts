import type { EngineEvent } from "../client.ts";

/**
 * Gathers the events of one turn of the engine, so that a tab hears them together and draws once. They are told when
 * the present task ends, or before, by whoever has something else to say that must not overtake them.
 */
export class EventBatch {
  readonly #say: (events: readonly EngineEvent[]) => void;
  #events: EngineEvent[] = [];

  constructor(say: (events: readonly EngineEvent[]) => void) {
    this.#say = say;
  }

  add(event: EngineEvent): void {
    if (this.#events.push(event) === 1) queueMicrotask(() => this.tell());
  }

  tell(): void {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    this.#say(events);
  }
}
