// Runs one test program of the engine, compiled to WebAssembly, over the libraries that clients use. A process of its
// own: `node run_module.ts <file> [arguments]`.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";
import { sodiumImports } from "../../src/crypto/sodium_imports.ts";
import { loadSodium } from "../../src/crypto/sodium_library.ts";
import { ModuleMemory } from "../../src/engine/module_memory.ts";

const [file = "", ...words] = process.argv.slice(2);
const memory = new ModuleMemory();
const wasi = new WASI({ version: "preview1", args: [file, ...words], env: process.env, preopens: { "/": "/" } });
const { instance } = await WebAssembly.instantiate(await readFile(file), {
  wasi_snapshot_preview1: wasi.wasiImport,
  sodium: sodiumImports(await loadSodium(), memory),
  sotto: {
    invariant_broken(where: number, size: number, line: number): void {
      process.stderr.write(`invariant broken at ${memory.text(where, size)}:${line}\n`);
    },
  },
});
memory.attach(instance.exports["memory"] as WebAssembly.Memory);
process.exitCode = wasi.start(instance) as number;
