// Property: the engine's own tests of cryptography, groups, transparency and sessions hold over the libraries that
// browsers use: published vectors, golden files, worked examples, and the properties that the native tests hold.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { Site } from "./support/browser.ts";
import { missing } from "./support/programs.ts";

const folder = fileURLToPath(new URL("../../../build/wasm/wasm_tests/", import.meta.url));
const runner = fileURLToPath(new URL("./support/run_module.ts", import.meta.url));

const passed = /\[ {2}PASSED {2}\] [1-9]\d* tests?\./;
const vectors = `${process.env["SOTTO_TEST_VECTORS"] ?? fileURLToPath(new URL("../../../../shared/vectors", import.meta.url))}/wycheproof`;

/** Why a program cannot be run here, if so. */
function lackOf(name: string): string | undefined {
  if (!existsSync(`${folder}${name}_test.wasm`)) return "ninja -C build/wasm wasm_tests has not built it";
  if (name === "vectors" && !existsSync(vectors)) return "no vectors; set SOTTO_TEST_VECTORS";
  return undefined;
}

describe("the engine's tests over the host's libraries", () => {
  for (const name of ["crypto", "vectors", "membership", "transparency", "session"]) {
    const file = `${folder}${name}_test.wasm`;
    const lack = lackOf(name);
    it.skipIf(lack !== undefined)(
      `${name}${lack ? ` (skipped: ${lack})` : ""}`,
      async () => {
        const words = ["--disable-warning=ExperimentalWarning", runner, file, "--gtest_brief=1"];
        // Random schedules cost ten times as much here; natively there are three times as many.
        const env = { SOTTO_SCHEDULE_COUNT: "100", ...process.env };
        const { stdout } = await promisify(execFile)(process.execPath, words, { env, maxBuffer: 1 << 26 });
        expect(stdout).toMatch(passed);
        if (stdout.includes("NOT CHECKED")) process.stdout.write(stdout);
      },
      600_000,
    );
  }
});

/** Runs in the page. */
function runInPage(given: { program: string; files: Record<string, string> }): Promise<string> {
  const { run } = globalThis as unknown as {
    run(program: Uint8Array, files: Record<string, string>, words: string[]): Promise<string>;
  };
  const program = Uint8Array.from(atob(given.program), (letter) => letter.charCodeAt(0));
  return run(program, given.files, ["test", "--gtest_brief=1"]);
}

describe("the engine's tests in Chromium", () => {
  for (const name of ["crypto", "vectors"]) {
    const file = `${folder}${name}_test.wasm`;
    const lack = missing("chromium") ?? lackOf(name);
    it.skipIf(lack !== undefined)(
      `${name}${lack ? ` (skipped: ${lack})` : ""}`,
      async () => {
        const names = name === "vectors" ? readdirSync(vectors) : [];
        const files = Object.fromEntries(
          names.map((each) => [`vectors/wycheproof/${each}`, readFileSync(`${vectors}/${each}`, "utf8")]),
        );
        const site = await Site.start("test/program_page", "no server");
        const profile = await site.profile();
        const page = await site.tab(profile);
        const printed = await page.evaluate(runInPage, { program: readFileSync(file).toString("base64"), files });
        expect(printed).toMatch(passed);
        await profile.close();
        await site.stop();
      },
      600_000,
    );
  }
});
