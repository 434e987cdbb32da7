// Property: the engine's own tests of cryptography, groups, transparency and sessions hold over the libraries that
// browsers use: published vectors, golden files, worked examples, and the properties that the native tests hold.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { Site } from "./support/browser.ts";
import { missing } from "./support/programs.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = `${root}build/wasm/wasm_tests/`;
const runner = fileURLToPath(new URL("./support/run_module.ts", import.meta.url));

const passed = /\[ {2}PASSED {2}\] [1-9]\d* tests?\./;
const vectors = `${process.env["SOTTO_TEST_VECTORS"] ?? fileURLToPath(new URL("../../../../shared/vectors", import.meta.url))}/wycheproof`;

/** Why a program cannot be run here, if so. */
function lackOf(name: string): string | undefined {
  if (!existsSync(`${folder}${name}_test.wasm`)) return "ninja -C build/wasm wasm_tests has not built it";
  if (name === "vectors" && !existsSync(vectors)) return "no vectors; set SOTTO_TEST_VECTORS";
  return undefined;
}

const programs = ["crypto", "vectors", "membership", "transparency", "session"] as const;
// Random schedules cost ten times as much here; natively there are three times as many as in Node.
const schedules = { node: "100", chromium: "30" } as const;

describe("the engine's tests over the host's libraries", () => {
  for (const name of programs) {
    const file = `${folder}${name}_test.wasm`;
    const lack = lackOf(name);
    it.skipIf(lack !== undefined)(
      `${name}${lack ? ` (skipped: ${lack})` : ""}`,
      async () => {
        const words = ["--disable-warning=ExperimentalWarning", runner, file, "--gtest_brief=1"];
        const env = { SOTTO_SCHEDULE_COUNT: schedules.node, ...process.env };
        const { stdout } = await promisify(execFile)(process.execPath, words, { env, maxBuffer: 1 << 26 });
        expect(stdout).toMatch(passed);
        if (stdout.includes("NOT CHECKED")) process.stdout.write(stdout);
      },
      600_000,
    );
  }
});

/** What a program reads, by the paths that it asks for, without their first "/". */
function filesOf(name: string): Record<string, string> {
  const [from, to] =
    name === "vectors" ? [vectors, "vectors/wycheproof"] : [`${root}test/golden/${name}`, `${root}test/golden/${name}`];
  if (!existsSync(from)) return {};
  const named = readdirSync(from).map((each) => [`${to}/${each}`, readFileSync(`${from}/${each}`, "utf8")] as const);
  return Object.fromEntries(named.map(([path, text]) => [path.replace(/^\//, ""), text]));
}

interface GivenToPage {
  readonly program: string;
  readonly files: Record<string, string>;
  readonly environment: string[];
}

/** Runs in the page. */
function runInPage(given: GivenToPage): Promise<string> {
  const { run } = globalThis as unknown as {
    run(program: Uint8Array, world: Omit<GivenToPage, "program"> & { words: string[] }): Promise<string>;
  };
  const program = Uint8Array.from(atob(given.program), (letter) => letter.charCodeAt(0));
  const { files, environment } = given;
  return run(program, { files, environment, words: ["test", "--gtest_brief=1"] });
}

describe("the engine's tests in Chromium", () => {
  for (const name of programs) {
    const file = `${folder}${name}_test.wasm`;
    const lack = missing("chromium") ?? lackOf(name);
    it.skipIf(lack !== undefined)(
      `${name}${lack ? ` (skipped: ${lack})` : ""}`,
      async () => {
        const site = await Site.start("test/program_page", "no server");
        const profile = await site.profile();
        const page = await site.tab(profile);
        const printed = await page.evaluate(runInPage, {
          program: readFileSync(file).toString("base64"),
          files: filesOf(name),
          environment: ["SOTTO_TEST_VECTORS=/vectors", `SOTTO_SCHEDULE_COUNT=${schedules.chromium}`],
        });
        expect(printed).toMatch(passed);
        await profile.close();
        await site.stop();
      },
      600_000,
    );
  }
});
