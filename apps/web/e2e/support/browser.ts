import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
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

export function startBrowser(options: readonly string[] = []): Promise<Browser> {
  const headless = process.env["SOTTO_E2E_HEADED"] === undefined;
  return chromium.launch({ executablePath, args: [...quiet, ...options], headless });
}

/** What one person's browser is set to, unless a test says otherwise. */
export const asUsual: BrowserContextOptions = { locale: "en-GB", viewport: wide, reducedMotion: "reduce" };
