import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";
import { chromium as executablePath } from "../../../../packages/client/test/support/programs.ts";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const wide = { width: 1280, height: 800 } as const;
export const narrow = { width: 390, height: 844 } as const;

const headless = process.env["SOTTO_E2E_HEADED"] === undefined;

export function startBrowser(options: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...quiet, ...options], headless });
}

/**
 * A browser of its own that keeps its profile in a folder, as a person's does. The contexts of `startBrowser` keep
 * theirs in the memory of another process, and every access to a file there is a call to that one.
 */
export function startProfile(folder: string, options: BrowserContextOptions): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { executablePath, args: quiet, headless, ...options });
}

/** What one person's browser is set to, unless a test says otherwise. */
export const asUsual: BrowserContextOptions = { locale: "en-GB", viewport: wide, reducedMotion: "reduce" };
