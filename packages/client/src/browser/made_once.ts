/** Something that takes its time and is made once; if that fails, whoever wants it next tries again. */
export class MadeOnce<T> {
  readonly #make: () => Promise<T>;
  #made: Promise<T> | undefined;

  constructor(make: () => Promise<T>) {
    this.#make = make;
  }

  get(): Promise<T> {
    if (this.#made === undefined) {
      this.#made = this.#make();
      this.#made.catch(() => {
        this.#made = undefined;
      });
    }
    return this.#made;
  }

  /** What there is, without beginning to make it. */
  get present(): Promise<T> | undefined {
    return this.#made;
  }
}
