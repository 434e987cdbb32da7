import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium as chromiumOf, type Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import type { BrowserClient } from "../../src/index.ts";
import { chromium, program } from "./programs.ts";
import { freePort, TestServer, temporaryFolder } from "./server.ts";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What a page of examples/page leaves for the tests. */
export type PageWithClient = typeof globalThis & { client: BrowserClient };

/** examples/page as a browser gets it, from an origin of its own, and a server that this origin may use. */
export class Site {
  readonly server: TestServer;
  readonly #preview: PreviewServer;
  readonly #address: string;
  readonly #folders: readonly string[];

  private constructor(server: TestServer, served: PreviewServer, address: string, folders: readonly string[]) {
    this.server = server;
    this.#preview = served;
    this.#address = address;
    this.#folders = folders;
  }

  static async start(): Promise<Site> {
    const outDir = temporaryFolder();
    const root = fileURLToPath(new URL("../../examples/page", import.meta.url));
    const worker = { format: "es" } as const;
    await build({ root, worker, logLevel: "error", build: { outDir, target: "es2023", emptyOutDir: true } });
    const port = await freePort();
    const address = `http://localhost:${port}`;
    const served = await preview({ root, build: { outDir }, preview: { port, strictPort: true }, logLevel: "error" });
    if (program("sottod") === undefined) throw new Error("sottod is not built.");
    return new Site(await TestServer.start([address]), served, address, [outDir]);
  }

  /** A browser profile of its own, with an empty origin. */
  async profile(): Promise<BrowserContext> {
    return chromiumOf.launchPersistentContext(temporaryFolder(), {
      executablePath: chromium,
      args: quiet,
      headless: true,
    });
  }

  /** A tab with an open client. */
  async tab(profile: BrowserContext): Promise<Page> {
    const page = await profile.newPage();
    page.on("pageerror", (error) => process.stderr.write(`${error.message}\n`));
    page.on("console", (message) => {
      if (message.type() === "error") process.stderr.write(`${message.text()}\n`);
    });
    await page.goto(this.url);
    await page.waitForFunction(() => "client" in globalThis);
    return page;
  }

  get url(): string {
    return `${this.#address}/?server=${encodeURIComponent(this.server.url)}`;
  }

  async stop(): Promise<void> {
    await this.#preview.close();
    await this.server.stop();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}
