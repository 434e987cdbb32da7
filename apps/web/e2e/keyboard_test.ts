// Property: nobody needs a mouse: from the first page to a message that was sent, answered and reacted to, by keys alone.
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Person, password } from "./support/person.ts";
import { Stage } from "./support/stage.ts";
import type { Terminal } from "./support/terminal.ts";

/** More stops than any screen has. */
const mostStops = 60;

describe("a keyboard", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Terminal;

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.visitor("ada");
    bob = stage.server.terminal();
    await bob.run(["register", "bob"]);
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  const press = (key: string) => ada.page.keyboard.press(key);
  const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);
  const tabTo = async (target: Locator) => {
    await target.waitFor();
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await hasFocus(target)) return;
      await press("Tab");
    }
    throw new Error("The Tab key never came there.");
  };

  it("makes an account", async () => {
    await tabTo(ada.link(/^Create an account/));
    await press("Enter");
    await tabTo(ada.field("Name"));
    await ada.page.keyboard.type("ada");
    await press("Tab");
    await ada.page.keyboard.type(password);
    await press("Enter");
    await tabTo(ada.button("Later"));
    await press("Enter");
  });

  it("finds somebody and writes", async () => {
    await tabTo(ada.field("Name of a person"));
    await ada.page.keyboard.type("bob");
    await press("Enter");
    await tabTo(ada.composer());
    await ada.page.keyboard.type("By keys alone");
    await press("Enter");
    await ada.sees("By keys alone", "Sent");
  });

  it("edits, goes to a message and reacts", async () => {
    await press("ArrowUp");
    await ada.page.getByText("Edit message").waitFor();
    await press("End");
    await ada.page.keyboard.type("!");
    await press("Enter");
    await ada.sees("By keys alone!");
    await bob.run(["send", "ada", "Impressive"]);
    await ada.sees("Impressive");
    await press("Shift+Tab");
    for (let stop = 0; stop < mostStops && !(await hasFocus(ada.message("Impressive"))); stop += 1) {
      await press("Shift+Tab");
    }
    await press("+");
    await ada.page.getByPlaceholder("Search emoji").waitFor();
    await ada.page.keyboard.type("thumbs up");
    await ada.page
      .getByRole("gridcell", { name: /thumbs up/i })
      .first()
      .waitFor();
    await press("Enter");
    await ada
      .message("Impressive")
      .getByRole("button", { name: /, You\b/ })
      .waitFor();
  });

  it("opens the palette, and from there the settings", async () => {
    await press("Control+k");
    await ada.page.getByRole("combobox").waitFor();
    await ada.page.keyboard.type("storage");
    await press("Enter");
    await ada.heading("Storage").first().waitFor();
  });

  it("broke nothing", () => expect(stage.complaints()).toEqual([]));
});
