import type { Plugin } from "vite";

/** A language file of React Aria, such as `react-aria/dist/private/intl/menu/fr-FR.mjs`. */
const languageFile =
  /[\\/](?:react-aria|react-aria-components|react-stately)[\\/].*[\\/]intl[\\/].*?([a-z]{2}-[A-Z]{2})\.m?js$/;

/** Leaves the words out that React Aria brings for languages which the app does not speak. */
export function keepLanguages(kept: readonly string[]): Plugin {
  return {
    name: "sotto:keep-languages",
    apply: "build",
    enforce: "pre",
    load(id) {
      const language = languageFile.exec(id)?.[1];
      return language !== undefined && !kept.includes(language) ? "export default {};" : null;
    },
  };
}
