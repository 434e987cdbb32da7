/** Who hears of a model's changes. Something, such as listening to the engine, goes on as long as there are any. */
export class Listeners {
  readonly #listeners = new Set<() => void>();
  readonly #begin: () => () => void;
  #end: (() => void) | undefined;

  /** `begin` is called for the first listener, and what it returns after the last one. */
  constructor(begin: () => () => void) {
    this.#begin = begin;
  }

  /** As `useSyncExternalStore` wants it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#end ??= this.#begin();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#end?.();
      this.#end = undefined;
    };
  };

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
