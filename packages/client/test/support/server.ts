import { type ChildProcess, type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { program } from "./programs.ts";

const patience = 20_000;

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "sotto-client-test-"));
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}

/** A `sottod` of its own, with an empty database. */
export class TestServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.#process = child;
    this.#folder = folder;
  }

  /** `origins` are pages of other origins that may use it. */
  static async start(origins: readonly string[] = []): Promise<TestServer> {
    const folder = temporaryFolder();
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(program("sottod") ?? "sottod", ["--data", folder, "--listen", address], {
      env: { ...process.env, SOTTO_SERVER_ALLOWED_ORIGINS: origins.join(","), SOTTO_ADMIN_LISTEN: "" },
      stdio: "ignore",
    });
    const server = new TestServer(`http://${address}`, child, folder);
    await server.#untilReady();
    return server;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    for (const end = Date.now() + patience; Date.now() < end; ) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("The server does not answer.");
  }
}

/** One device that the native command line holds. */
export class CommandLine {
  readonly #home = temporaryFolder();
  readonly #server: string;

  constructor(server: string) {
    this.#server = server;
  }

  /** Runs `sotto` and gives the lines of JSON that it printed. */
  async run(...words: string[]): Promise<Record<string, unknown>[]> {
    const { stdout } = await promisify(execFile)(
      program("sotto") ?? "sotto",
      ["--home", this.#home, "--server", this.#server, "--json", ...words],
      { env: { ...process.env, SOTTO_PASSWORD: "correct horse battery", SOTTO_PASSPHRASE: "" }, timeout: 60_000 },
    );
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Keeps the home running, and takes commands of the engine. */
  rpc(): RpcProcess {
    return new RpcProcess(spawn(program("sotto") ?? "sotto", ["--home", this.#home, "--server", this.#server, "rpc"]));
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

interface RpcLine {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
}

/** `sotto rpc`: JSON-RPC over standard input and output. */
export class RpcProcess {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #watchers = new Set<(line: RpcLine) => void>();
  #lastId = 0;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#process = child;
    createInterface(child.stdout).on("line", (text) => {
      const line = JSON.parse(text) as RpcLine;
      for (const watcher of [...this.#watchers]) watcher(line);
    });
  }

  async call(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = this.#next((line) => line.id === id);
    this.#process.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error.message);
    return result;
  }

  /** The parameters of the next notification by one of these names that fits. */
  async next(methods: readonly string[], fits: (params: never) => boolean): Promise<unknown> {
    return (await this.#next((line) => methods.includes(line.method ?? "") && fits(line.params as never))).params;
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.stdin.end();
    await ended;
  }

  #next(fits: (line: RpcLine) => boolean): Promise<RpcLine> {
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(() => reject(new Error("The command line did not answer.")), patience);
      const watcher = (line: RpcLine) => {
        if (!fits(line)) return;
        clearTimeout(timeout);
        this.#watchers.delete(watcher);
        resolve(line);
      };
      this.#watchers.add(watcher);
    });
  }
}
