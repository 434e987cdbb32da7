// Property: what a client in Node seals the native command line opens, and the reverse, in direct conversations and in
// groups, and a home in a file is there again.
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Opened } from "../src/generated/engine.ts";
import { openClient } from "../src/node/index.ts";
import { missing } from "./support/programs.ts";
import { CommandLine, TestServer, temporaryFolder } from "./support/server.ts";
import { nextEvent, password, receivedText } from "./support/waiting.ts";

const lack = missing("wasm", "sotto", "sottod");

describe.skipIf(lack !== undefined)(`a client in Node and the command line${lack ? ` (skipped: ${lack})` : ""}`, () => {
  let server: TestServer;
  let bob: CommandLine;

  beforeAll(async () => {
    server = await TestServer.start();
    bob = new CommandLine(server.url);
    await bob.run("register", "bob");
  });
  afterAll(async () => {
    bob?.remove();
    await server?.stop();
  });

  const inMemory = async (name: string) => {
    const client = await openClient({ server: server.url, file: ":memory:", key: randomBytes(32) });
    await client.ask("register_account", { name, password });
    return client;
  };

  it("write to one another", async () => {
    const ada = await inMemory("ada");
    await bob.run("send", "ada", "Grüße vom Terminal 🙂");
    await receivedText(ada, "Grüße vom Terminal 🙂");
    await ada.ask("send_text", { to: "bob", text: "Greetings from Node" });
    await nextEvent(ada, "message_state_changed", (body) => body.message.state === "sent");
    const [line] = await bob.run("listen", "--count", "1", "--timeout", "30");
    expect(line).toMatchObject({ sender: "ada", text: "Greetings from Node", state: "received" });
    await ada.close();
  });

  it("are in one group", async () => {
    const eve = await inMemory("eve");
    const rpc = bob.rpc();
    const opened = await rpc.call("create_group", { name: "Team", members: ["eve"] });
    const { conversation } = (opened as Opened).conversation;
    const first = receivedText(eve, "to all of us");
    await rpc.call("send_text", { conversation, text: "to all of us" });
    await first;
    // It may come before the key that opens it.
    const second = rpc.next(
      ["message_received", "message_changed"],
      ({ message }: { message: { text: string } }) => message.text === "and back",
    );
    await eve.ask("send_text", { conversation, text: "and back" });
    expect(await second).toMatchObject({ message: { sender_name: "eve", conversation } });
    await rpc.end();
    await eve.close();
  });

  it("keeps a home in a file", async () => {
    const folder = temporaryFolder();
    const options = { server: server.url, file: join(folder, "home.sqlite"), key: randomBytes(32) };
    const first = await openClient({ ...options, key: options.key });
    await first.ask("register_account", { name: "carol", password });
    await first.close();
    const second = await openClient(options);
    expect(await second.ask("who_am_i", {})).toMatchObject({ state: "logged_in", name: "carol" });
    await second.close();
    await expect(openClient({ ...options, key: randomBytes(32) })).rejects.toMatchObject({ code: "wrong_key" });
    rmSync(folder, { recursive: true });
  });

  it("says why a command failed", async () => {
    const dan = await inMemory("dan");
    await expect(dan.ask("send_text", { to: "nobody.here", text: "?" })).rejects.toMatchObject({
      error: { code: "unknown_account" },
    });
    await expect(dan.ask("send_text", { to: 7 } as never)).rejects.toMatchObject({ error: { code: "bad_command" } });
    const left = dan.ask("list_devices", { name: "bob" });
    await dan.close();
    await expect(left).rejects.toMatchObject({ name: "ClientGone" });
    await expect(dan.ask("who_am_i", {})).rejects.toMatchObject({ name: "ClientGone" });
  });
});
