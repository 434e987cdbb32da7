import type { BrowserClient, LockedHome } from "@sotto/client";
import { describe, expect, it, vi } from "vitest";
import { browserProblem } from "./browser_check";
import { StartUpModel, startFailure } from "./start_up_model";

const client = { close: async () => undefined } as unknown as BrowserClient;
const check = () => null;

function coded(code: string): Error {
  return Object.assign(new Error("no"), { code });
}

describe("starting the app", () => {
  it("ends with the client when the home opens", async () => {
    const model = new StartUpModel({ open: async () => client, check });
    model.start();
    expect(model.state().kind).toBe("starting");
    await vi.waitFor(() => expect(model.state()).toEqual({ kind: "ready", client }));
  });

  it("asks for what opens a locked home, and goes on when it is open", async () => {
    let finish: (opened: BrowserClient) => void = () => undefined;
    const home = { kind: "passphrase" } as LockedHome;
    const model = new StartUpModel({
      check,
      open: ({ onLocked }) => {
        onLocked?.(home);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    model.start();
    expect(model.state()).toEqual({ kind: "locked", home });
    finish(client);
    await vi.waitFor(() => expect(model.state().kind).toBe("ready"));
  });

  it("opens nothing in a browser that cannot", () => {
    const open = vi.fn();
    const model = new StartUpModel({ open, check: () => ({ kind: "insecure" }) });
    model.start();
    expect(model.state()).toEqual({ kind: "problem", problem: { kind: "insecure" } });
    expect(open).not.toHaveBeenCalled();
  });

  it("closes a client that opens after it was started anew", async () => {
    const late = { close: vi.fn(async () => undefined) } as unknown as BrowserClient;
    const opened: ((one: BrowserClient) => void)[] = [];
    const model = new StartUpModel({ check, open: () => new Promise((resolve) => opened.push(resolve)) });
    model.start();
    model.start();
    opened[0]?.(late);
    opened[1]?.(client);
    await vi.waitFor(() => expect(model.state()).toEqual({ kind: "ready", client }));
    expect(late.close).toHaveBeenCalledOnce();
  });
});

describe("why a home does not open", () => {
  it("is sorted by what a person can do about it", () => {
    expect(startFailure(coded("busy")).why).toBe("busy");
    expect(startFailure(coded("newer_version")).why).toBe("damaged");
    expect(startFailure(coded("storage_failed")).why).toBe("storage_refused");
    expect(startFailure(new DOMException("no", "SecurityError")).why).toBe("storage_refused");
    expect(startFailure(new Error("what")).why).toBe("failed");
  });
});

describe("what a browser lacks", () => {
  it("is named, and an insecure page is told apart from an old browser", () => {
    expect(browserProblem({ isSecureContext: false } as typeof globalThis)).toEqual({ kind: "insecure" });
    const problem = browserProblem({ isSecureContext: true, WebAssembly: {} } as unknown as typeof globalThis);
    expect(problem?.kind).toBe("unsupported");
    expect(problem?.kind === "unsupported" && problem.missing).not.toContain("WebAssembly");
    expect(problem?.kind === "unsupported" && problem.missing).toContain("Web Locks");
  });
});
