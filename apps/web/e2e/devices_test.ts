// Property: one account lives in browsers and on the command line alike: either takes the other in with its history, and
// what one backs up the other restores.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Person, password } from "./support/person.ts";
import { Stage } from "./support/stage.ts";
import type { Terminal } from "./support/terminal.ts";

interface BackupMade {
  readonly words: readonly string[];
  readonly first_asked: number;
  readonly second_asked: number;
}

describe("an account", () => {
  let stage: Stage;
  let ada: Person;
  let bob: Terminal;
  let words: readonly string[];
  let bobsWords: readonly string[];

  beforeAll(async () => {
    stage = await Stage.open();
    ada = await stage.person("ada");
    bob = stage.server.terminal();
    await bob.run(["register", "bob"]);
    await ada.writeTo("bob");
    await ada.send("Written in the browser");
    await ada.sees("Written in the browser", "Sent");
    await bob.run(["send", "ada", "Written in the terminal"]);
    await ada.sees("Written in the terminal");
    const making = bob.talk("--json", "backup", "create");
    const made = JSON.parse(await making.until(/^\{.*"words".*\}$/m)) as BackupMade;
    for (const position of [made.first_asked, made.second_asked]) making.type(made.words[position - 1] ?? "");
    await making.ended();
    bobsWords = made.words;
    await ada.page.goto("/settings/backup");
    await ada.button(/^Save a recovery key/).click();
    words = await ada.saveRecoveryKey();
    await ada.page.getByText("All messages are in it").first().waitFor();
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  const offerCode = async (newcomer: Person) => {
    await newcomer.link(/^Link this browser/).click();
    const field = newcomer.page.getByRole("group", { name: "Code to copy" });
    return (await field.innerText()).match(/sotto-link:\S+/)?.[0] ?? "";
  };
  const digitsShown = async (newcomer: Person) => {
    const label = await newcomer.page.getByRole("img", { name: /^The digits are/ }).getAttribute("aria-label");
    return (label ?? "").replace(/\D/g, "");
  };
  const takeIn = async (code: string) => {
    await ada.page.goto("/settings/devices");
    await ada.button("Link a device").click();
    const dialog = ada.dialog("Link a device");
    await dialog.getByRole("textbox", { name: "Or paste the code" }).fill(code);
    await dialog.getByRole("button", { name: "Go on" }).click();
    return ada.field("Six digits");
  };

  it("takes in a second browser by code and digits, with its history", async () => {
    const second = await stage.visitor("ada");
    const field = await takeIn(await offerCode(second));
    await field.fill(await digitsShown(second));
    await ada.page.getByText("The device is linked").first().waitFor();
    await second.button("To your conversations").click();
    await second.open("bob");
    await second.sees("Written in the terminal");
    await second.sees("Written in the browser");
    await second.send("From the second browser");
    await ada.page.goto("/");
    await ada.open("bob");
    await ada.sees("From the second browser");

    await ada.page.goto("/settings/appearance");
    await ada.page.getByRole("radio", { name: "Dark" }).check({ force: true });
    await second.page.waitForFunction(() => document.documentElement.dataset["theme"] === "dark");
  });

  it("takes in a terminal", async () => {
    const terminal = stage.server.terminal();
    const linking = terminal.talk("link");
    const field = await takeIn(await linking.until(/sotto-link:\S+/));
    await field.fill((await linking.until(/\d{3} \d{3}/)).replace(" ", ""));
    await linking.until(/belongs to ada/);
    const history = await terminal.run(["history", "bob"]);
    expect(JSON.stringify(history)).toContain("Written in the terminal");
  });

  it("is taken into by a terminal", async () => {
    const browser = await stage.visitor("bob");
    const code = await offerCode(browser);
    const adding = bob.talk("devices", "add", code);
    const digits = await digitsShown(browser);
    await adding.until(/Type the six digits/);
    adding.type(digits);
    await adding.until(/was added/);
    await browser.button("To your conversations").click();
    await browser.open("ada");
    await browser.sees("Written in the terminal");
    await browser.sees("Written in the browser");
  });

  it("is restored on a terminal from the backup that the browser made", async () => {
    const terminal = stage.server.terminal();
    await terminal.run(["backup", "restore", "ada"], { SOTTO_RECOVERY_KEY: words.join(" ") });
    expect(JSON.stringify(await terminal.run(["history", "bob"]))).toContain("Written in the terminal");
  });

  it("is restored in a browser from the backup that a terminal made", async () => {
    const browser = await stage.visitor("bob");
    await browser.link(/^Restore your account/).click();
    await browser.field("Name").fill("bob");
    await browser.page.getByLabel("Password", { exact: true }).fill(password);
    await browser.field("Recovery key").fill(bobsWords.join(" "));
    await browser.button("Restore").click();
    await browser.heading("Welcome back, bob").waitFor();
    await browser.button(/^(To your conversations|Go on)$/).click();
    await browser.page.goto("/");
    await browser.open("ada");
    await browser.sees("Written in the terminal");
  });

  it("had pages that complained about nothing", () => expect(stage.complaints()).toEqual([]));
});
