import sqlite3InitModule, { type SAHPoolUtil, type Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { poolDirectory } from "../browser/messages.ts";
import { HomeError } from "../engine/home_error.ts";
import type { HostDatabase } from "./host_database.ts";
import { SqliteWasmDatabase } from "./sqlite_wasm_database.ts";

const file = "/home.sqlite";
/** The files of a worker that was ended a moment ago may be held a little longer. */
const patience = 10_000;
const firstPause = 10;
const longestPause = 100;

/** The home's database in the origin's private file system. Dedicated workers only; one at a time. */
export async function openOpfsDatabase(home: string): Promise<HostDatabase> {
  if (navigator.storage?.getDirectory === undefined) {
    throw new HomeError("storage_failed", "This browser offers no storage for files here.");
  }
  const sqlite = await loadSqlite();
  const pool = await openPool(sqlite, poolDirectory(home));
  const database = new pool.OpfsSAHPoolDb(file);
  // Nobody else can open it, so the log's index needs no memory that is shared.
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;");
  const opened = new SqliteWasmDatabase(sqlite, database);
  return {
    imports: (memory) => opened.imports(memory),
    close() {
      opened.close();
      // Lets go of the files at once; the browser would when it has ended the worker.
      pool.pauseVfs();
    },
  };
}

/** Without the file systems of SQLite's that are not used: each would start a worker of its own and wait for it. */
function loadSqlite(): Promise<Sqlite3Static> {
  const unused = { opfs: true, "opfs-wl": true, kvvfs: true };
  Object.assign(globalThis, { sqlite3ApiConfig: { disable: { vfs: unused } } });
  return sqlite3InitModule();
}

async function openPool(sqlite: Sqlite3Static, directory: string): Promise<SAHPoolUtil> {
  const deadline = Date.now() + patience;
  const options = {
    name: directory,
    directory,
    initialCapacity: 6,
    preserveOnInitFailure: true,
    forceReinitIfPreviouslyFailed: true,
  };
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      return await sqlite.installOpfsSAHPoolVfs(options);
    } catch (reason) {
      if (Date.now() > deadline) {
        throw new HomeError("busy", reason instanceof Error ? reason.message : "The home's files are in use.");
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
