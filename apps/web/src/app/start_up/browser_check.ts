/** What a browser lacks of what Sotto cannot do without. */
export type BrowserProblem =
  | { readonly kind: "insecure" }
  | { readonly kind: "unsupported"; readonly missing: readonly string[] };

type Probe = readonly [name: string, has: (scope: typeof globalThis) => boolean];

const probes: readonly Probe[] = [
  ["WebAssembly", (scope) => typeof scope.WebAssembly === "object"],
  ["Worker", (scope) => typeof scope.Worker === "function"],
  ["WebCrypto", (scope) => typeof scope.crypto?.subtle === "object"],
  ["IndexedDB", (scope) => "indexedDB" in scope],
  ["Origin private file system", (scope) => typeof scope.navigator?.storage?.getDirectory === "function"],
  ["Web Locks", (scope) => typeof scope.navigator?.locks?.request === "function"],
  ["BroadcastChannel", (scope) => typeof scope.BroadcastChannel === "function"],
];

/** Looks at what the browser has, before anything is loaded; null if it is enough. */
export function browserProblem(scope: typeof globalThis = globalThis): BrowserProblem | null {
  // Everything else is missing for this one reason then.
  if (scope.isSecureContext === false) return { kind: "insecure" };
  const missing = probes.filter(([, has]) => !has(scope)).map(([name]) => name);
  return missing.length > 0 ? { kind: "unsupported", missing } : null;
}
