// What the service worker answers itself. Everything else goes to the network untouched, and nothing of it is kept.

/** A request as far as the rules look at it. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly isNavigation: boolean;
}

/** Parts of the server that are not the app; the last ones are what operators look at with a browser. */
const served = ["/api", "/transparency", "/metrics", "/healthz", "/readyz", "/openapi.json"];

function isServed(path: string): boolean {
  return served.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/**
 * The path in the cache that answers a request; nothing if the network is to. Every address of the app is answered
 * with its one page, which the app itself then reads.
 */
export function cachedPath(asked: Asked, origin: string, files: ReadonlySet<string>): string | undefined {
  const { method, url, isNavigation } = asked;
  if (method !== "GET" || url.origin !== origin || isServed(url.pathname)) return undefined;
  if (files.has(url.pathname) && url.pathname !== "/") return url.pathname;
  return isNavigation && !url.pathname.startsWith("/assets/") ? "/" : undefined;
}

const cachePrefix = "sotto-app-";

export function cacheName(version: string): string {
  return cachePrefix + version;
}

/** The caches of other versions, which a version that takes over deletes. Other caches of the origin are not its own. */
export function outdatedCaches(names: readonly string[], version: string): readonly string[] {
  return names.filter((name) => name.startsWith(cachePrefix) && name !== cacheName(version));
}
