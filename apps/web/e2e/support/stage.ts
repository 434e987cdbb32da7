import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { TestContext } from "vitest";
import { startBrowser } from "./browser.ts";
import { Camera } from "./camera.ts";
import { Person, type Ways } from "./person.ts";
import { Server } from "./server.ts";

/** Git leaves it out. */
export const pictureFolder = join(import.meta.dirname, "../screenshots");

/** A server, a browser, and the people who came: what one test file plays on. */
export class Stage {
  readonly server: Server;
  readonly browser: Browser;
  /** What people here see when they use their camera. */
  readonly camera: Camera;
  readonly #people: Person[] = [];

  private constructor(server: Server, browser: Browser, camera: Camera) {
    this.server = server;
    this.browser = browser;
    this.camera = camera;
  }

  static async open(): Promise<Stage> {
    const camera = new Camera();
    const [server, browser] = await Promise.all([Server.start(), startBrowser(camera.options)]);
    return new Stage(server, browser, camera);
  }

  /** Somebody with an empty browser. */
  async visitor(name: string, ways?: Ways): Promise<Person> {
    const person = await Person.come(this.browser, this.server, name, ways);
    this.#people.push(person);
    return person;
  }

  /** Somebody who has an account already. */
  async person(name: string, ways?: Ways): Promise<Person> {
    const person = await this.visitor(name, ways);
    await person.register();
    return person;
  }

  /** What the pages of all these people complained about. */
  complaints(): string[] {
    return this.#people.flatMap(({ name, complaints }) => complaints.map((text) => `${name}: ${text}`));
  }

  /** After a test that failed, leaves what each person saw in the folder of the screenshots. */
  async lookAfter({ task }: TestContext): Promise<void> {
    if (task.result?.state !== "fail") return;
    const words = task.name.replace(/\W+/g, "_").slice(0, 60);
    for (const [index, { name, page }] of this.#people.entries()) {
      const path = join(pictureFolder, "failed", `${words}-${index}-${name}.png`);
      await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    for (const { wire } of this.#people) wire?.close();
    await this.browser.close();
    this.camera.remove();
    await this.server.remove();
  }
}
