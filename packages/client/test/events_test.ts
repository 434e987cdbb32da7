// Property: a tab hears the events of a turn together, in order, each once, before whatever is said after them; and what
// one listener throws keeps them from no other.
import { afterEach, expect, it, vi } from "vitest";
import { EventBatch } from "../src/browser/event_batch.ts";
import { toEngine, toTabs } from "../src/browser/messages.ts";
import { Tab } from "../src/browser/tab.ts";
import type { EngineEvent } from "../src/client.ts";

const closed: EngineEvent = { name: "connection_changed", body: { connection: "closed" } };
const live: EngineEvent = { name: "connection_changed", body: { connection: "live" } };

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
  vi.unstubAllGlobals();
});

/** The worker's end of a home's channels, and one tab. */
function home() {
  const name = crypto.randomUUID();
  const tab = new Tab(name, () => undefined);
  const tabs = toTabs(name);
  const engine = toEngine(name);
  ending.push(() => {
    tab.end();
    tabs.close();
    engine.close();
  });
  return { tab, tabs };
}

it("are told when the turn is over, all of them at once", async () => {
  const said: (readonly EngineEvent[])[] = [];
  const batch = new EventBatch((events) => said.push(events));
  batch.add(closed);
  batch.add(live);
  expect(said).toEqual([]);
  await Promise.resolve();
  expect(said).toEqual([[closed, live]]);
  batch.add(closed);
  await Promise.resolve();
  expect(said).toEqual([[closed, live], [closed]]);
});

it("are told before what is said after them, and not again", async () => {
  const said: (readonly EngineEvent[])[] = [];
  const batch = new EventBatch((events) => said.push(events));
  batch.add(closed);
  batch.tell();
  expect(said).toEqual([[closed]]);
  batch.add(live);
  await Promise.resolve();
  await Promise.resolve();
  expect(said).toEqual([[closed], [live]]);
});

it("are heard by every listener, also after one that throws", async () => {
  const complaints: unknown[] = [];
  vi.stubGlobal("reportError", (reason: unknown) => complaints.push(reason));
  const { tab, tabs } = home();
  const heard: EngineEvent[] = [];
  tab.listen(() => {
    throw new Error("a listener's own");
  });
  tab.listen((event) => heard.push(event));
  tabs.postMessage({ kind: "events", events: [closed, live] });
  await vi.waitFor(() => expect(heard).toEqual([closed, live]));
  expect(complaints).toHaveLength(2);
});
