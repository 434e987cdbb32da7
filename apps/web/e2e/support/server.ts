import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { program } from "../../../../packages/client/test/support/programs.ts";
import { freePort, temporaryFolder } from "../../../../packages/client/test/support/server.ts";
import { Terminal } from "./terminal.ts";

export const webRoot = process.env["SOTTO_WEB_ROOT"] ?? fileURLToPath(new URL("../../dist", import.meta.url));

const patienceMs = 60_000;

/** A `sottod` that serves the built app, with a database of its own. */
export class Server {
  readonly url: string;
  readonly #folder = temporaryFolder();
  readonly #terminals: Terminal[] = [];
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    // Under this name a browser takes it for secure, and the app finds its own origin.
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<Server> {
    const server = new Server(await freePort());
    await server.run();
    return server;
  }

  /** Starts it, for the first time or again, on the same address and data. */
  async run(): Promise<void> {
    const listen = new URL(this.url).host;
    this.#process = spawn(program("sottod") ?? "sottod", ["--data", this.#folder, "--listen", listen], {
      env: {
        ...process.env,
        SOTTO_WEB_ROOT: webRoot,
        SOTTO_ADMIN_LISTEN: "",
        // All people of a test come from one address.
        SOTTO_LIMITS_ENABLED: "false",
        SOTTO_ACCOUNTS_PASSWORD_MEMORY_KIB: "8192",
        SOTTO_ACCOUNTS_PASSWORD_PASSES: "1",
      },
      stdio: ["ignore", "ignore", process.env["SOTTO_E2E_VERBOSE"] ? "inherit" : "ignore"],
    });
    await this.#untilReady();
  }

  /** Ends it as a crash does, or politely. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
    this.#process = undefined;
  }

  /** A device on the native command line. */
  terminal(): Terminal {
    const terminal = new Terminal(this.url);
    this.#terminals.push(terminal);
    return terminal;
  }

  async remove(): Promise<void> {
    await this.end("SIGTERM");
    for (const terminal of this.#terminals) terminal.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #untilReady(): Promise<void> {
    for (const end = Date.now() + patienceMs; Date.now() < end; ) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("The server does not answer.");
  }
}
