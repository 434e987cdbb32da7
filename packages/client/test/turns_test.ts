// Property: frames that wait are handed to the engine together, 64 at most; a command does not wait behind all of them,
// and commands do not keep them waiting either.
import { expect, it, vi } from "vitest";
import type { Effects, EngineModule } from "../src/engine/engine_module.ts";
import { EngineHost } from "../src/host/engine_host.ts";
import type { StreamHandler } from "../src/stream/stream.ts";

const nothing: Effects = { stream: "open", wakeAt: undefined, frames: [], events: [] };

/** A host over an engine that notes what it is given, with an open stream. */
async function hostWithStream() {
  const taken: string[] = [];
  const take = (what: string): Effects => {
    taken.push(what);
    return nothing;
  };
  const engine = {
    tick: () => nothing,
    streamOpened: () => nothing,
    frames: (frames: readonly Uint8Array[]) => take(`${frames.length} frames`),
    command: () => take("command"),
    close: () => undefined,
  } as unknown as EngineModule;
  const handlers: StreamHandler[] = [];
  const host = new EngineHost({
    engine,
    openStream: (handler) => {
      handlers.push(handler);
      return { send: () => true, close: () => undefined };
    },
  });
  await vi.waitFor(() => expect(handlers).toHaveLength(1));
  return { host, taken, receive: () => handlers[0]?.frame(new Uint8Array(1)) };
}

it("takes commands and frames in turn", async () => {
  const { host, taken, receive } = await hostWithStream();
  for (let count = 0; count < 200; count += 1) receive();
  // The engine here answers nothing; the end of the host does.
  for (let count = 0; count < 3; count += 1) host.ask("who_am_i", {}).catch(() => undefined);
  await vi.waitFor(() => expect(taken).toHaveLength(7));
  host.close();
  expect(taken).toEqual(["command", "64 frames", "command", "64 frames", "command", "64 frames", "8 frames"]);
});
