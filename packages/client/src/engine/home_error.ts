/** In the order of `client::OpenError`; the last ones are the browser's. */
export const homeErrorCodes = ["wrong_key", "newer_version", "damaged", "busy", "storage_failed", "locked"] as const;
export type HomeErrorCode = (typeof homeErrorCodes)[number];

/** The home cannot be opened; nothing was changed. */
export class HomeError extends Error {
  readonly code: HomeErrorCode;
  constructor(code: HomeErrorCode, text: string) {
    super(text);
    this.name = "HomeError";
    this.code = code;
  }
}
