// Property: whoever was verified and then begins anew is not written to until that was decided; who was not verified is
// spoken of mildly.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";
import type { Terminal } from "./support/terminal.ts";

describe("an identity that changes", () => {
  let stage: Stage;
  let ada: Person;
  let eve: Person;
  let bob: Terminal;

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.person("ada");
    eve = await stage.person("eve");
    bob = stage.server.terminal();
    await bob.run(["register", "bob"]);
    for (const person of [ada, eve]) {
      await person.writeTo("bob");
      await person.send("Are you still you?");
      await person.sees("Are you still you?", "Sent");
    }
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  it("was verified by the digits that both sides see", async () => {
    await ada.chooseHere(/^Verify/);
    const groups = ada.page.getByRole("list", { name: /^Safety number/ }).getByRole("listitem");
    await groups.first().waitFor();
    const digits = (await groups.allInnerTexts()).join("");
    const [number] = await bob.run(["verify", "ada"]);
    expect(String(number?.["digits"]).replace(/\D/g, "")).toBe(digits.replace(/\D/g, ""));
    await ada.button("They are the same").click();
    await ada.page.getByRole("status").getByText("Verified", { exact: true }).waitFor();
  });

  it("is noticed: sending stops for who had verified it, and goes on for who had not", async () => {
    const anew = stage.server.terminal();
    await anew.run(["reset", "bob", "--yes"]);
    await anew.run(["send", "ada", "It is me, anew"]);
    await anew.run(["send", "eve", "It is me, anew"]);
    await ada.open("bob");
    await ada.page.getByText("The identity of bob has changed").first().waitFor();
    await eve.page
      .getByText(/The identity of bob has changed/)
      .first()
      .waitFor();
    await eve.send("Good to see you");
    await eve.sees("Good to see you", "Sent");
    await ada.composer().waitFor({ state: "detached" });
  });

  it("is written to again after the verification was withdrawn", async () => {
    await ada.button("Withdraw verification").first().click();
    await ada.dialog("Write without verification?").getByRole("button", { name: "Withdraw verification" }).click();
    await ada.send("Unverified, then");
    await ada.sees("Unverified, then", "Sent");
  });

  it("made no page complain", () => expect(stage.complaints()).toEqual([]));
});
