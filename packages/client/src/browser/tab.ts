import { ClientGone, CommandFailed, type EngineEvent } from "../client.ts";
import { LockRefused } from "../lock/lock_refused.ts";
import { type EngineMessage, type HomeState, type Refusal, type TabMessage, toEngine, toTabs } from "./messages.ts";

/** A message whose answer is awaited, without its address. */
export type Asking =
  | { readonly kind: "ask"; readonly name: string; readonly parameters: unknown }
  | Omit<Extract<TabMessage, { kind: "unlock" }>, "tab" | "id">
  | Omit<Extract<TabMessage, { kind: "change_lock" }>, "tab" | "id">;

interface Asked {
  /** `sent` may have found no worker; `heard` found one, and is lost with it. */
  state: "waiting" | "sent" | "heard";
  readonly asking: Asking;
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
    if (this.#home?.state === "failed") return Promise.reject(new ClientGone(this.#home.text));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const asked: Asked = { state: "waiting", asking, resolve, reject };
      this.#asked.set(id, asked);
      // Commands wait for an open home.
      if (this.#home?.state === "open" || asking.kind !== "ask") this.#sendAsked(id, asked);
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
    this.#rejectAll();
    this.#listeners.clear();
    this.#watchers.clear();
    this.#resolveEnded();
  }

  #send(message: TabMessage): void {
    if (!this.#ended) this.#engine.postMessage(message);
  }

  #sendAsked(id: number, asked: Asked): void {
    asked.state = "sent";
    this.#send({ ...asked.asking, tab: this.#name, id });
  }

  #hear(message: EngineMessage): void {
    switch (message.kind) {
      case "events":
        for (const event of message.events) this.#tell(event);
        return;
      case "heard":
        if (message.tab === this.#name) this.#note(message.id);
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

  /** What one listener throws keeps the event from no other. */
  #tell(event: EngineEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (reason) {
        reportError(reason);
      }
    }
  }

  #take(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  #note(id: number): void {
    const asked = this.#asked.get(id);
    if (asked !== undefined) asked.state = "heard";
  }

  #enter(engine: string, home: HomeState): void {
    if (this.#engineName !== undefined && this.#engineName !== engine) this.#changeEngine();
    const isNews = this.#engineName !== engine || JSON.stringify(this.#home) !== JSON.stringify(home);
    this.#engineName = engine;
    this.#home = home;
    if (home.state === "failed") this.#rejectAll();
    if (home.state === "open") {
      for (const [id, asked] of this.#asked) if (asked.state === "waiting") this.#sendAsked(id, asked);
    }
    // The worker tells every tab how the home stands whenever one asks.
    if (isNews) for (const watcher of [...this.#watchers]) watcher(home);
  }

  #rejectAll(): void {
    for (const { reject } of this.#asked.values()) reject(new ClientGone());
    this.#asked.clear();
  }

  /** What another worker heard may have been done or not; what none heard is asked again. */
  #changeEngine(): void {
    for (const [id, asked] of this.#asked) {
      if (asked.state === "sent") asked.state = "waiting";
      if (asked.state !== "heard") continue;
      this.#asked.delete(id);
      asked.reject(new ClientGone());
    }
  }
}

function reasonOf(refusal: Refusal): Error {
  if (refusal.kind === "command") return new CommandFailed(refusal.error);
  return refusal.kind === "lock" ? new LockRefused(refusal.text) : new ClientGone();
}
