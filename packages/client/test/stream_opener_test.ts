// Property: a stream opens soon where a network swallows WebSockets without a word, is polled nowhere else, and ends once;
// a WebSocket that is merely slow carries the next stream instead of being tried in vain for ever.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StreamEnd } from "../src/engine/engine_module.ts";
import { streamsTo } from "../src/stream/stream_opener.ts";

/** A WebSocket that does what a test says. */
class Socket extends EventTarget {
  static readonly OPEN = 1;
  static made: Socket[] = [];
  binaryType = "";
  bufferedAmount = 0;
  readyState = 0;
  readonly sent: unknown[] = [];

  constructor() {
    super();
    Socket.made.push(this);
  }

  open(): void {
    this.readyState = Socket.OPEN;
    this.dispatchEvent(new Event("open"));
  }

  fail(): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code: 1006 }));
  }

  send(frame: unknown): void {
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = 3;
  }
}

let polled: string[] = [];
/** Whether ordinary requests are answered. */
let answersPolls = true;

/** A server that opens polled streams, and has nothing to say on them. */
function answer(address: URL, { signal }: RequestInit): Promise<Response> {
  const route = address.pathname.split("/").at(-1) ?? "";
  polled.push(route);
  if (route === "open" && !answersPolls) return Promise.reject(new TypeError("no network"));
  if (route === "open") return Promise.resolve(new Response(Uint8Array.of(10, 1, 7)));
  if (route !== "receive") return Promise.resolve(new Response());
  return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));
}

const openStream = () => streamsTo("https://chat.example");

function attempt(open: ReturnType<typeof openStream>) {
  const ends: StreamEnd[] = [];
  const opened = vi.fn();
  const stream = open({ opened, frame: () => undefined, closed: (end) => ends.push(end) });
  return { stream, opened, ends, socket: Socket.made.at(-1) as Socket };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("fetch", answer);
  Socket.made = [];
  polled = [];
  answersPolls = true;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("is a WebSocket, and nothing polled, where one opens", async () => {
  const { socket, stream, opened, ends } = attempt(openStream());
  socket.open();
  await pass(60_000);
  expect(opened).toHaveBeenCalledTimes(1);
  expect(stream.send(new Uint8Array(3))).toBe(true);
  expect(socket.sent.length).toBe(1);
  expect(polled).toEqual([]);
  stream.close();
  await pass(0);
  expect(ends).toEqual(["closed_here"]);
});

it("is polled at once where a WebSocket is refused", async () => {
  const { socket, stream, opened } = attempt(openStream());
  socket.fail();
  await pass(0);
  expect(opened).toHaveBeenCalledTimes(1);
  expect(stream.send(new Uint8Array(3))).toBe(true);
  await pass(0);
  expect(polled).toContain("send");
  stream.close();
});

it("is polled soon where a WebSocket is swallowed, and tries another later", async () => {
  const { stream, opened, ends } = attempt(openStream());
  expect(stream.send(new Uint8Array(3))).toBe(false);
  await pass(3_000);
  expect(opened).toHaveBeenCalledTimes(1);
  expect(stream.send(new Uint8Array(3))).toBe(true);
  await pass(60_000);
  expect(opened).toHaveBeenCalledTimes(1);
  expect(Socket.made.length).toBeGreaterThan(1);
  expect(ends).toEqual([]);
  stream.close();
  await pass(0);
  expect(ends).toEqual(["closed_here"]);
  expect(polled).toContain("close");
});

it("makes way for a WebSocket that comes late, which the next stream waits for", async () => {
  const open = openStream();
  const first = attempt(open);
  await pass(3_000);
  first.socket.open();
  await pass(0);
  expect(first.ends).toEqual(["lost"]);
  expect(polled).toContain("close");
  polled = [];
  const next = attempt(open);
  await pass(5_000);
  expect(polled).toEqual([]);
  next.socket.open();
  expect(next.opened).toHaveBeenCalledTimes(1);
  await pass(60_000);
  expect(next.ends).toEqual([]);
  next.stream.close();
});

it("waits for the WebSocket where polls fail too, and ends once when both have", async () => {
  answersPolls = false;
  const open = openStream();
  const first = attempt(open);
  await pass(3_000);
  expect(polled).toEqual(["open"]);
  expect(first.ends).toEqual([]);
  first.socket.open();
  expect(first.opened).toHaveBeenCalledTimes(1);
  first.stream.close();
  const second = attempt(open);
  await pass(20_000);
  expect(second.opened).not.toHaveBeenCalled();
  expect(second.ends).toEqual(["lost"]);
});

it("forgets polls that open after the WebSocket", async () => {
  let letOpen: () => void = () => undefined;
  vi.stubGlobal(
    "fetch",
    (address: URL, how: RequestInit) =>
      new Promise((resolve) => {
        letOpen = () => resolve(answer(address, how));
      }),
  );
  const { socket, stream, opened, ends } = attempt(openStream());
  await pass(3_000);
  socket.open();
  letOpen();
  await pass(1_000);
  expect(opened).toHaveBeenCalledTimes(1);
  stream.send(new Uint8Array(3));
  expect(socket.sent.length).toBe(1);
  expect(ends).toEqual([]);
  stream.close();
});

it("ends once when it is closed before anything opened", async () => {
  const { socket, stream, opened, ends } = attempt(openStream());
  await pass(2_600);
  stream.close();
  socket.fail();
  await pass(30_000);
  expect(ends).toEqual(["closed_here"]);
  expect(opened.mock.calls.length).toBeLessThan(2);
});
