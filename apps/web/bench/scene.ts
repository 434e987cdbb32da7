import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Person, type Ways } from "../e2e/support/person.ts";
import { Server } from "../e2e/support/server.ts";

/** Where Linux keeps files in memory. */
const inMemory = "/dev/shm";

/** One server and one person whose browser keeps its profile on the disk, as people's browsers do. */
export class Scene {
  readonly server: Server;
  readonly ada: Person;
  readonly #folder: string;

  private constructor(server: Server, ada: Person, folder: string) {
    this.server = server;
    this.ada = ada;
    this.#folder = folder;
  }

  static async open(ways: Ways = {}): Promise<Scene> {
    const folder = mkdtempSync(join(tmpdir(), "sotto-profile-"));
    // What the server and the senders keep is not measured here, and a disk would make most of the time.
    if (existsSync(inMemory)) process.env["TMPDIR"] = inMemory;
    const server = await Server.start();
    const ada = await Person.come(undefined, server, "ada", { ...ways, profile: folder });
    return new Scene(server, ada, folder);
  }

  async close(): Promise<void> {
    await this.ada.leave();
    await this.server.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
