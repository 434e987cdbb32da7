import { ClientGone, CommandFailed } from "../client.ts";
import { loadSodium } from "../crypto/sodium_library.ts";
import { EngineModule } from "../engine/engine_module.ts";
import { HomeError, type HomeErrorCode } from "../engine/home_error.ts";
import type { CommandName } from "../generated/engine.ts";
import { EngineHost } from "../host/engine_host.ts";
import { LockRefused } from "../lock/lock_refused.ts";
import { type Lock, StorageKeys, type Unlocking } from "../lock/storage_key.ts";
import { openOpfsDatabase } from "../storage/opfs_database.ts";
import { streamsTo } from "../stream/stream_opener.ts";
import { EventBatch } from "./event_batch.ts";
import { MadeOnce } from "./made_once.ts";
import {
  type EngineMessage,
  type HomeState,
  type Refusal,
  type StartWorker,
  type TabMessage,
  toEngine,
  toTabs,
} from "./messages.ts";

/** Between two attempts to open a home that could not be opened for now; doubled after each. */
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** Holds the home's engine, and serves the tabs. There is one at a time: the tab that started it holds the lock. */
class EngineWorker {
  readonly #start: StartWorker;
  readonly #tabs: BroadcastChannel;
  readonly #engine = crypto.randomUUID();
  #home: HomeState | undefined;
  readonly #keys: StorageKeys;
  readonly #module = new MadeOnce(() =>
    WebAssembly.compileStreaming(fetch(new URL("../../wasm/sotto.wasm", import.meta.url))),
  );
  readonly #sodium = new MadeOnce(loadSodium);
  readonly #database = new MadeOnce(() => openOpfsDatabase(this.#start.home));
  #host: EngineHost | undefined;
  #opening = false;
  readonly #events = new EventBatch((events) =>
    this.#tabs.postMessage({ kind: "events", events } satisfies EngineMessage),
  );

  constructor(start: StartWorker) {
    this.#start = start;
    this.#keys = new StorageKeys(start.home, () => this.#sodium.get());
    this.#tabs = toTabs(start.home);
    toEngine(start.home).onmessage = ({ data }) => this.#hear(data as TabMessage);
  }

  /** What the engine stands on comes at the same time, each in its own; whoever awaits it hears of a failure. */
  async run(): Promise<void> {
    let lock: Lock;
    try {
      for (const needed of [this.#module, this.#sodium, this.#database]) needed.get().catch(() => {});
      lock = await this.#keys.prepare();
      if (lock.kind !== "none") return this.#tell({ state: "locked", lock: lock.kind, challenge: lock.challenge });
    } catch (reason) {
      this.#fail(reason);
      return;
    }
    await this.#openAtLast(lock);
  }

  /**
   * Opens the home, also if its files are held or the medium fails for a time: a tab that took over would otherwise have
   * no engine until somebody reloads it.
   */
  async #openAtLast(lock: Lock): Promise<void> {
    for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
      try {
        return await this.#open(undefined, lock);
      } catch (reason) {
        const code = this.#fail(reason);
        if (code !== "busy" && code !== "storage_failed") return;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  /** Another worker can open the home once this one has said that it ended. */
  async close(): Promise<void> {
    this.#host?.close();
    await this.#closeDatabase();
    postMessage("ended");
  }

  async #open(unlocking: Unlocking | undefined, { kind, challenge }: Lock): Promise<void> {
    const key = await this.#keys.open(unlocking);
    try {
      const engine = await EngineModule.load(await this.#module.get(), {
        sodium: await this.#sodium.get(),
        database: await this.#database.get(),
        complain: (text) => reportError(new Error(text)),
      });
      engine.open(key, Date.now());
      this.#serve(engine);
    } finally {
      key.fill(0);
    }
    this.#tell({ state: "open", lock: kind, challenge });
  }

  async #closeDatabase(): Promise<void> {
    try {
      (await this.#database.present)?.close();
    } catch {
      // It never was open.
    }
  }

  #serve(engine: EngineModule): void {
    this.#host = new EngineHost({
      engine,
      openStream: streamsTo(this.#start.server),
      // The tab starts another worker; what was acknowledged is stored.
      failed: (reason) => {
        reportError(reason);
        void this.close();
      },
    });
    this.#host.listen((event) => this.#events.add(event));
    // The engine's next attempt may be a minute away when the network comes back.
    addEventListener("online", () => void this.#host?.ask("connect_now", {}).catch(() => undefined));
  }

  #hear(message: TabMessage): void {
    if (message.kind === "hello") {
      if (this.#home !== undefined) this.#tell(this.#home);
      return;
    }
    const { tab, id } = message;
    // Before the home is open nothing is heard, so that it is asked again.
    if (message.kind === "ask" && this.#host === undefined) return;
    this.#say({ kind: "heard", tab, id });
    this.#perform(message).then(
      (answer) => this.#say({ kind: "answer", tab, id, answer }),
      (reason: unknown) => this.#say({ kind: "refusal", tab, id, refusal: refusalOf(reason) }),
    );
  }

  async #perform(message: Exclude<TabMessage, { kind: "hello" }>): Promise<unknown> {
    if (message.kind === "ask") {
      if (this.#host === undefined) throw new ClientGone();
      return this.#host.ask(message.name as CommandName, message.parameters as never);
    }
    if (message.kind === "unlock") return this.#unlock(message.unlocking);
    await this.#keys.change(message.change);
    const { kind, challenge } = await this.#keys.prepare();
    if (this.#host !== undefined) this.#tell({ state: "open", lock: kind, challenge });
    return undefined;
  }

  async #unlock(unlocking: Unlocking): Promise<undefined> {
    if (this.#host !== undefined) return;
    if (this.#opening) throw new LockRefused("The lock is being opened.");
    this.#opening = true;
    try {
      await this.#open(unlocking, await this.#keys.prepare());
    } catch (reason) {
      if (!(reason instanceof LockRefused)) this.#fail(reason);
      throw reason;
    } finally {
      this.#opening = false;
    }
  }

  #fail(reason: unknown): HomeErrorCode {
    const code = reason instanceof HomeError ? reason.code : "storage_failed";
    this.#tell({ state: "failed", code, text: reason instanceof Error ? reason.message : String(reason) });
    return code;
  }

  #tell(home: HomeState): void {
    this.#home = home;
    this.#say({ kind: "state", engine: this.#engine, home });
  }

  #say(message: EngineMessage): void {
    this.#events.tell();
    this.#tabs.postMessage(message);
  }
}

function refusalOf(reason: unknown): Refusal {
  if (reason instanceof CommandFailed) return { kind: "command", error: reason.error };
  if (reason instanceof LockRefused) return { kind: "lock", text: reason.message };
  return { kind: "gone" };
}

let worker: EngineWorker | undefined;

addEventListener("message", ({ data }: MessageEvent<StartWorker | "close">) => {
  if (data === "close") {
    if (worker === undefined) postMessage("ended");
    else void worker.close();
    return;
  }
  worker = new EngineWorker(data);
  void worker.run();
});
