// Property: a locked home opens with its passphrase or passkey alone, says so before, and an erased one is gone.
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageWithSotto, Site } from "./support/browser.ts";
import { missing } from "./support/programs.ts";
import { password } from "./support/waiting.ts";

const lack = missing("wasm", "chromium", "sottod");
const passphrase = "a passphrase of several words";

/** Runs in the page: opens the home, or finds it locked. */
async function open(): Promise<string> {
  const page = globalThis as PageWithSotto;
  let tellLocked: (how: string) => void = () => {};
  const locked = new Promise<string>((resolve) => {
    tellLocked = resolve;
  });
  const opened = page.sotto.openClient({
    server: page.server,
    onLocked: (home) => {
      page.locked = home;
      tellLocked(`locked by a ${home.kind}`);
    },
  });
  return Promise.race([
    locked,
    opened.then((client) => {
      page.client = client;
      return "open";
    }),
  ]);
}

/** Runs in the page. */
async function unlock(words: string): Promise<string> {
  const { locked } = globalThis as PageWithSotto;
  return (
    (words === "" ? locked?.unlockWithPasskey() : locked?.unlock(words))?.then(
      () => "unlocked",
      (reason: Error) => reason.name,
    ) ?? "was not locked"
  );
}

const identity = () => (globalThis as PageWithSotto).client.ask("who_am_i", {});
const lockKind = () => (globalThis as PageWithSotto).client.lock.kind;

describe.skipIf(lack !== undefined)(`the lock of a home${lack ? ` (skipped: ${lack})` : ""}`, () => {
  let site: Site;
  let profile: BrowserContext;
  let page: Page;

  const reopened = async () => {
    await page.close();
    page = await site.tab(profile);
    return page.evaluate(open);
  };

  beforeAll(async () => {
    site = await Site.start("test/page");
    profile = await site.profile();
    page = await site.tab(profile);
    expect(await page.evaluate(open)).toBe("open");
    await page.evaluate(
      ([name = "", words = ""]) =>
        (globalThis as PageWithSotto).client.ask("register_account", { name, password: words }),
      ["ada", password],
    );
  });
  afterAll(async () => {
    await profile?.close();
    await site?.stop();
  });

  it("opens with the passphrase alone", async () => {
    expect(await page.evaluate(lockKind)).toBe("none");
    await page.evaluate((words) => (globalThis as PageWithSotto).client.lock.setPassphrase(words), passphrase);
    expect(await page.evaluate(lockKind)).toBe("passphrase");
    expect(await reopened()).toBe("locked by a passphrase");
    expect(await page.evaluate(unlock, "not these words")).toBe("LockRefused");
    expect(await page.evaluate(unlock, passphrase)).toBe("unlocked");
    await page.evaluate(() => (globalThis as PageWithSotto).locked);
    const again = await site.tab(profile);
    expect(await again.evaluate(open)).toBe("open");
    expect(await again.evaluate(identity)).toMatchObject({ name: "ada" });
    await again.close();
  });

  it("is changed by who can open it", async () => {
    expect(await reopened()).toBe("locked by a passphrase");
    await page.evaluate(unlock, passphrase);
    expect(await page.evaluate(open)).toBe("open");
    const remove = (words: string) =>
      (globalThis as PageWithSotto).client.lock.remove(words).then(
        () => "removed",
        (reason: Error) => reason.name,
      );
    expect(await page.evaluate(remove, "not these words")).toBe("LockRefused");
    expect(await page.evaluate(remove, passphrase)).toBe("removed");
    expect(await reopened()).toBe("open");
  });

  it("opens with the passkey alone", async () => {
    await withAuthenticator(profile, page);
    await page.evaluate(() => (globalThis as PageWithSotto).client.lock.setPasskey());
    expect(await page.evaluate(lockKind)).toBe("passkey");
    await page.evaluate(() => (globalThis as PageWithSotto).client.close());
    expect(await page.evaluate(open)).toBe("locked by a passkey");
    expect(await page.evaluate(unlock, passphrase)).toBe("LockRefused");
    expect(await page.evaluate(unlock, "")).toBe("unlocked");
    expect(await page.evaluate(open)).toBe("open");
    await page.evaluate(() => (globalThis as PageWithSotto).client.lock.remove());
  });

  it("leaves nothing when it is erased", async () => {
    await page.evaluate(() => (globalThis as PageWithSotto).sotto.eraseHome());
    const left = await page.evaluate(async () => {
      const names: string[] = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
      return [...names, ...(await indexedDB.databases()).map(({ name }) => name)];
    });
    expect(left).toEqual([]);
    expect(await page.evaluate(open)).toBe("open");
    expect(await page.evaluate(identity)).toMatchObject({ state: "empty" });
  });
});

/** An authenticator that says yes at once. */
async function withAuthenticator(profile: BrowserContext, page: Page): Promise<void> {
  const devtools = await profile.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
      automaticPresenceSimulation: true,
    },
  });
}
