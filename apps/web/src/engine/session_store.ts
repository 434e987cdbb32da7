import type { Answers, Client, CommandName, Commands, EngineEvent } from "@sotto/client";

export type SessionState = "starting" | "empty" | "registering" | "logged_out" | "logged_in";

export interface Session {
  readonly state: SessionState;
  /** The account's name; empty while there is none. */
  readonly name: string;
  readonly account: string;
  readonly device: string;
}

export type ConnectionState = "closed" | "connecting" | "catching_up" | "live";

export interface ConnectionStatus {
  readonly connection: ConnectionState;
  /** When it is tried again, in ms since 1970. Absent unless it waits. */
  readonly retry_at?: number;
}

/** After these commands the home may stand differently with its account. */
const changing: ReadonlySet<CommandName> = new Set<CommandName>([
  "register_account",
  "log_in",
  "log_out",
  "restore_backup",
  "reset_identity",
  "confirm_link",
  "remove_device",
]);

/** These events tell that it may, by the doing of the server, another device or another tab. */
const telling: ReadonlySet<EngineEvent["name"]> = new Set<EngineEvent["name"]>([
  "signed_in",
  "logged_out",
  "link_progress",
  "own_devices_changed",
  "connection_changed",
]);

/**
 * Which account this home is and how its connection stands, kept current. `client` is the door through which the app
 * asks, so that the store notices the commands that change its answer.
 */
export class SessionStore {
  readonly client: Client;
  readonly #engine: Client;
  readonly #listeners = new Set<() => void>();
  #session: Session = { state: "starting", name: "", account: "", device: "" };
  #connection: ConnectionStatus = { connection: "connecting" };
  #reading: Promise<void> | null = null;
  #readAgain = false;

  constructor(engine: Client) {
    this.#engine = engine;
    const client: Client = {
      ask: (name, parameters) => this.#ask(name, parameters),
      listen: (listener) => engine.listen(listener),
      close: () => engine.close(),
    };
    // The client of a browser also has the lock before its home.
    this.client = "lock" in engine ? Object.assign(client, { lock: engine.lock }) : client;
  }

  /** Begins to follow the engine. Returns what ends it. */
  start(): () => void {
    const end = this.#engine.listen((event) => this.#hear(event));
    void this.refresh();
    void this.#readConnection();
    return end;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly session = (): Session => this.#session;
  readonly connection = (): ConnectionStatus => this.#connection;

  /** Asks again who this home is. Callers at the same time share one question. */
  refresh(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.#reading = this.#readUntilCurrent();
    return this.#reading;
  }

  async #readUntilCurrent(): Promise<void> {
    do {
      this.#readAgain = false;
      try {
        const { state, name, account, device } = await this.#engine.ask("who_am_i", {});
        this.#setSession({ state, name, account, device });
      } catch {
        // The engine is gone or busy; what was known stays until it speaks again.
      }
    } while (this.#readAgain);
    // Here and not after the promise: whoever asks between its end and that would be forgotten.
    this.#reading = null;
  }

  async #readConnection(): Promise<void> {
    try {
      const { connection } = await this.#engine.ask("get_status", {});
      this.#setConnection({ connection });
    } catch {
      // `connection_changed` will tell.
    }
  }

  async #ask<N extends CommandName>(name: N, parameters: Commands[N]): Promise<Answers[N]> {
    try {
      return await this.#engine.ask(name, parameters);
    } finally {
      if (changing.has(name)) await this.refresh();
    }
  }

  #hear(event: EngineEvent): void {
    if (event.name === "connection_changed") {
      const { connection, retry_at } = event.body;
      this.#setConnection(retry_at ? { connection, retry_at } : { connection });
    }
    if (telling.has(event.name)) void this.refresh();
  }

  #setSession(next: Session): void {
    const now = this.#session;
    if (
      now.state === next.state &&
      now.name === next.name &&
      now.account === next.account &&
      now.device === next.device
    ) {
      return;
    }
    this.#session = next;
    this.#tell();
  }

  #setConnection(next: ConnectionStatus): void {
    this.#connection = next;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
