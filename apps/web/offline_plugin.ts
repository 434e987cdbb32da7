import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";

const worker = fileURLToPath(new URL("src/offline/service_worker.ts", import.meta.url));
/** What a browser asks for by itself, when it installs the app or not at all: no need to keep it. */
const left = /\.(?:map|br|gz)$/;

/** A digest of what the version consists of. Names in /assets stand for their content; the page does not. */
function versionOf(files: readonly string[], page: string | Uint8Array): string {
  return createHash("sha256").update(files.join("\n")).update(page).digest("hex").slice(0, 16);
}

async function publicFiles(folder: string): Promise<readonly string[]> {
  if (folder === "") return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length).replaceAll("\\", "/"));
}

/** Builds the worker by itself, as one plain script: browsers ask for it anew and by its own name. */
async function buildWorker(files: readonly string[], version: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { APP_FILES: JSON.stringify(files), APP_VERSION: JSON.stringify(version) },
    build: {
      target: "es2023",
      write: false,
      lib: { entry: worker, formats: ["iife"], name: "sotto" },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as readonly Rolldown.RolldownOutput[];
  const [chunk] = outputs.flatMap(({ output }) => output).filter((output) => output.type === "chunk");
  if (chunk === undefined) throw new Error("the service worker was not built");
  return chunk.code;
}

/** Adds the service worker to the build, with the names of all files that make up this version of the app. */
export function offline(): Plugin {
  let publicFolder = "";
  return {
    name: "sotto:offline",
    apply: "build",
    enforce: "post",
    configResolved: (config) => {
      publicFolder = config.publicDir;
    },
    generateBundle: {
      order: "post",
      handler: async function (_options, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("the build has no page");
        const built = Object.keys(bundle).filter((name) => name !== "index.html" && !left.test(name));
        const files = ["/", ...built.map((name) => `/${name}`), ...(await publicFiles(publicFolder))].sort();
        const source = await buildWorker(files, versionOf(files, page.source));
        this.emitFile({ type: "asset", fileName: "service_worker.js", source });
      },
    },
  };
}
