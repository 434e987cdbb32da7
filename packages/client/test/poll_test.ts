// Property: where no WebSocket gets through, a client sends and receives over polls as it would over a stream: in order,
// everything, and nothing twice, also when answers are lost on the way.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "../src/client.ts";
import { openClient } from "../src/node/index.ts";
import { missing } from "./support/programs.ts";
import { TestServer } from "./support/server.ts";
import { StubbornProxy } from "./support/stubborn_proxy.ts";
import { nextEvent, password } from "./support/waiting.ts";

const lack = missing("wasm", "sottod");
const count = 12;

describe.skipIf(lack !== undefined)(`a client without a WebSocket${lack ? ` (skipped: ${lack})` : ""}`, () => {
  let server: TestServer;
  let proxy: StubbornProxy;
  let ada: Client;
  let bob: Client;

  const arrive = async (server: string, name: string) => {
    const client = await openClient({ server, file: ":memory:", key: randomBytes(32) });
    await client.ask("register_account", { name, password });
    return client;
  };
  const receivesAll = (client: Client, texts: readonly string[]) => {
    const received: string[] = [];
    client.listen((event) => {
      if (event.name === "message_received") received.push(event.body.message.text);
    });
    return nextEvent(client, "message_received", ({ message }) => message.text === texts.at(-1)).then(() => received);
  };
  const texts = (word: string) => Array.from({ length: count }, (_, index) => `${word} ${index}`);

  beforeAll(async () => {
    server = await TestServer.start();
    proxy = await StubbornProxy.before(server.url);
    ada = await arrive(proxy.url, "ada");
    bob = await arrive(server.url, "bob");
  });
  afterAll(async () => {
    await Promise.all([ada?.close(), bob?.close()]);
    proxy?.stop();
    await server?.stop();
  });

  it("was refused one, and polls", () => {
    expect(proxy.refused).toBeGreaterThan(0);
    expect(new Set(proxy.passed)).toEqual(new Set(["/api/v1/poll/open", "/api/v1/poll/send", "/api/v1/poll/receive"]));
  });

  it("sends and receives", async () => {
    const [there, back] = [texts("there"), texts("back")];
    const atBob = receivesAll(bob, there);
    for (const text of there) await ada.ask("send_text", { to: "bob", text });
    expect(await atBob).toEqual(there);
    const atAda = receivesAll(ada, back);
    for (const text of back) await bob.ask("send_text", { to: "ada", text });
    expect(await atAda).toEqual(back);
  });

  it("loses nothing and repeats nothing when answers are lost", async () => {
    proxy.losesOneOf = 3;
    const [there, back] = [texts("there again"), texts("back again")];
    const [atBob, atAda] = [receivesAll(bob, there), receivesAll(ada, back)];
    const sending = [
      ...there.map((text) => ada.ask("send_text", { to: "bob", text })),
      ...back.map((text) => bob.ask("send_text", { to: "ada", text })),
    ];
    await Promise.all(sending);
    expect(await atBob).toEqual(there);
    expect(await atAda).toEqual(back);
    expect(proxy.lost).toBeGreaterThan(1);
  });
});
