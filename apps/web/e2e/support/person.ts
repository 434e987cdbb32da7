import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { asUsual, startProfile } from "./browser.ts";
import type { Server } from "./server.ts";
import { Wire } from "./wire.ts";

export const password = "correct horse battery";
const patienceMs = 60_000;

/** Noise that a page makes when the network or the server is taken away on purpose. */
const expectedNoise = /Failed to load resource|ERR_|WebSocket connection|net::/;

export interface Ways extends BrowserContextOptions {
  /** Over a wire of its own, which can be cut. The address that the browser sees is another one then. */
  readonly isWired?: boolean;
  /** In a browser of their own, with a profile in this folder. */
  readonly profile?: string;
}

/** Somebody before a browser with an empty profile of its own, who finds things by role and label. */
export class Person {
  readonly name: string;
  readonly context: BrowserContext;
  /** What can be cut, if there is something. */
  readonly wire: Wire | undefined;
  /** What the page complained about. */
  readonly complaints: string[] = [];
  page: Page;

  private constructor(name: string, wire: Wire | undefined, context: BrowserContext, page: Page) {
    this.name = name;
    this.wire = wire;
    this.context = context;
    this.page = page;
  }

  static async come(browser: Browser | undefined, server: Server, name: string, ways: Ways = {}): Promise<Person> {
    const { isWired = false, profile, ...own } = ways;
    const wire = isWired ? await Wire.to(server.url) : undefined;
    const options = { ...asUsual, baseURL: wire?.url ?? server.url, ...own };
    const context = await (profile === undefined ? browser?.newContext(options) : startProfile(profile, options));
    if (context === undefined) throw new Error("Nobody comes without a browser.");
    context.setDefaultTimeout(patienceMs);
    const person = new Person(name, wire, context, await context.newPage());
    person.#hear(person.page);
    await person.page.goto("/");
    return person;
  }

  /** Another tab of the same profile. */
  async tab(path = "/"): Promise<Page> {
    const page = await this.context.newPage();
    this.#hear(page);
    await page.goto(path);
    return page;
  }

  #hear(page: Page): void {
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !expectedNoise.test(message.text())) this.complaints.push(message.text());
    });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole("link", { name });
  }

  field(name: string | RegExp): Locator {
    return this.page.getByRole("textbox", typeof name === "string" ? { name, exact: true } : { name });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { name });
  }

  menuItem(name: string | RegExp): Locator {
    return this.page.getByRole("menuitem", { name }).or(this.page.getByRole("menuitemcheckbox", { name }));
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole("dialog", { name }).or(this.page.getByRole("alertdialog", { name }));
  }

  /** From the first page to an account. Ends where the recovery key is offered. */
  async createAccount(): Promise<void> {
    await this.link(/^Create an account/).click();
    await this.field("Name").fill(this.name);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.button("Create account").click();
    await this.heading("Save your recovery key").waitFor();
  }

  /** Makes the recovery key, and proves that it was kept. Gives its words. */
  async saveRecoveryKey(): Promise<string[]> {
    await this.button("Show my recovery key").click();
    const list = this.page.getByRole("list", { name: "Your recovery key" });
    await list.waitFor();
    const lines = await list.getByRole("listitem").allInnerTexts();
    const words = lines.map((line) => line.replace(/^\d+\s*/, "").trim());
    await this.button("I have saved it").click();
    const asked = this.field(/^Word \d+$/);
    await asked.first().waitFor();
    for (const field of await asked.all()) {
      const label = (await field.getAttribute("aria-label")) ?? (await this.#labelOf(field));
      await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? "");
    }
    await this.button("Switch the backup on").click();
    await this.button("Go on").click();
    return words;
  }

  #labelOf(field: Locator): Promise<string> {
    return field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent ?? "");
  }

  /** An account, and what comes before its first conversation put off. */
  async register(): Promise<void> {
    await this.createAccount();
    await this.button("Later").click();
    await this.link("To your conversations").click();
    await this.button("New conversation").first().waitFor();
  }

  /** Begins a conversation from the list. */
  async writeTo(name: string): Promise<void> {
    await this.page.goto("/new");
    await this.field("Account name").fill(name);
    await this.button("Write").click();
    await this.composer().waitFor();
  }

  list(): Locator {
    return this.page.getByRole("navigation", { name: "Conversations" });
  }

  /** The row of a conversation; its name begins with the conversation's. */
  row(title: string): Locator {
    return this.list().getByRole("link", { name: new RegExp(`^${title}\\b`) });
  }

  async open(title: string): Promise<void> {
    await this.row(title).click();
    await this.heading(title).first().waitFor();
  }

  /** Chooses from the menu at the head of the open conversation. */
  async chooseHere(action: RegExp): Promise<void> {
    await this.page.getByRole("main").getByRole("button", { name: "More actions" }).first().click();
    await this.menuItem(action).click();
  }

  composer(): Locator {
    return this.field(/^Message to /);
  }

  async send(text: string): Promise<void> {
    await this.composer().fill(text);
    await this.button("Send").click();
  }

  messages(): Locator {
    return this.page.getByRole("feed").getByRole("article");
  }

  /** The message that says this, by its author if one is named. */
  message(text: string, author = ""): Locator {
    const words = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return this.page.getByRole("feed").getByRole("article", { name: new RegExp(`^${author || ".+"}: ${words}(,|$)`) });
  }

  /** Waits until the message is there, and stands as named: "Sent", "Delivered", "Read". */
  async sees(text: string, mark = ""): Promise<void> {
    const message = this.message(text);
    await (mark === "" ? message : message.getByRole("img", { name: mark, exact: true })).first().waitFor();
  }

  /** Chooses from a message's own menu. */
  async choose(text: string, action: string): Promise<void> {
    await this.message(text).hover();
    await this.message(text).getByRole("button", { name: "More actions" }).click();
    await this.menuItem(new RegExp(`^${action}`)).click();
  }

  /** Loses the network, as on a train. */
  async loseNetwork(): Promise<void> {
    // In this order: what comes to a browser that was told to be offline is held back, and behind it the end of the
    // connection, which nobody then hears of.
    this.wire?.cut();
    await this.context.setOffline(true);
  }

  async findNetwork(): Promise<void> {
    this.wire?.mend();
    await this.context.setOffline(false);
  }

  async leave(): Promise<void> {
    await this.context.close();
    this.wire?.close();
  }
}
