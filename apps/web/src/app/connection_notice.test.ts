import { describe, expect, it } from "vitest";
import type { ConnectionStatus } from "../engine/connection";
import { connectionNotice } from "./connection_notice";

const now = 100_000;

function notice(status: ConnectionStatus, change: { isOnline?: boolean; brokenFor?: number } = {}) {
  return connectionNotice({
    status,
    isOnline: change.isOnline ?? true,
    brokenSince: now - (change.brokenFor ?? 9_000),
    now,
  });
}

describe("the connection bar", () => {
  it("is silent while the connection is live, whatever the browser believes", () => {
    expect(notice({ connection: "live" }, { isOnline: false })).toEqual({ kind: "quiet" });
  });

  it("does not speak of what repairs itself at once", () => {
    expect(notice({ connection: "connecting" }, { brokenFor: 300 })).toEqual({ kind: "quiet" });
    expect(notice({ connection: "connecting" })).toEqual({ kind: "connecting" });
    expect(notice({ connection: "catching_up" })).toEqual({ kind: "catching_up" });
  });

  it("says at once that there is no network", () => {
    expect(notice({ connection: "closed" }, { isOnline: false, brokenFor: 0 })).toEqual({ kind: "offline" });
  });

  it("counts down to the next try, and promises none that is not planned", () => {
    expect(notice({ connection: "closed", retry_at: now + 4_200 })).toEqual({ kind: "waiting", seconds: 5 });
    expect(notice({ connection: "closed", retry_at: now - 1 })).toEqual({ kind: "unreachable" });
    expect(notice({ connection: "closed" })).toEqual({ kind: "unreachable" });
  });
});
