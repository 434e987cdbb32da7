import { ClientGone, CommandFailed, type EngineEvent } from "../client.ts";
import { LockRefused } from "../lock/lock_refused.ts";
import { type EngineMessage, type HomeState, type Refusal, type TabMessage, toEngine, toTabs } from "./messages.ts";

/** A message whose answer is awaited, without its address. */
export type Asking =
  | { readonly kind: "ask"; readonly name: string; readonly parameters: unknown }
  | Omit<Extract<TabMessage, { kind: "unlock" }>, "tab" | "id">
  | Omit<Extract<TabMessage, { kind: "change_lock" }>, "tab" | "id">;

interface Asked {
  /** Whether a worker was asked already. */
  isSent: boolean;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** This tab's end of the channels: asks whichever worker holds the engine, and hears it. */
export class Tab {
  readonly #name = crypto.randomUUID();
  readonly #engine: BroadcastChannel;
  readonly #tabs: BroadcastChannel;
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #watchers = new Set<(home: HomeState) => void>();
  readonly #erased: () => void;
  #waiting: (() => void)[] = [];
  #engineName: string | undefined;
  #home: HomeState | undefined;
  #lastId = 0;
  #ended = false;
  readonly #whenEnded: Promise<void>;
  #resolveEnded: () => void = () => {};

  /** `erased` is called when another tab has ended the home for all. */
  constructor(home: string, erased: () => void) {
    this.#erased = erased;
    this.#whenEnded = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#engine = toEngine(home);
    this.#tabs = toTabs(home);
    this.#tabs.onmessage = ({ data }) => this.#hear(data as EngineMessage);
    this.#send({ kind: "hello" });
  }

  /** Resolves when `end` was called. */
  get ended(): Promise<void> {
    return this.#whenEnded;
  }

  get home(): HomeState | undefined {
    return this.#home;
  }

  ask(asking: Asking): Promise<unknown> {
    if (this.#ended) return Promise.reject(new ClientGone());
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const asked: Asked = { isSent: false, resolve, reject };
      this.#asked.set(id, asked);
      const send = () => {
        asked.isSent = true;
        this.#send({ ...asking, tab: this.#name, id });
      };
      // Commands wait for an open home.
      if (this.#home?.state === "open" || asking.kind !== "ask") send();
      else this.#waiting.push(send);
    });
  }

  listen(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watch(watcher: (home: HomeState) => void): () => void {
    this.#watchers.add(watcher);
    if (this.#home !== undefined) watcher(this.#home);
    return () => this.#watchers.delete(watcher);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#engine.close();
    this.#tabs.close();
    this.#reject(() => true);
    this.#waiting = [];
    this.#listeners.clear();
    this.#watchers.clear();
    this.#resolveEnded();
  }

  #send(message: TabMessage): void {
    if (!this.#ended) this.#engine.postMessage(message);
  }

  #hear(message: EngineMessage): void {
    switch (message.kind) {
      case "event":
        for (const listener of [...this.#listeners]) listener(message.event);
        return;
      case "answer":
        if (message.tab === this.#name) this.#take(message.id)?.resolve(message.answer);
        return;
      case "refusal":
        if (message.tab === this.#name) this.#take(message.id)?.reject(reasonOf(message.refusal));
        return;
      case "state":
        this.#enter(message.engine, message.home);
        return;
      case "erase":
        this.#erased();
    }
  }

  #take(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #enter(engine: string, home: HomeState): void {
    // What another worker was asked, that is gone, will not be answered.
    if (this.#engineName !== engine && this.#engineName !== undefined) this.#reject(({ isSent }) => isSent);
    this.#engineName = engine;
    this.#home = home;
    if (home.state === "open") for (const send of this.#waiting.splice(0)) send();
    for (const watcher of [...this.#watchers]) watcher(home);
  }

  #reject(chosen: (asked: Asked) => boolean): void {
    for (const [id, asked] of this.#asked) {
      if (!chosen(asked)) continue;
      this.#asked.delete(id);
      asked.reject(new ClientGone());
    }
  }
}

function reasonOf(refusal: Refusal): Error {
  if (refusal.kind === "command") return new CommandFailed(refusal.error);
  return refusal.kind === "lock" ? new LockRefused(refusal.text) : new ClientGone();
}
