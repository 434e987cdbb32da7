// Property: two people get from nothing to a conversation with all that a message can do, each in a browser of its own.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "./support/browser.ts";
import { Person } from "./support/person.ts";
import { Server } from "./support/server.ts";

describe("two people", () => {
  let server: Server;
  let browser: Browser;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), startBrowser()]);
    ada = await Person.come(browser, server, "ada");
    bob = await Person.come(browser, server, "bob");
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  it("create accounts, one with a recovery key that is checked", async () => {
    await ada.createAccount();
    expect(await ada.saveRecoveryKey()).toHaveLength(24);
    await ada.heading("You are here").waitFor();
    await bob.register();
  });

  it("find each other by name, write and answer", async () => {
    await ada.field("Name of a person").fill("bob");
    await ada.button("Start the conversation").click();
    await ada.send("Hello Bob, this is Ada.");
    await bob.row("ada").waitFor();
    await bob.open("ada");
    await bob.sees("Hello Bob, this is Ada.");
    await bob.send("Hello Ada!");
    await ada.sees("Hello Ada!");
  });

  it("see what was read, and that somebody types", async () => {
    await ada.sees("Hello Bob, this is Ada.", "Read");
    await bob.composer().pressSequentially("I am about to say");
    await ada.page.getByText("bob is typing").first().waitFor();
    await bob.composer().fill("");
  });

  it("reply, react, edit and delete for everyone", async () => {
    await bob.message("Hello Bob, this is Ada.").hover();
    await bob.message("Hello Bob, this is Ada.").getByRole("button", { name: "React" }).click();
    await bob.page
      .getByRole("group", { name: "Quick reactions" })
      .getByRole("button", { name: "React with 👍" })
      .click();
    await ada
      .message("Hello Bob, this is Ada.")
      .getByRole("button", { name: /^👍, bob/ })
      .waitFor();

    await bob.choose("Hello Bob, this is Ada.", "Reply");
    await bob.page.getByText("Reply to ada").waitFor();
    await bob.send("An answer to that");
    await ada
      .message("An answer to that")
      .getByRole("button", { name: /Ada|you/i })
      .first()
      .waitFor();

    await bob.choose("An answer to that", "Edit");
    await bob.composer().fill("A better answer");
    await bob.button("Save change").click();
    await ada.sees("A better answer");
    await ada.message("A better answer").getByRole("button", { name: "edited" }).waitFor();

    await bob.choose("A better answer", "Delete for everyone");
    await bob
      .dialog(/^Delete this message for everyone/)
      .getByRole("button", { name: "Delete for everyone" })
      .click();
    await ada.message("This message was deleted", "bob").waitFor();
    expect(await ada.page.getByText("A better answer").count()).toBe(0);
  });

  it("have pages that complained about nothing", () => {
    expect([...ada.complaints, ...bob.complaints]).toEqual([]);
  });
});
