import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Where the native programs lie: $SOTTO_BIN, or a build of this tree. */
const folders = [process.env["SOTTO_BIN"], `${root}build/release/bin`, `${root}build/dev/bin`];

export const wasmFile = `${root}packages/client/wasm/sotto.wasm`;
export const chromium = process.env["SOTTO_CHROMIUM"] ?? "/usr/bin/chromium";

export function program(name: string): string | undefined {
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}

/** Why tests that need these are skipped; nothing if all are there. */
export function missing(...names: ("wasm" | "chromium" | "sotto" | "sottod")[]): string | undefined {
  for (const name of names) {
    if (name === "wasm" && !existsSync(wasmFile)) return "sotto.wasm is not built (npm run wasm)";
    if (name === "chromium" && !existsSync(chromium)) return "there is no Chromium ($SOTTO_CHROMIUM)";
    if ((name === "sotto" || name === "sottod") && program(name) === undefined) {
      return `${name} is not built ($SOTTO_BIN names its folder)`;
    }
  }
  return undefined;
}
