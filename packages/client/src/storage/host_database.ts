import type { ModuleMemory } from "../engine/module_memory.ts";

/** The module's imports from `database`: src/bindings/wasm/host_database.cpp says what each does. */
export interface DatabaseImports extends WebAssembly.ModuleImports {
  prepare(sql: number, size: number): number;
  last_code(): number;
  finalize(statement: number): void;
  bind_integer(statement: number, parameter: number, value: bigint): number;
  bind_octets(statement: number, parameter: number, value: number, size: number): number;
  bind_text(statement: number, parameter: number, value: number, size: number): number;
  bind_null(statement: number, parameter: number): number;
  step(statement: number): number;
  reset(statement: number): number;
  clear_bindings(statement: number): number;
  column_integer(statement: number, column: number): bigint;
  column_type(statement: number, column: number): number;
  column_size(statement: number, column: number): number;
  column_read(statement: number, column: number, target: number): void;
  autocommit(): number;
  changes(): bigint;
  scrub(): void;
}

/** A home's open SQLite database. */
export interface HostDatabase {
  imports(memory: ModuleMemory): DatabaseImports;
  close(): void;
}
