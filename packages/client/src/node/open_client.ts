import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Client } from "../client.ts";
import { loadSodium } from "../crypto/sodium_library.ts";
import { EngineModule } from "../engine/engine_module.ts";
import { EngineHost } from "../host/engine_host.ts";
import type { HostDatabase } from "../storage/host_database.ts";
import { streamsTo } from "../stream/stream_opener.ts";
import { NodeDatabase } from "./node_database.ts";

export interface ClientOptions {
  /** As in `https://chat.example.org`. Absent: the client works without a network. */
  readonly server?: string;
  /** The home's file, or ":memory:" for a home that ends with the client. */
  readonly file: string;
  /** 32 octets under which everything secret in the file is sealed. Losing them loses the home. */
  readonly key: Uint8Array;
  /** Where sotto.wasm lies, if not in this package. */
  readonly wasm?: string | URL;
}

/** Opens a home in this process, and makes it if there is none. Several processes may have one file open. */
export async function openClient(options: ClientOptions): Promise<Client> {
  const wasm = options.wasm ?? new URL("../../wasm/sotto.wasm", import.meta.url);
  const [sodium, octets] = await Promise.all([
    loadSodium(),
    readFile(wasm instanceof URL ? fileURLToPath(wasm) : wasm),
  ]);
  const database: HostDatabase = new NodeDatabase(options.file);
  try {
    const engine = await EngineModule.load(await WebAssembly.compile(octets), {
      sodium,
      database,
      complain: (text) => process.emitWarning(text),
    });
    engine.open(options.key, Date.now());
    return clientOf(engine, database, options.server);
  } catch (reason) {
    database.close();
    throw reason;
  }
}

function clientOf(engine: EngineModule, database: HostDatabase, server: string | undefined): Client {
  const host = new EngineHost({
    engine,
    openStream: server === undefined ? undefined : streamsTo(server),
    failed: () => database.close(),
  });
  return {
    ask: (name, parameters) => host.ask(name, parameters),
    listen: (listener) => host.listen(listener),
    async close() {
      if (host.close()) database.close();
    },
  };
}
