export interface Build {
  /** Null where the build was not told. */
  readonly version: string | null;
  /** Of the app's files: it changes with any of them. Null while developing. */
  readonly hash: string | null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** What the build says of itself; its hash is in the name of the first script, which names all others by theirs. */
export function buildOf(env: Readonly<Record<string, unknown>>, firstScript: string): Build {
  const hash = /-([A-Za-z0-9_-]{8,})\.js$/.exec(firstScript)?.[1] ?? null;
  return { version: textOf(env["VITE_SOTTO_VERSION"]), hash: textOf(env["VITE_SOTTO_BUILD"]) ?? hash };
}

/** The address of the script that began the app. */
export function firstScript(): string {
  return document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? "";
}
