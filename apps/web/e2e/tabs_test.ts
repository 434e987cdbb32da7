// Property: all tabs of a profile share one engine, which outlives the tab it began in; and a page is there again at once
// from what the browser holds, whether or not there is a network.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "./support/person.ts";
import { Stage } from "./support/stage.ts";
import type { Terminal } from "./support/terminal.ts";

describe("the tabs of a browser", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Terminal;
  let second: Page;

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.person("ada", { isWired: true });
    bob = stage.server.terminal();
    await bob.run(["register", "bob"]);
    await bob.run(["send", "ada", "For all tabs"]);
    await ada.open("bob");
    await ada.sees("For all tabs");
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  const inTab = (page: Page, text: string) => page.getByRole("feed").getByRole("article", { name: new RegExp(text) });

  it("show the same", async () => {
    second = await ada.tab(new URL(ada.page.url()).pathname);
    await inTab(second, "For all tabs").waitFor();
    await second.getByRole("textbox", { name: /^Message to/ }).fill("From the second tab");
    await second.getByRole("button", { name: "Send", exact: true }).click();
    await inTab(ada.page, "From the second tab").waitFor();
    await ada.send("From the first tab");
    await inTab(second, "From the first tab").waitFor();
  });

  it("go on when the first is closed", async () => {
    await ada.page.close();
    ada.page = second;
    await ada.send("Still here");
    await ada.sees("Still here", "Sent");
    await bob.run(["send", "ada", "To the one that is left"]);
    await ada.sees("To the one that is left");
  });

  it("are there again without a network, and take what is written", async () => {
    // The app's own files are kept for later when it was opened for the first time.
    await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await ada.page.waitForFunction(() => navigator.serviceWorker.controller !== null || location.reload());
    await ada.loseNetwork();
    await ada.page.reload();
    await ada.sees("To the one that is left");
    await ada.send("Written without a network");
    await ada.sees("Written without a network", "Waiting to be sent");
    await ada.findNetwork();
    await ada.sees("Written without a network", "Sent");
  });

  it("had nothing to complain about", () => expect(stage.complaints()).toEqual([]));
});
