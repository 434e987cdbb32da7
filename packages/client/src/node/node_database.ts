import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { ModuleMemory } from "../engine/module_memory.ts";
import type { DatabaseImports, HostDatabase } from "../storage/host_database.ts";

const ok = 0;
const row = 100;
const done = 101;
const generalError = 1;
const rangeError = 25;
const integerType = 1;
const floatType = 2;
const textType = 3;
const blobType = 4;
const nullType = 5;
const busyTimeout = 10_000;

type Value = null | bigint | number | string | Uint8Array;

interface Use {
  readonly statement: StatementSync;
  parameters: Value[];
  rows: Iterator<unknown> | undefined;
  columns: Value[];
}

/** A home in a SQLite file of Node's own SQLite, which several processes may use at the same time. */
export class NodeDatabase implements HostDatabase {
  readonly #database: DatabaseSync;
  readonly #changes: StatementSync;
  readonly #uses = new Map<number, Use>();
  #lastHandle = 0;
  #lastCode = ok;

  constructor(file: string) {
    // Readable by its owner alone; SQLite gives its companions the same rights.
    if (file !== ":memory:") closeSync(openSync(file, "a", 0o600));
    this.#database = new DatabaseSync(file, { timeout: busyTimeout });
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    this.#database.exec("PRAGMA secure_delete = ON");
    this.#changes = this.#database.prepare("SELECT changes() AS count");
    this.#changes.setReadBigInts(true);
  }

  close(): void {
    this.#uses.clear();
    this.#database.close();
  }

  imports(memory: ModuleMemory): DatabaseImports {
    return {
      prepare: (sql, size) => this.#prepare(memory.text(sql, size)),
      last_code: () => this.#lastCode,
      finalize: (statement) => {
        this.#reset(statement);
        this.#uses.delete(statement);
      },
      bind_integer: (statement, parameter, value) => this.#bind(statement, parameter, value),
      bind_octets: (statement, parameter, value, size) =>
        this.#bind(statement, parameter, memory.at(value, size).slice()),
      bind_text: (statement, parameter, value, size) => this.#bind(statement, parameter, memory.text(value, size)),
      bind_null: (statement, parameter) => this.#bind(statement, parameter, null),
      step: (statement) => this.#step(this.#use(statement)),
      reset: (statement) => this.#reset(statement),
      clear_bindings: (statement) => {
        for (const value of this.#use(statement).parameters) if (value instanceof Uint8Array) value.fill(0);
        this.#use(statement).parameters = [];
        return ok;
      },
      column_integer: (statement, column) => BigInt.asIntN(64, integerOf(this.#use(statement).columns[column])),
      column_type: (statement, column) => typeOf(this.#use(statement).columns[column]),
      column_size: (statement, column) => octetsOf(this.#use(statement).columns, column).length,
      column_read: (statement, column, target) =>
        memory.octets.set(octetsOf(this.#use(statement).columns, column), target),
      autocommit: () => (this.#database.isTransaction ? 0 : 1),
      changes: () => (this.#changes.get() as { count: bigint }).count,
      scrub: () => this.#scrub(),
    };
  }

  #prepare(sql: string): number {
    try {
      const statement = this.#database.prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      this.#uses.set(++this.#lastHandle, { statement, parameters: [], rows: undefined, columns: [] });
      this.#lastCode = ok;
      return this.#lastHandle;
    } catch (reason) {
      this.#lastCode = codeOf(reason);
      return 0;
    }
  }

  #use(handle: number): Use {
    const use = this.#uses.get(handle);
    if (use === undefined) throw new Error("The engine used a statement that it had given back.");
    return use;
  }

  #bind(handle: number, parameter: number, value: Value): number {
    if (parameter < 1) return rangeError;
    const { parameters } = this.#use(handle);
    while (parameters.length < parameter) parameters.push(null);
    parameters[parameter - 1] = value;
    return ok;
  }

  #step(use: Use): number {
    try {
      use.rows ??= use.statement.iterate(...use.parameters);
      const next = use.rows.next();
      use.columns = next.done === true ? [] : (next.value as Value[]);
      return next.done === true ? done : row;
    } catch (reason) {
      use.rows = undefined;
      return codeOf(reason);
    }
  }

  #reset(handle: number): number {
    const use = this.#use(handle);
    use.rows?.return?.();
    use.rows = undefined;
    use.columns = [];
    return ok;
  }

  /** Freed pages are overwritten at once; what is left is the log. */
  #scrub(): void {
    try {
      this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // The port says: it may fail, the next one makes up for it.
    }
  }
}

function codeOf(reason: unknown): number {
  const { errcode } = reason as { errcode?: unknown };
  return typeof errcode === "number" ? errcode : generalError;
}

function integerOf(value: Value | undefined): bigint {
  if (typeof value === "bigint") return value;
  return typeof value === "number" ? BigInt(Math.trunc(value)) : 0n;
}

function typeOf(value: Value | undefined): number {
  if (value === null || value === undefined) return nullType;
  if (typeof value === "bigint") return integerType;
  if (typeof value === "number") return floatType;
  return typeof value === "string" ? textType : blobType;
}

/** A text is turned into octets once. */
function octetsOf(columns: Value[], column: number): Uint8Array {
  const value = columns[column];
  if (value instanceof Uint8Array) return value;
  if (typeof value !== "string") return new Uint8Array(0);
  const octets = new TextEncoder().encode(value);
  columns[column] = octets;
  return octets;
}
