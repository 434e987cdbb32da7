import { cachedPath, cacheName, outdatedCaches } from "./cache_rules";
import type { WorkerScope } from "./worker_scope";

// The app's service worker: keeps the app's own files, whole versions of them, so that it opens without a network.
// Messages, keys and answers of the server never pass through its cache. Built apart from the app, see
// `offline_plugin.ts`, which puts in the two names below.

/** The paths of all files of this version; "/" is the page. */
declare const APP_FILES: readonly string[];
/** Tells one version from another: a digest of the files' names and of the page. */
declare const APP_VERSION: string;

const scope = globalThis as unknown as WorkerScope;
const files: ReadonlySet<string> = new Set(APP_FILES);

/** A file that is named by its content is the same in every version that has it. */
async function keptBefore(path: string): Promise<Response | undefined> {
  return path.startsWith("/assets/") ? scope.caches.match(path) : undefined;
}

async function keep(cache: Cache, path: string): Promise<void> {
  const kept = await keptBefore(path);
  const answer = kept ?? (await fetch(path, { cache: "no-cache" }));
  if (!answer.ok || answer.redirected) throw new Error(`no ${path}`);
  await cache.put(path, answer);
}

/** A version is kept whole or not at all. */
async function install(): Promise<void> {
  const name = cacheName(APP_VERSION);
  const cache = await scope.caches.open(name);
  try {
    await Promise.all(APP_FILES.map((path) => keep(cache, path)));
  } catch (error) {
    await scope.caches.delete(name);
    throw error;
  }
}

async function activate(): Promise<void> {
  const outdated = outdatedCaches(await scope.caches.keys(), APP_VERSION);
  await Promise.all(outdated.map((name) => scope.caches.delete(name)));
  await scope.clients.claim();
}

async function answerFrom(path: string, request: Request): Promise<Response> {
  const cache = await scope.caches.open(cacheName(APP_VERSION));
  const kept = await cache.match(path);
  if (kept === undefined) return fetch(request);
  // As it was kept, browsers keep with it what they compiled it to.
  if (kept.url === request.url) return kept;
  // Made anew, it has no address of its own: who asked finds what it was asked for with in its location.
  return new Response(kept.body, { status: kept.status, headers: kept.headers });
}

/** Brings the app to the front at a conversation; opens it if it is not open. */
async function openConversation(conversation: string): Promise<void> {
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const chosen = windows.find(({ focused }) => focused) ?? windows[0];
  if (chosen === undefined) {
    await scope.clients.openWindow(`/c/${conversation}`);
    return;
  }
  await chosen.focus();
  chosen.postMessage({ openConversation: conversation });
}

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const asked = { method: request.method, url: new URL(request.url), isNavigation: request.mode === "navigate" };
  const path = cachedPath(asked, scope.location.origin, files);
  if (path !== undefined) event.respondWith(answerFrom(path, request));
});

scope.addEventListener("message", (event) => {
  // The reader has agreed to the new version.
  if (event.data === "take over") void scope.skipWaiting();
});

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const data: unknown = event.notification.data;
  if (typeof data !== "object" || data === null || !("conversation" in data)) return;
  const { conversation } = data;
  if (typeof conversation === "string" && /^[0-9a-f]{32}$/.test(conversation)) {
    event.waitUntil(openConversation(conversation));
  }
});
