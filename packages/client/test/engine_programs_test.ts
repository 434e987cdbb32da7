// Property: the engine's own tests of cryptography, groups, transparency and sessions hold over the libraries that
// browsers use: published vectors, golden files, worked examples, and the properties that the native tests hold.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../../build/wasm/wasm_tests/", import.meta.url));
const runner = fileURLToPath(new URL("./support/run_module.ts", import.meta.url));

describe("the engine's tests over the host's libraries", () => {
  for (const name of ["crypto", "vectors", "membership", "transparency", "session"]) {
    const file = `${folder}${name}_test.wasm`;
    const isBuilt = existsSync(file);
    it.skipIf(!isBuilt)(
      `${name}${isBuilt ? "" : " (skipped: ninja -C build/wasm wasm_tests has not built it)"}`,
      async () => {
        const words = ["--disable-warning=ExperimentalWarning", runner, file, "--gtest_brief=1"];
        const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 1 << 26 });
        expect(stdout).toMatch(/\[ {2}PASSED {2}\] [1-9]\d* tests?\./);
        if (stdout.includes("NOT CHECKED")) process.stdout.write(stdout);
      },
      600_000,
    );
  }
});
