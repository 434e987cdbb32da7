import { useSyncExternalStore } from "react";

/** One clock for all that count time on screen, and none while nothing does. */
class Clock {
  readonly #everyMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #now = Date.now();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tick(), this.#everyMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  readonly now = (): number => {
    // Without listeners nothing ticks, so the time is taken anew by who comes first.
    if (this.#timer === undefined) this.#now = Date.now();
    return this.#now;
  };

  #tick(): void {
    this.#now = Date.now();
    for (const listener of this.#listeners) listener();
  }
}

const seconds = new Clock(1_000);
const minutes = new Clock(30_000);

/** The time, by the second for what is soon and else by the half minute. */
export function useNow(isSoon: boolean): number {
  const clock = isSoon ? seconds : minutes;
  return useSyncExternalStore(clock.subscribe, clock.now);
}
