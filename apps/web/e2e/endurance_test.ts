// Property: what is written without a connection is sent later in its order, a server that dies loses nothing, messages
// disappear when they should, and a thousand that come at once arrive.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";
import type { Terminal } from "./support/terminal.ts";

const flood = 1_000;

describe("a conversation", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Person;
  let carol: Terminal;

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.person("ada", { isWired: true });
    bob = await stage.person("bob");
    carol = stage.server.terminal();
    await carol.run(["register", "carol"]);
    await ada.writeTo("bob");
    await ada.send("Before anything happens");
    await bob.open("ada");
    await bob.sees("Before anything happens");
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  const said = async (person: Person, words: RegExp) => {
    const names = await person.messages().evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
    return names.map((name) => words.exec(name)?.[0]).filter((found) => found !== undefined);
  };

  it("shows a message that is to disappear in a while", async () => {
    await ada.button("More ways to send").click();
    await ada.menuItem(/^This message disappears/).click();
    await ada.page.getByRole("radio", { name: "30 seconds" }).check({ force: true });
    await ada.button("Save").click();
    await ada.send("Gone in a moment");
    await bob.sees("Gone in a moment");
  });

  it("takes what is written offline, and sends it in order afterwards", async () => {
    await ada.loseNetwork();
    await ada.page
      .getByText(/^You are offline/)
      .first()
      .waitFor();
    for (const word of ["one", "two", "three"]) await ada.send(`offline ${word}`);
    await ada.sees("offline three", "Waiting to be sent");
    await ada.findNetwork();
    await bob.sees("offline three");
    expect(await said(bob, /offline \w+/)).toEqual(["offline one", "offline two", "offline three"]);
    await ada.sees("offline three", "Read");
  });

  it("survives a server that is killed and comes back", async () => {
    await stage.server.end("SIGKILL");
    await ada.page
      .getByText(/server cannot be reached/)
      .first()
      .waitFor();
    await ada.send("while it was away");
    await ada.sees("while it was away", "Waiting to be sent");
    await stage.server.run();
    await ada
      .button("Retry now")
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await bob.sees("while it was away");
  });

  it("shows it no more on either side", async () => {
    for (const person of [ada, bob])
      await person.message("Gone in a moment").waitFor({ state: "detached", timeout: 60_000 });
  });

  it("tells both sides of a time after which everything disappears", async () => {
    await ada.chooseHere(/^Disappearing messages/);
    await ada.page.getByRole("radio", { name: "1 hour" }).check({ force: true });
    await ada.button("Save").click();
    await bob.page.getByText("ada set messages to disappear after 1 hour").first().waitFor();
  });

  it("takes in a thousand messages from the command line, and shows the newest", async () => {
    const rpc = carol.rpc();
    for (let n = 1; n < flood; n += 1) await rpc.call("send_text", { to: "ada", text: `number ${n}` });
    await rpc.call("send_text", { to: "ada", text: "the last of them" });
    await ada.row("carol").waitFor();
    await ada.row("carol").filter({ hasText: "the last of them" }).waitFor();
    await ada.open("carol");
    await ada.page.keyboard.press("End");
    await ada.page
      .getByRole("button", { name: /^Jump to .*new/ })
      .click({ timeout: 3_000 })
      .catch(() => undefined);
    await ada.sees("the last of them");
    const answer = rpc.next(["message_received"], ({ message }: { message: { text: string } }) => {
      return message.text === "all of them are here";
    });
    await ada.send("all of them are here");
    await answer;
    await rpc.end();
  });

  it("had pages that complained about nothing", () => expect(stage.complaints()).toEqual([]));
});
