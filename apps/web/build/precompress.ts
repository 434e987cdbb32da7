import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const compressible = /\.(?:js|css|html|svg|json|wasm|webmanifest|txt)$/;
/** Below this the compressed form saves nothing worth a file. */
const smallestOctets = 512;

const compress = {
  br: (octets: Buffer) =>
    promisify(brotliCompress)(octets, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: octets.length },
    }),
  gz: (octets: Buffer) => promisify(gzip)(octets, { level: 9 }),
} as const;

async function compressFile(path: string): Promise<void> {
  const octets = await readFile(path);
  if (octets.length < smallestOctets) return;
  for (const [ending, squeeze] of Object.entries(compress)) {
    const small = await squeeze(octets);
    if (small.length < octets.length) await writeFile(`${path}.${ending}`, small);
  }
}

/** Puts a `.br` and a `.gz` beside every file of the build that gets smaller by it, so that no server has to. */
export function precompress(): Plugin {
  let folder = "";
  let isWritten = false;
  return {
    name: "sotto:precompress",
    apply: "build",
    enforce: "post",
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir);
    },
    writeBundle: () => {
      isWritten = true;
    },
    closeBundle: {
      order: "post",
      sequential: true,
      handler: async () => {
        // After a build that failed there is nothing to compress, and its own error is to be seen.
        if (!isWritten) return;
        const names = await readdir(folder, { recursive: true });
        for (const name of names.filter((file) => compressible.test(file))) await compressFile(join(folder, name));
      },
    },
  };
}
