import type { ConnectionStatus } from "../engine/connection";

/** What the connection bar says. `quiet`: nothing, because all is well or not worth a word yet. */
export type ConnectionNotice =
  | { readonly kind: "quiet" }
  | { readonly kind: "offline" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "waiting"; readonly seconds: number }
  | { readonly kind: "connecting" }
  | { readonly kind: "catching_up" };

export interface ConnectionFacts {
  readonly status: ConnectionStatus;
  /** What the browser says of its network. Trusted only when it says that there is none. */
  readonly isOnline: boolean;
  /** Since when the connection is not live, and what the clock shows now. */
  readonly brokenSince: number;
  readonly now: number;
}

/** A connection that comes back within this is not spoken of. */
const graceMs = 1_500;

/** Chooses the words for how the connection stands. Never says that all is well when it is not known to be. */
export function connectionNotice({ status, isOnline, brokenSince, now }: ConnectionFacts): ConnectionNotice {
  if (status.connection === "live") return { kind: "quiet" };
  if (!isOnline) return { kind: "offline" };
  if (now - brokenSince < graceMs) return { kind: "quiet" };
  switch (status.connection) {
    case "catching_up":
      return { kind: "catching_up" };
    case "connecting":
      return { kind: "connecting" };
    case "closed": {
      const seconds = Math.ceil(((status.retry_at ?? 0) - now) / 1_000);
      return seconds > 0 ? { kind: "waiting", seconds } : { kind: "unreachable" };
    }
  }
}
