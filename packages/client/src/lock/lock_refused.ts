/** The lock does not open with this, or cannot be set to that. */
export class LockRefused extends Error {
  constructor(text: string) {
    super(text);
    this.name = "LockRefused";
  }
}
