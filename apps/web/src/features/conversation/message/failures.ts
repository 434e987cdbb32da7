import type { ClientErrorCode } from "@sotto/client";

// Why a message is not sent comes with the event; the line itself has it in English only.
const failures = new Map<string, ClientErrorCode>();
const mostKnown = 1_000;

export function noteFailure(message: string, code: ClientErrorCode): void {
  failures.delete(message);
  if (code === "none") return;
  if (failures.size >= mostKnown) failures.delete(failures.keys().next().value ?? "");
  failures.set(message, code);
}

/** Undefined if this program was not there when it happened. */
export function failureOf(message: string): ClientErrorCode | undefined {
  return failures.get(message);
}
