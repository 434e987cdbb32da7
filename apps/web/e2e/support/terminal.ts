import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import { program } from "../../../../packages/client/test/support/programs.ts";
import { RpcProcess, temporaryFolder } from "../../../../packages/client/test/support/server.ts";
import { password } from "./person.ts";

const patienceMs = 60_000;

/** A device on which the native `sotto` runs. */
export class Terminal {
  readonly #home = temporaryFolder();
  readonly #server: string;

  constructor(server: string) {
    this.#server = server;
  }

  /** Runs `sotto` to its end, and gives what it printed as JSON, line by line. */
  async run(words: readonly string[], secrets: Readonly<Record<string, string>> = {}): Promise<Line[]> {
    const given = ["--home", this.#home, "--server", this.#server, "--json", ...words];
    const env = { ...this.#environment(), ...secrets };
    const { stdout } = await promisify(execFile)(program("sotto") ?? "sotto", given, { env, timeout: patienceMs });
    return stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Line);
  }

  /** Runs `sotto` as somebody who reads what it says and types. */
  talk(...words: string[]): Dialogue {
    const given = ["--home", this.#home, "--server", this.#server, ...words];
    return new Dialogue(spawn(program("sotto") ?? "sotto", given, { env: this.#environment() }));
  }

  /** Keeps the home open, and gives the engine commands. */
  rpc(): RpcProcess {
    return new RpcProcess(
      spawn(program("sotto") ?? "sotto", ["--home", this.#home, "--server", this.#server, "rpc"], {
        env: this.#environment(),
      }),
    );
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, SOTTO_PASSWORD: password, SOTTO_PASSPHRASE: "" };
  }
}

export type Line = Readonly<Record<string, unknown>>;

/** A program that asks and is answered. */
export class Dialogue {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #watchers = new Set<() => void>();
  #said = "";
  #isOver = false;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#said += text;
        for (const watcher of [...this.#watchers]) watcher();
      });
    }
    child.once("close", () => {
      this.#isOver = true;
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  ended(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isOver) resolve();
      else this.#process.once("close", () => resolve());
    });
  }

  /** Waits until it has said this, and gives what matched. */
  until(words: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timeout);
        this.#watchers.delete(look);
        settle();
      };
      const look = () => {
        const found = words.exec(this.#said)?.[0];
        if (found !== undefined) end(() => resolve(found));
        else if (this.#isOver) end(() => reject(new Error(`It ended without ${words}: ${this.#said}`)));
      };
      const timeout = setTimeout(() => end(() => reject(new Error(`No ${words} in: ${this.#said}`))), patienceMs);
      this.#watchers.add(look);
      look();
    });
  }

  type(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }
}
