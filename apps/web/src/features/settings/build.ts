export interface Build {
  /** Null where the app was not built for release. */
  readonly version: string | null;
  /** Of what it was built from. */
  readonly hash: string | null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** What the build says of itself. */
export function buildOf(env: Readonly<Record<string, unknown>>): Build {
  return { version: textOf(env["VITE_SOTTO_VERSION"]), hash: textOf(env["VITE_SOTTO_BUILD"]) };
}
