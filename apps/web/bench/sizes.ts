import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { webRoot } from "../e2e/support/server.ts";

const kib = (octets: number) => `${(octets / 1024).toFixed(1)} KiB`;
const gzipped = (name: string) => gzipSync(readFileSync(join(webRoot, name)), { level: 9 }).length;

/** What a browser fetches before it shows anything: all that the page itself names. */
export async function measureSizes(): Promise<string[]> {
  const page = readFileSync(join(webRoot, "index.html"), "utf8");
  const named = [...page.matchAll(/(?:src|href)="\/?(assets\/[^"]+)"/g)].map(([, name]) => name ?? "");
  const sum = (ending: string) =>
    named.filter((name) => name.endsWith(ending)).reduce((octets, name) => octets + gzipped(name), 0);
  const wasm = readdirSync(join(webRoot, "assets")).filter((name) => name.endsWith(".wasm"));
  return [
    `first load, JavaScript without the modules of WebAssembly, gzipped: ${kib(sum(".js"))} (goal 200 KiB)`,
    `first load, CSS, gzipped: ${kib(sum(".css"))}`,
    ...wasm.map((name) => `${name.replace(/-[^-]+\.wasm$/, "")}.wasm, gzipped: ${kib(gzipped(`assets/${name}`))}`),
  ];
}
