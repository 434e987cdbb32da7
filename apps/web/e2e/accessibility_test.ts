// Property: axe finds nothing to object to on any screen, in either language and theme, wide or narrow.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { narrow, wide } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { browserFor, firstScreens, furnish, looks, type Screen } from "./support/screens.ts";
import { Stage } from "./support/stage.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type PageWithAxe = typeof globalThis & { axe: { run(options: object): Promise<AxeResults> } };

/** What axe objects to, in one line each. */
async function objections(person: Person): Promise<string[]> {
  await person.page.evaluate(axe);
  const { violations } = await person.page.evaluate(
    (tags) => (globalThis as PageWithAxe).axe.run({ runOnly: tags, resultTypes: ["violations"] }),
    rules,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

describe("axe", () => {
  let stage: Stage;
  let ada: Person;
  let screens: readonly Screen[];

  beforeAll(async () => {
    stage = await Stage.open();
    // The page's own policy lets nobody add a script, and so it should.
    ada = await stage.person("ada", { bypassCSP: true });
    screens = await furnish(stage, ada, "en");
  });
  afterEach((context) => stage?.lookAfter(context));
  afterAll(() => stage?.close());

  const lookAt = async (person: Person, all: readonly Screen[], found: Set<string>) => {
    for (const { name, go } of all) {
      await go(person);
      for (const [size, viewport] of Object.entries({ wide, narrow })) {
        await person.page.setViewportSize(viewport);
        for (const objection of await objections(person)) found.add(`${name}, ${size}: ${objection}`);
      }
    }
  };

  it.each(looks)("has nothing against the first screens in $language, $theme", async (look) => {
    const visitor = await stage.visitor("visitor", { ...browserFor(look), bypassCSP: true });
    const found = new Set<string>();
    await lookAt(visitor, firstScreens, found);
    await visitor.leave();
    expect([...found]).toEqual([]);
  });

  it.each(looks)("has nothing against the app in $language, $theme", async ({ language, theme }) => {
    await ada.page.setViewportSize(wide);
    await ada.page.goto("/settings/language");
    await ada.page.getByRole("radio", { name: language === "de" ? "Deutsch" : "English" }).check({ force: true });
    await ada.page.emulateMedia({ colorScheme: theme });
    const found = new Set<string>();
    await lookAt(ada, screens, found);
    expect([...found]).toEqual([]);
  });
});
