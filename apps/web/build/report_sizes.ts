import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

/** What the first load of the app may weigh, as its JavaScript without the engine, gzipped. */
const firstLoadLimitKib = 200;

function kib(octets: number): string {
  return `${(octets / 1024).toFixed(1).padStart(7)} KiB`;
}

/** The entries and every chunk that they import statically: what a browser fetches before it shows anything. */
function firstLoad(chunks: ReadonlyMap<string, Rolldown.OutputChunk>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const chunk = chunks.get(name);
    if (!chunk || found.has(name)) return;
    found.add(name);
    for (const imported of chunk.imports) visit(imported);
  };
  for (const [name, chunk] of chunks) if (chunk.isEntry) visit(name);
  return found;
}

/** Prints what the build weighs gzipped, and fails it if the first load is above its limit. */
export function reportSizes(): Plugin {
  return {
    name: "sotto:report-sizes",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = new Map<string, Rolldown.OutputChunk>();
      for (const [name, output] of Object.entries(bundle)) if (output.type === "chunk") chunks.set(name, output);
      const first = firstLoad(chunks);
      const lines: string[] = [];
      let sum = 0;
      for (const [name, chunk] of [...chunks].sort(([, a], [, b]) => b.code.length - a.code.length)) {
        const size = gzipSync(chunk.code).length;
        if (first.has(name)) sum += size;
        lines.push(`  ${kib(size)}  ${first.has(name) ? "first load " : "later      "} ${name}`);
      }
      this.info(
        `gzipped JavaScript:\n${lines.join("\n")}\n  ${kib(sum)}  in the first load, of ${firstLoadLimitKib} KiB`,
      );
      if (sum > firstLoadLimitKib * 1024) this.error(`the first load is above ${firstLoadLimitKib} KiB`);
    },
  };
}
