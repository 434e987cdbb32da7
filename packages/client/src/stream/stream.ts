import type { StreamEnd } from "../engine/engine_module.ts";

/** Hears what happens on a stream; `closed` is the last, and comes exactly once. */
export interface StreamHandler {
  opened(): void;
  frame(frame: Uint8Array<ArrayBuffer>): void;
  closed(end: StreamEnd): void;
}

/** One connection to the server, opening or open. It never reconnects: the engine decides that. */
export interface Stream {
  /** False, and nothing sent, if it is not open or more waits than a server would take. */
  send(frame: Uint8Array<ArrayBuffer>): boolean;
  close(): void;
}

/** What waits to be sent on one stream, at most. */
export const mostQueuedOctets = 1024 * 1024;

/** What the code says with which a server closed a stream. */
export function endOfCode(code: number): StreamEnd {
  const goingAway = 1001;
  const unauthenticated = 4401;
  if (code === goingAway) return "server_going_away";
  return code === unauthenticated ? "unauthenticated" : "lost";
}

export type OpenStream = (handler: StreamHandler) => Stream;
