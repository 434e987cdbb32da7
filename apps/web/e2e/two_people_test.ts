// Property: two people get from nothing to a conversation with all that a message can do, each in a browser of its own.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";

describe("two people", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.visitor("ada");
    bob = await stage.visitor("bob");
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

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

  it("react and reply", async () => {
    const greeting = bob.message("Hello Bob, this is Ada.");
    await greeting.hover();
    await greeting.getByRole("button", { name: "React" }).click();
    await bob.button("React with 👍").click();
    await ada
      .message("Hello Bob, this is Ada.")
      .getByRole("button", { name: /^👍, bob/ })
      .waitFor();

    await bob.choose("Hello Bob, this is Ada.", "Reply");
    await bob.page.getByText("Reply to ada").waitFor();
    await bob.send("An answer to that");
    await ada.sees("An answer to that");
    await ada.message("An answer to that").getByText("Hello Bob, this is Ada.").waitFor();
  });

  it("answer in a thread, whose first message says how many did", async () => {
    const threadOf = (person: Person) => person.page.getByRole("region", { name: "Thread" });
    await bob.choose("Hello Bob, this is Ada.", "Open thread");
    await threadOf(bob)
      .getByRole("textbox", { name: /^Message to/ })
      .fill("An aside");
    await threadOf(bob).getByRole("button", { name: "Send", exact: true }).click();
    await threadOf(bob)
      .getByRole("article", { name: /An aside/ })
      .waitFor();
    await threadOf(bob).getByRole("button", { name: "Close", exact: true }).click();
    await ada.message("Hello Bob, this is Ada.").getByRole("button", { name: "1 reply" }).click();
    await threadOf(ada)
      .getByRole("article", { name: /An aside/ })
      .waitFor();
    await threadOf(ada).getByRole("button", { name: "Close", exact: true }).click();
    await bob.message("Hello Bob, this is Ada.").getByRole("button", { name: "1 reply" }).waitFor();
  });

  it("edit and delete for everyone", async () => {
    await bob.choose("An answer to that", "Edit");
    await bob.composer().fill("A better answer");
    await bob.button("Save change").click();
    await ada.message("A better answer").getByRole("button", { name: "edited" }).waitFor();

    await bob.choose("A better answer", "Delete for everyone");
    const question = bob.dialog(/^Delete this message for everyone/);
    await question.getByRole("button", { name: "Delete for everyone" }).click();
    await ada.message("This message was deleted", "bob").waitFor();
    await ada.page.getByText("A better answer").first().waitFor({ state: "detached" });
  });

  it("verify each other by the digits that both see", async () => {
    const digits: string[] = [];
    for (const [reader, other] of [
      [ada, "bob"],
      [bob, "ada"],
    ] as const) {
      await reader.page.goto(`/verify/${other}`);
      const groups = reader.page.getByRole("list", { name: /^Safety number/ }).getByRole("listitem");
      await groups.first().waitFor();
      digits.push((await groups.allInnerTexts()).join(" "));
    }
    expect(digits[0]).toMatch(/^(\d{5} ?){12}$/);
    expect(digits[1]).toBe(digits[0]);
    await ada.button("They are the same").click();
    await ada.page.getByRole("status").getByText("Verified", { exact: true }).waitFor();
    await ada.open("bob");
    await ada.page.getByRole("img", { name: "Verified" }).waitFor();
  });

  it("delete the conversation on one side, where it begins anew with the next message", async () => {
    await ada.chooseHere(/^Delete/);
    await ada.dialog("Delete this conversation?").getByRole("button", { name: "Delete" }).click();
    await ada.row("bob").waitFor({ state: "detached" });
    await bob.open("ada");
    await bob.sees("Hello Ada!");
    await bob.send("Are you still there?");
    await ada.open("bob");
    await ada.sees("Are you still there?");
    expect(await ada.messages().count()).toBe(1);
    await ada.page.reload();
    await ada.sees("Are you still there?");
    expect(await ada.messages().count()).toBe(1);
  });

  it("have pages that complained about nothing", () => expect(stage.complaints()).toEqual([]));
});
