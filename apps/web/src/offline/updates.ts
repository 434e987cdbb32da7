import { useSyncExternalStore } from "react";

/** The part of a registration that is used; a browser's own has it. */
export interface Registration extends EventTarget {
  readonly waiting: { postMessage(message: unknown): void } | null;
  readonly installing: (EventTarget & { readonly state: string }) | null;
  update(): Promise<unknown>;
}

/** The part of `navigator.serviceWorker` that is used. */
export interface Container extends EventTarget {
  readonly controller: unknown;
  register(path: string): Promise<Registration>;
}

/** How often a page that stays open looks for a new version. */
const lookEveryMs = 60 * 60_000;

/** Keeps the service worker, and tells when a new version of the app waits for the reader's word. */
export class Updates {
  readonly #container: Container;
  readonly #reload: () => void;
  readonly #listeners = new Set<() => void>();
  #registration: Registration | undefined;
  #isReady = false;

  constructor(container: Container, reload: () => void) {
    this.#container = container;
    this.#reload = reload;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether a new version is there and waits. */
  readonly isReady = (): boolean => this.#isReady;

  /** Registers the worker and follows it. Failing is no harm: the app then needs the network to open. */
  async start(): Promise<void> {
    // The very first worker takes over a page that came from the same version: nothing is to be reloaded then.
    let isFirst = this.#container.controller === null;
    this.#container.addEventListener("controllerchange", () => {
      if (isFirst) isFirst = false;
      else this.#reload();
    });
    try {
      this.#registration = await this.#container.register("/service_worker.js");
    } catch {
      return;
    }
    this.#registration.addEventListener("updatefound", () => this.#follow());
    this.#look();
    setInterval(() => this.lookForNew(), lookEveryMs);
  }

  lookForNew(): void {
    this.#registration?.update().catch(() => undefined);
  }

  /** Lets the new version take over; the page is loaded anew once it has. */
  takeOver(): void {
    this.#registration?.waiting?.postMessage("take over");
  }

  #follow(): void {
    const { installing } = this.#registration ?? {};
    installing?.addEventListener("statechange", () => this.#look());
  }

  #look(): void {
    const isReady = this.#container.controller !== null && (this.#registration?.waiting ?? null) !== null;
    if (isReady === this.#isReady) return;
    this.#isReady = isReady;
    for (const listener of this.#listeners) listener();
  }
}

let updates: Updates | undefined;

/** The app's own, begun when first asked for. Nothing where there are no service workers, and in development. */
export function appUpdates(): Updates | undefined {
  // Browsers that forbid them name the member all the same.
  if (!import.meta.env.PROD || navigator.serviceWorker === undefined) return undefined;
  if (updates === undefined) {
    updates = new Updates(navigator.serviceWorker, () => window.location.reload());
    void updates.start();
  }
  return updates;
}

const never = () => () => undefined;
const no = () => false;

/** Whether a new version of the app waits. */
export function useIsUpdateReady(): boolean {
  const own = appUpdates();
  return useSyncExternalStore(own?.subscribe ?? never, own?.isReady ?? no);
}
