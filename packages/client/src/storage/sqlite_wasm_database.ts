import type { Database, Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import type { ModuleMemory } from "../engine/module_memory.ts";
import type { DatabaseImports, HostDatabase } from "./host_database.ts";

/** The functions of SQLite's own module, which calls from the engine's module reach without JavaScript in between. */
interface SqliteExports {
  sqlite3_malloc(size: number): number;
  sqlite3_free(address: number): void;
  sqlite3_prepare_v3(db: number, sql: number, size: number, flags: number, statement: number, tail: number): number;
  sqlite3_errcode(db: number): number;
  sqlite3_finalize(statement: number): number;
  sqlite3_bind_int64(statement: number, parameter: number, value: bigint): number;
  sqlite3_bind_blob(statement: number, parameter: number, value: number, size: number, destructor: number): number;
  sqlite3_bind_text(statement: number, parameter: number, value: number, size: number, destructor: number): number;
  sqlite3_bind_null(statement: number, parameter: number): number;
  sqlite3_step(statement: number): number;
  sqlite3_reset(statement: number): number;
  sqlite3_clear_bindings(statement: number): number;
  sqlite3_column_int64(statement: number, column: number): bigint;
  sqlite3_column_type(statement: number, column: number): number;
  sqlite3_column_blob(statement: number, column: number): number;
  sqlite3_column_bytes(statement: number, column: number): number;
  sqlite3_get_autocommit(db: number): number;
  sqlite3_changes64(db: number): bigint;
}

/** SQLITE_TRANSIENT: SQLite takes a copy. */
const copiedBySqlite = -1;
const prepareForLong = 1;

/** Memory of SQLite's module that a text or a value lies in until SQLite has its own copy. */
class Desk {
  readonly #exports: SqliteExports;
  readonly #heap: () => Uint8Array;
  #address: number;
  #size = 4096;

  constructor(exports: SqliteExports, heap: () => Uint8Array) {
    this.#exports = exports;
    this.#heap = heap;
    this.#address = exports.sqlite3_malloc(this.#size);
  }

  put(octets: Uint8Array): number {
    if (octets.length > this.#size) {
      this.#exports.sqlite3_free(this.#address);
      this.#size = octets.length * 2;
      this.#address = this.#exports.sqlite3_malloc(this.#size);
      if (this.#address === 0) throw new Error("SQLite has no memory left.");
    }
    this.#heap().set(octets, this.#address);
    return this.#address;
  }

  free(): void {
    this.#exports.sqlite3_free(this.#address);
  }
}

/** A home in SQLite's own WebAssembly build: in memory, or on any of its file systems. */
export class SqliteWasmDatabase implements HostDatabase {
  readonly #sqlite: Sqlite3Static;
  readonly #database: Database;
  readonly #desk: Desk;
  readonly #statementRoom: number;

  /** Takes the database over: its owner closes it here. */
  constructor(sqlite: Sqlite3Static, database: Database) {
    this.#sqlite = sqlite;
    this.#database = database;
    this.#desk = new Desk(this.#exports, () => sqlite.wasm.heap8u());
    this.#statementRoom = this.#exports.sqlite3_malloc(8);
    // Plans that may depend on bound values are made anew for every use of a statement that is kept.
    sqlite.capi.sqlite3_db_config(database, sqlite.capi.SQLITE_DBCONFIG_ENABLE_QPSG, 1, 0);
    database.exec("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;");
  }

  get #exports(): SqliteExports {
    return this.#sqlite.wasm.exports as unknown as SqliteExports;
  }

  imports(memory: ModuleMemory): DatabaseImports {
    const exports = this.#exports;
    const heap = () => this.#sqlite.wasm.heap8u();
    const handle = Number(this.#database.pointer);
    const desk = this.#desk;
    return {
      prepare: (sql, size) => this.#prepare(memory, handle, sql, size),
      last_code: () => exports.sqlite3_errcode(handle),
      finalize: (statement) => {
        exports.sqlite3_finalize(statement);
      },
      bind_integer: exports.sqlite3_bind_int64,
      bind_octets: (statement, parameter, value, size) =>
        exports.sqlite3_bind_blob(statement, parameter, desk.put(memory.at(value, size)), size, copiedBySqlite),
      bind_text: (statement, parameter, value, size) =>
        exports.sqlite3_bind_text(statement, parameter, desk.put(memory.at(value, size)), size, copiedBySqlite),
      bind_null: exports.sqlite3_bind_null,
      step: exports.sqlite3_step,
      reset: exports.sqlite3_reset,
      clear_bindings: exports.sqlite3_clear_bindings,
      column_integer: exports.sqlite3_column_int64,
      column_type: exports.sqlite3_column_type,
      column_size: exports.sqlite3_column_bytes,
      column_read: (statement, column, target) => {
        const size = exports.sqlite3_column_bytes(statement, column);
        const address = exports.sqlite3_column_blob(statement, column);
        memory.octets.set(heap().subarray(address, address + size), target);
      },
      autocommit: () => exports.sqlite3_get_autocommit(handle),
      changes: () => exports.sqlite3_changes64(handle),
      scrub: () => this.#scrub(),
    };
  }

  close(): void {
    this.#desk.free();
    this.#exports.sqlite3_free(this.#statementRoom);
    this.#database.close();
  }

  #prepare(memory: ModuleMemory, handle: number, sql: number, size: number): number {
    const exports = this.#exports;
    const text = this.#desk.put(memory.at(sql, size));
    exports.sqlite3_prepare_v3(handle, text, size, prepareForLong, this.#statementRoom, 0);
    return new DataView(this.#sqlite.wasm.heap8u().buffer).getUint32(this.#statementRoom, true);
  }

  /** Freed pages are overwritten at once; what is left is the log, where there is one. */
  #scrub(): void {
    try {
      this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // The port says: it may fail, the next one makes up for it.
    }
  }
}
