import { lockName, type StartWorker } from "./messages.ts";

/** Between two workers, if the first failed. */
const pause = 1_000;

/**
 * Waits until this tab may hold the home's engine, and then runs the worker that does. When a tab goes, whichever way,
 * the browser ends its worker and gives the lock to the next tab that waits.
 */
export class Leadership {
  readonly #start: StartWorker;
  readonly #withdrawal = new AbortController();
  readonly #over: Promise<void>;
  #stop: (() => void) | undefined;

  constructor(start: StartWorker) {
    this.#start = start;
    this.#over = this.#wait();
  }

  /** Gives the home up, after the engine has closed it. */
  async resign(): Promise<void> {
    this.#withdrawal.abort();
    this.#stop?.();
    await this.#over;
  }

  async #wait(): Promise<void> {
    const { signal } = this.#withdrawal;
    try {
      await navigator.locks.request(lockName(this.#start.home), { signal }, () => this.#lead());
    } catch (reason) {
      if (!signal.aborted) throw reason;
    }
  }

  async #lead(): Promise<void> {
    while (!this.#withdrawal.signal.aborted) {
      await this.#runWorker();
      if (!this.#withdrawal.signal.aborted) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Until it ends, or fails. */
  #runWorker(): Promise<void> {
    const worker = new Worker(new URL("./engine_worker.ts", import.meta.url), { type: "module", name: "sotto" });
    return new Promise<void>((resolve) => {
      this.#stop = () => worker.postMessage("close");
      worker.onmessage = () => resolve();
      worker.onerror = () => resolve();
      worker.postMessage(this.#start);
    }).finally(() => {
      this.#stop = undefined;
      worker.terminate();
    });
  }
}
