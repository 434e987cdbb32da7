// Property: in a browser the engine lives in one tab's worker on the origin's private files, serves every tab, and
// moves to another tab when its own is closed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageWithClient, Site } from "./support/browser.ts";
import { missing } from "./support/programs.ts";
import { CommandLine } from "./support/server.ts";
import { password } from "./support/waiting.ts";

const lack = missing("wasm", "chromium", "sotto", "sottod");

describe.skipIf(lack !== undefined)(`clients in Chromium${lack ? ` (skipped: ${lack})` : ""}`, () => {
  let site: Site;
  let bob: CommandLine;

  beforeAll(async () => {
    site = await Site.start("examples/page");
    bob = new CommandLine(site.server.url);
    await bob.run("register", "bob");
  });
  afterAll(async () => {
    bob?.remove();
    await site?.stop();
  });

  it("share one home between tabs, and hand it on", async () => {
    const profile = await site.profile();
    const first = await site.tab(profile);
    const name = "ada";
    await first.evaluate(
      ([name, password]) =>
        (globalThis as PageWithClient).client.ask("register_account", { name: name ?? "", password: password ?? "" }),
      [name, password],
    );
    const second = await site.tab(profile);
    const identity = () => (globalThis as PageWithClient).client.ask("who_am_i", {});
    expect(await second.evaluate(identity)).toMatchObject({ state: "logged_in", name });

    await bob.run("send", "ada", "to both tabs");
    for (const tab of [first, second]) await tab.getByText("to both tabs").waitFor();

    await first.close();
    expect(await second.evaluate(identity)).toMatchObject({ state: "logged_in", name });
    await second.evaluate(() =>
      (globalThis as PageWithClient).client.ask("send_text", { to: "bob", text: "from the second tab" }),
    );
    const [line] = await bob.run("listen", "--count", "1", "--timeout", "30");
    expect(line).toMatchObject({ sender: "ada", text: "from the second tab" });
    await profile.close();
  });

  it("take a home over also when its files are held for longer than anybody waits", async () => {
    const profile = await site.profile();
    const first = await site.tab(profile);
    const second = await site.tab(profile);
    await second.evaluate(holdFilesFor, { milliseconds: 12_000 });
    await first.close();
    const isOpen = () =>
      second.evaluate(() =>
        (globalThis as PageWithClient).client.ask("who_am_i", {}).then(
          () => true,
          () => false,
        ),
      );
    expect(await isOpen(), "its files are held").toBe(false);
    await expect.poll(isOpen, { timeout: 60_000, interval: 500 }).toBe(true);
    await profile.close();
  });
});

/** In a page: opens a file among those of the home, so that nobody else can open them all, and lets go of it later. */
async function holdFilesFor({ milliseconds }: { milliseconds: number }): Promise<void> {
  const source = `
    const root = await navigator.storage.getDirectory();
    const pool = await (await root.getDirectoryHandle("sotto-home")).getDirectoryHandle(".opaque");
    const file = await (await pool.getFileHandle("held", { create: true })).createSyncAccessHandle();
    setTimeout(() => file.close(), ${milliseconds});
    postMessage("held");`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });
  await new Promise((resolve) => {
    worker.onmessage = resolve;
  });
}
