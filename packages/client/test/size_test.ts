// Property: the engine's module is at most 1 MiB as it is sent, and needs nothing of its host that is not documented.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { missing, wasmFile } from "./support/programs.ts";

const lack = missing("wasm");
const why = lack ? ` (skipped: ${lack})` : "";

it.skipIf(lack !== undefined)(`sotto.wasm is small${why}`, () => {
  expect(gzipSync(readFileSync(wasmFile), { level: 9 }).length).toBeLessThanOrEqual(1024 * 1024);
});

it.skipIf(lack !== undefined)(`sotto.wasm imports from three modules alone${why}`, () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(wasmFile)));
  expect([...new Set(imports.map(({ module }) => module))].sort()).toEqual(["database", "sodium", "sotto"]);
});
