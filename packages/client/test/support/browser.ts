import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium as chromiumOf, type Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import type * as sotto from "../../src/index.ts";
import { chromium } from "./programs.ts";
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

/** What examples/page leaves for the tests. */
export type PageWithClient = typeof globalThis & { client: sotto.BrowserClient };
/** What test/page leaves for the tests. */
export type PageWithSotto = PageWithClient & {
  sotto: typeof sotto;
  server: string;
  locked: sotto.LockedHome | undefined;
};

/** A page as a browser gets it, from an origin of its own, and a server that this origin may use. */
export class Site {
  readonly #server: TestServer | undefined;
  readonly #preview: PreviewServer;
  readonly #address: string;
  readonly #folders: readonly string[];

  private constructor(
    server: TestServer | undefined,
    served: PreviewServer,
    address: string,
    folders: readonly string[],
  ) {
    this.#server = server;
    this.#preview = served;
    this.#address = address;
    this.#folders = folders;
  }

  /** `page` is a folder of this package. */
  static async start(page: string, serving: "a server" | "no server" = "a server"): Promise<Site> {
    const outDir = temporaryFolder();
    const root = fileURLToPath(new URL(`../../${page}`, import.meta.url));
    const worker = { format: "es" } as const;
    await build({ root, worker, logLevel: "error", build: { outDir, target: "es2023", emptyOutDir: true } });
    const port = await freePort();
    const address = `http://localhost:${port}`;
    const served = await preview({ root, build: { outDir }, preview: { port, strictPort: true }, logLevel: "error" });
    const server = serving === "a server" ? await TestServer.start([address]) : undefined;
    return new Site(server, served, address, [outDir]);
  }

  /** A browser profile of its own, with an empty origin. */
  async profile(): Promise<BrowserContext> {
    return chromiumOf.launchPersistentContext(temporaryFolder(), {
      executablePath: chromium,
      args: quiet,
      headless: true,
    });
  }

  /** A tab whose page has run. */
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

  get server(): TestServer {
    if (this.#server === undefined) throw new Error("This site has no server.");
    return this.#server;
  }

  get url(): string {
    return this.#server ? `${this.#address}/?server=${encodeURIComponent(this.#server.url)}` : this.#address;
  }

  async stop(): Promise<void> {
    await this.#preview.close();
    await this.#server?.stop();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}
