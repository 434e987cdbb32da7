import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** A chunk and all that it imports statically. */
function withImports(bundle: Bundle, name: string, found = new Set<string>()): ReadonlySet<string> {
  const chunk = bundle[name];
  if (chunk?.type !== "chunk" || found.has(name)) return found;
  found.add(name);
  for (const imported of chunk.imports) withImports(bundle, imported, found);
  return found;
}

const stylesOf = (chunk: Rolldown.OutputChunk) =>
  (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? new Set<string>();

/**
 * Names in the page what it loads a moment later, a module with all that this imports, so that a browser fetches it at
 * once. `source` is the end of the module's path.
 */
export function nameAtFirst(source: string): Plugin {
  return {
    name: "sotto:name-at-first",
    apply: "build",
    enforce: "post",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) => {
        const [entry] = Object.values(bundle).filter(
          (one) => one.type === "chunk" && one.facadeModuleId?.endsWith(source),
        );
        if (entry === undefined) throw new Error(`the build has no chunk of ${source}`);
        const scripts = [...withImports(bundle, entry.fileName)];
        const styles = scripts.flatMap((name) => [...stylesOf(bundle[name] as Rolldown.OutputChunk)]);
        const link = (rel: string, name: string): HtmlTagDescriptor => ({
          tag: "link",
          attrs: { rel, crossorigin: true, href: `/${name}` },
          injectTo: "head",
        });
        const isNew = (name: string) => !html.includes(name);
        return [
          ...scripts.filter(isNew).map((name) => link("modulepreload", name)),
          ...[...new Set(styles)].filter(isNew).map((name) => link("stylesheet", name)),
        ];
      },
    },
  };
}
