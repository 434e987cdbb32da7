// Property: behind a network that lets no WebSocket through, a browser sends and receives all the same, and takes the
// WebSocket again when there is one.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";
import type { Wire } from "./support/wire.ts";

describe("a browser behind a network without WebSockets", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Person;
  let wire: Wire;

  beforeAll(async () => {
    stage = await Stage.open();
    bob = await stage.person("bob");
    ada = await stage.visitor("ada", { isWired: true });
    if (ada.wire === undefined) throw new Error("There is no wire.");
    wire = ada.wire;
    wire.refuseStreams();
    await ada.register();
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  it("sends and receives", async () => {
    await ada.writeTo("bob");
    await ada.send("Through the firewall");
    await ada.sees("Through the firewall", "Sent");
    await bob.open("ada");
    await bob.sees("Through the firewall");
    await bob.send("And back");
    await ada.sees("And back");
    await ada.sees("Through the firewall", "Read");
    expect(wire.streams.asked).toBeGreaterThan(0);
    expect(wire.streams.passed).toBe(0);
  });

  it("opens again, and still has everything", async () => {
    await ada.page.reload();
    await ada.sees("And back");
    await bob.send("While you were away");
    await ada.sees("While you were away");
    expect(wire.streams.passed).toBe(0);
  });

  it("takes a WebSocket when one gets through", async () => {
    wire.letStreamsPass();
    await expect.poll(() => wire.streams.passed, { timeout: 120_000, interval: 250 }).toBeGreaterThan(0);
    await bob.send("Over the WebSocket");
    await ada.sees("Over the WebSocket");
    await ada.send("Me too");
    await bob.sees("Me too");
  });

  it("made no page complain", () => expect(stage.complaints()).toEqual([]));
});
