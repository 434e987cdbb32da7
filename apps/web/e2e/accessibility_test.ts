// Property: axe finds nothing to object to on any screen, in either language and theme, wide or narrow.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { narrow, wide } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { firstScreens, furnish, localeOf, type Screen, speak } from "./support/screens.ts";
import { Stage } from "./support/stage.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const all = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type PageWithAxe = typeof globalThis & { axe: { run(options: object): Promise<AxeResults> } };

/** What axe objects to, in one line each. */
async function objections(person: Person, rules: readonly string[]): Promise<string[]> {
  await person.page.evaluate(axe);
  const { violations } = await person.page.evaluate(
    (tags) => (globalThis as PageWithAxe).axe.run({ runOnly: tags, resultTypes: ["violations"] }),
    rules,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** How each screen is looked at: as on a desk and in a hand, and in the other theme, which only has other colours. */
const views = [
  { size: wide, colorScheme: "light", rules: all },
  { size: narrow, colorScheme: "light", rules: all },
  { size: narrow, colorScheme: "dark", rules: ["color-contrast"] },
] as const;

async function lookAt(person: Person, screens: readonly Screen[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { name, go } of screens) {
    await person.page.setViewportSize(wide);
    await go(person);
    for (const { size, colorScheme, rules } of views) {
      await person.page.setViewportSize(size);
      await person.page.emulateMedia({ colorScheme });
      for (const objection of await objections(person, rules))
        found.add(`${name}, ${size.width}, ${colorScheme}: ${objection}`);
    }
  }
  return [...found];
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

  it.each(["en", "de"] as const)("has nothing against the first screens in %s", async (language) => {
    const visitor = await stage.visitor("visitor", { locale: localeOf[language], bypassCSP: true });
    expect(await lookAt(visitor, firstScreens)).toEqual([]);
    await visitor.leave();
  });

  it.each(["en", "de"] as const)("has nothing against the app in %s", async (language) => {
    await ada.page.setViewportSize(wide);
    await speak(ada, language);
    expect(await lookAt(ada, screens)).toEqual([]);
  });
});
