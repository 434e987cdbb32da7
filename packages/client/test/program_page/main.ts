import { sodiumImports } from "../../src/crypto/sodium_imports.ts";
import { loadSodium } from "../../src/crypto/sodium_library.ts";
import { ModuleMemory } from "../../src/engine/module_memory.ts";
import { ProgramEnded, type ProgramWorld, systemImports } from "./system_imports.ts";

/** Runs a test program in this world; gives what it printed. */
async function run(program: Uint8Array<ArrayBuffer>, world: Omit<ProgramWorld, "printed">): Promise<string> {
  const memory = new ModuleMemory();
  const printed: string[] = [];
  const { instance } = await WebAssembly.instantiate(program, {
    wasi_snapshot_preview1: systemImports(memory, { ...world, printed }),
    sodium: sodiumImports(await loadSodium(), memory),
    sotto: { invariant_broken: () => printed.push("invariant broken\n") },
  });
  memory.attach(instance.exports["memory"] as WebAssembly.Memory);
  try {
    (instance.exports["_start"] as () => void)();
  } catch (reason) {
    if (!(reason instanceof ProgramEnded)) throw reason;
  }
  return printed.join("");
}

Object.assign(globalThis, { run, client: undefined });
