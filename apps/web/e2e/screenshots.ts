// Not a test: pictures of the main screens, wide and narrow, light and dark, in both languages, for people to look at.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, it } from "vitest";
import { narrow, wide } from "./support/browser.ts";
import type { Person } from "./support/person.ts";
import { firstScreens, furnish, type Language, localeOf, type Screen, speak } from "./support/screens.ts";
import { pictureFolder, Stage } from "./support/stage.ts";

const sizes = { wide, narrow } as const;
const themes = ["light", "dark"] as const;

describe.each(["en", "de"] as const)("pictures in %s", (language: Language) => {
  let stage: Stage | undefined;
  afterEach(() => stage?.close());

  const take = async (person: Person, screens: readonly Screen[]) => {
    for (const { name, go } of screens) {
      await go(person);
      for (const [size, viewport] of Object.entries(sizes)) {
        await person.page.setViewportSize(viewport);
        for (const theme of themes) {
          await person.page.emulateMedia({ colorScheme: theme });
          await person.page.waitForTimeout(120);
          await person.page.screenshot({ path: join(pictureFolder, `${name}-${size}-${theme}-${language}.png`) });
        }
      }
    }
  };

  it("are taken", { timeout: 900_000 }, async () => {
    mkdirSync(pictureFolder, { recursive: true });
    if (language === "en") rmSync(join(pictureFolder, "failed"), { recursive: true, force: true });
    stage = await Stage.open();
    const ada = await stage.person("ada");
    const screens = await furnish(stage, ada, language);
    await speak(ada, language);
    const guest = await stage.visitor("guest", { locale: localeOf[language] });
    await take(guest, firstScreens);
    await take(ada, screens);
  });
});
