// The worker answers for the app's own files and addresses and for nothing else, and a new version waits for a word.
import { expect, test, vi } from "vitest";
import { cachedPath, cacheName, outdatedCaches } from "./cache_rules";
import { type Container, type Registration, Updates } from "./updates";

const origin = "https://chat.example.org";
const files = new Set(["/", "/assets/index-1a2b.js", "/manifest.webmanifest"]);

function path(address: string, options: { method?: string; isNavigation?: boolean } = {}) {
  const { method = "GET", isNavigation = false } = options;
  return cachedPath({ method, url: new URL(address, origin), isNavigation }, origin, files);
}

test("the app's files come from the cache, whatever is asked behind them", () => {
  expect(path("/assets/index-1a2b.js")).toBe("/assets/index-1a2b.js");
  expect(path("/manifest.webmanifest?v=2")).toBe("/manifest.webmanifest");
});

test("every address of the app is its one page", () => {
  for (const address of ["/", "/c/0011", "/settings/about", "/join#sotto-group:AAAA"]) {
    expect(path(address, { isNavigation: true })).toBe("/");
  }
});

test("the server's own answers are never touched", () => {
  for (const address of [
    "/api",
    "/api/v1/send",
    "/api/v1/stream",
    "/transparency/checkpoint",
    "/metrics",
    "/healthz",
  ]) {
    expect(path(address)).toBeUndefined();
    expect(path(address, { isNavigation: true })).toBeUndefined();
  }
});

test("what is not of this origin, not a GET, or not of this version goes to the network", () => {
  expect(path("https://elsewhere.example/assets/index-1a2b.js")).toBeUndefined();
  expect(path("/assets/index-1a2b.js", { method: "POST" })).toBeUndefined();
  expect(path("/assets/other-9z.js")).toBeUndefined();
  expect(path("/assets/other-9z.js", { isNavigation: true })).toBeUndefined();
  expect(path("/c/0011")).toBeUndefined();
});

test("a version deletes the caches of the others and no strange one", () => {
  const names = [cacheName("1"), cacheName("2"), "of-something-else"];
  expect(outdatedCaches(names, "2")).toEqual([cacheName("1")]);
});

class FakeWorker extends EventTarget {
  state = "installing";
  readonly told: unknown[] = [];
  postMessage(message: unknown) {
    this.told.push(message);
  }
}

class FakeRegistration extends EventTarget implements Registration {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
  update = async () => undefined;
}

class FakeContainer extends EventTarget implements Container {
  readonly registration = new FakeRegistration();
  readonly controller: unknown;
  constructor(controller: unknown) {
    super();
    this.controller = controller;
  }
  register = async () => this.registration;
}

async function started(controller: unknown) {
  const container = new FakeContainer(controller);
  const reload = vi.fn();
  const updates = new Updates(container, reload);
  await updates.start();
  const finishInstalling = () => {
    const worker = new FakeWorker();
    container.registration.installing = worker;
    container.registration.dispatchEvent(new Event("updatefound"));
    container.registration.installing = null;
    container.registration.waiting = worker;
    worker.dispatchEvent(new Event("statechange"));
    return worker;
  };
  return { container, reload, updates, finishInstalling };
}

test("a new version waits until the reader says so, and then the page is loaded anew", async () => {
  const { container, reload, updates, finishInstalling } = await started({});
  expect(updates.isReady()).toBe(false);
  const worker = finishInstalling();
  expect(updates.isReady()).toBe(true);
  updates.takeOver();
  expect(worker.told).toEqual(["take over"]);
  expect(reload).not.toHaveBeenCalled();
  container.dispatchEvent(new Event("controllerchange"));
  expect(reload).toHaveBeenCalledTimes(1);
});

test("the first worker of all is no new version and reloads nothing", async () => {
  const { container, reload, updates, finishInstalling } = await started(null);
  finishInstalling();
  expect(updates.isReady()).toBe(false);
  container.dispatchEvent(new Event("controllerchange"));
  expect(reload).not.toHaveBeenCalled();
});
