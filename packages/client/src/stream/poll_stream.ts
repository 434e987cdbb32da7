import type { StreamEnd } from "../engine/engine_module.ts";
import { readOpened, readReceived, writeClose, writeOpen, writeReceive, writeSend } from "./poll_messages.ts";
import { endOfCode, mostQueuedOctets, type Stream, type StreamHandler } from "./stream.ts";

/** What one request to send may hold. */
const mostFrames = 64;
const mostOctets = 60_000;
/** The server answers a poll after 25 s at the latest, anything else at once. */
const patienceMs = 45_000;
const mostAttempts = 5;
const firstPauseMs = 250;
const gatewayTimeout = 504;

type Route = "open" | "send" | "receive" | "close";

/** The server, or what stands before it, did not answer as hoped; the request may be repeated after a pause. */
class Unanswered extends Error {
  readonly pauseMs: number | undefined;
  constructor(pauseMs?: number) {
    super("There was no answer.");
    this.pauseMs = pauseMs;
  }
}

/**
 * A stream over HTTP requests, for networks that let no WebSocket through: one request at a time waits for frames, and
 * one takes frames there. Each may be repeated when its answer was lost, and does nothing twice.
 */
export class PollStream implements Stream {
  readonly #server: string;
  readonly #handler: StreamHandler;
  readonly #over = new AbortController();
  #name: Uint8Array<ArrayBuffer> | undefined;
  readonly #waiting: Uint8Array<ArrayBuffer>[] = [];
  #queued = 0;
  #isSending = false;

  constructor(server: string, handler: StreamHandler) {
    this.#server = server;
    this.#handler = handler;
    globalThis.addEventListener?.("offline", this.#whenOffline);
    this.#live().catch(() => this.#end("lost"));
  }

  send(frame: Uint8Array<ArrayBuffer>): boolean {
    if (this.#name === undefined || this.#over.signal.aborted) return false;
    if (this.#queued + frame.length > mostQueuedOctets) return false;
    this.#waiting.push(frame);
    this.#queued += frame.length;
    if (!this.#isSending) this.#sendWaiting(this.#name).catch(() => this.#end("lost"));
    return true;
  }

  close(): void {
    this.#end("closed_here");
  }

  async #live(): Promise<void> {
    const name = readOpened(await this.#ask("open", writeOpen()));
    if (this.#over.signal.aborted) return this.#sayGoodbye(name);
    this.#name = name;
    this.#handler.opened();
    for (let after = 0; ; ) {
      const { frames, last, closed } = await this.#receive(name, after);
      after = last;
      for (const frame of frames) if (!this.#over.signal.aborted) this.#handler.frame(frame);
      if (closed !== undefined) return this.#end(endOfCode(closed));
    }
  }

  async #receive(name: Uint8Array, after: number) {
    const answer = await this.#ask("receive", writeReceive(name, after));
    // A gateway that has no more patience than it has: nothing came meanwhile.
    return answer.length === 0 ? { frames: [], last: after, closed: undefined } : readReceived(answer);
  }

  async #sendWaiting(name: Uint8Array): Promise<void> {
    this.#isSending = true;
    // Frames that the engine makes in one turn go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const frames = this.#takeSome();
      await this.#ask("send", writeSend(name, frames));
      this.#queued -= frames.reduce((size, frame) => size + frame.length, 0);
    }
    this.#isSending = false;
  }

  #takeSome(): Uint8Array<ArrayBuffer>[] {
    let size = 0;
    let count = 0;
    for (const frame of this.#waiting.slice(0, mostFrames)) {
      size += frame.length;
      if (count > 0 && size > mostOctets) break;
      ++count;
    }
    return this.#waiting.splice(0, count);
  }

  /** Repeats the request until it is answered. */
  async #ask(route: Route, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    for (let attempt = 1; ; ++attempt) {
      try {
        return await this.#post(route, body);
      } catch (reason) {
        const isHopeless = this.#over.signal.aborted || attempt === mostAttempts || !(reason instanceof Unanswered);
        // Whoever opens finds out with the first request whether there is a way at all.
        if (isHopeless || route === "open") throw reason;
        const pause = reason.pauseMs ?? firstPauseMs * 2 ** attempt;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  async #post(route: Route, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const signal = AbortSignal.any([this.#over.signal, AbortSignal.timeout(patienceMs)]);
    const answer = await post(this.#server, route, body, { signal }).catch(() => {
      throw new Unanswered();
    });
    if (answer.ok) {
      const octets = await answer.arrayBuffer().catch(() => {
        throw new Unanswered();
      });
      return new Uint8Array(octets);
    }
    if (answer.status === gatewayTimeout && route === "receive") return new Uint8Array();
    throw await refusalOf(answer);
  }

  #sayGoodbye(name: Uint8Array): void {
    // If it is lost, the server forgets the stream after a minute.
    post(this.#server, "close", writeClose(name), { keepalive: true }).catch(() => undefined);
  }

  readonly #whenOffline = () => this.#end("lost");

  /** Later, not from inside a call of ours. */
  #end(end: StreamEnd): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    globalThis.removeEventListener?.("offline", this.#whenOffline);
    if (this.#name !== undefined) this.#sayGoodbye(this.#name);
    this.#waiting.length = 0;
    queueMicrotask(() => this.#handler.closed(end));
  }
}

function post(server: string, route: Route, body: Uint8Array<ArrayBuffer>, how: RequestInit): Promise<Response> {
  const headers = { "Content-Type": "application/octet-stream" };
  const address = new URL(`/api/v1/poll/${route}`, server);
  return fetch(address, { ...how, method: "POST", headers, body, credentials: "omit", cache: "no-store" });
}

async function refusalOf(answer: Response): Promise<Error> {
  const error: unknown = await answer.json().catch(() => undefined);
  const pause = typeof error === "object" && error !== null && "retry_after_ms" in error && error.retry_after_ms;
  if (typeof pause === "number" && pause > 0) return new Unanswered(pause);
  return answer.status >= 502 ? new Unanswered() : new Error("The server refused.");
}
