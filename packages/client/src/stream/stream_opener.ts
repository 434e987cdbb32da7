import type { StreamEnd } from "../engine/engine_module.ts";
import { PollStream } from "./poll_stream.ts";
import type { OpenStream, Stream, StreamHandler } from "./stream.ts";
import { WebSocketStream } from "./web_socket_stream.ts";

/** Until polls begin beside a WebSocket that neither opens nor fails. */
const socketPatienceMs = 2_500;
/** Until a WebSocket is tried beside a stream that is polled; doubled after each failure. */
const firstProbeMs = 15_000;
const longestProbeMs = 10 * 60_000;

/** What one attempt leaves for the next. */
interface Outlook {
  /** A WebSocket came up beside polls: it may be slow, but there is one. */
  expectsSocket: boolean;
}

/** Streams to one server: over a WebSocket, or polled as long as that does not come up. */
export function streamsTo(server: string): OpenStream {
  const outlook: Outlook = { expectsSocket: false };
  return (handler) => new EitherStream(server, handler, outlook);
}

/**
 * A WebSocket if one comes up soon. If not, polls carry the stream until one does, the one that was begun with too; the
 * engine then opens the stream anew.
 */
class EitherStream implements Stream {
  readonly #server: string;
  readonly #handler: StreamHandler;
  readonly #outlook: Outlook;
  /** The WebSocket, opening or open; beside polls that are open, the one that is tried. */
  #socket: Stream | undefined;
  #polls: Stream | undefined;
  #hasPolled = false;
  #carrier: Stream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(server: string, handler: StreamHandler, outlook: Outlook) {
    this.#server = server;
    this.#handler = handler;
    this.#outlook = outlook;
    const isExpected = outlook.expectsSocket;
    outlook.expectsSocket = false;
    this.#trySocket(firstProbeMs);
    if (!isExpected) this.#timer = setTimeout(() => this.#startPolls(), socketPatienceMs);
  }

  send(frame: Uint8Array<ArrayBuffer>): boolean {
    return this.#carrier?.send(frame) ?? false;
  }

  close(): void {
    (this.#carrier ?? this.#socket ?? this.#polls)?.close();
  }

  /** `pause` comes before the next one, if this one fails beside polls. */
  #trySocket(pause: number): void {
    const socket: Stream = new WebSocketStream(this.#server, {
      opened: () => this.#socketOpened(socket),
      frame: (frame) => {
        if (this.#carrier === socket) this.#handler.frame(frame);
      },
      closed: (end) => {
        if (this.#socket === socket) this.#socketClosed(end, pause);
      },
    });
    this.#socket = socket;
  }

  #socketOpened(socket: Stream): void {
    if (this.#isOver || this.#socket !== socket) return;
    if (this.#carrier === undefined) {
      this.#carry(socket);
      return;
    }
    // The polled stream makes way, as if lost, for the next one, which begins with a WebSocket like this.
    this.#outlook.expectsSocket = true;
    this.#end("lost");
  }

  #socketClosed(end: StreamEnd, pause: number): void {
    const hadOpened = this.#carrier === this.#socket;
    this.#socket = undefined;
    const isOffline = "onLine" in navigator && navigator.onLine === false;
    if (hadOpened || end !== "lost" || isOffline) this.#end(end);
    else if (this.#carrier !== undefined) this.#tryLater(pause);
    else if (!this.#hasPolled) this.#startPolls();
    else if (this.#polls === undefined) this.#end(end);
  }

  #startPolls(): void {
    clearTimeout(this.#timer);
    this.#hasPolled = true;
    const polls: Stream = new PollStream(this.#server, {
      opened: () => {
        if (this.#polls === polls) this.#pollsOpened(polls);
      },
      frame: (frame) => {
        if (this.#carrier === polls) this.#handler.frame(frame);
      },
      closed: (end) => {
        if (this.#polls === polls) this.#pollsClosed(polls, end);
      },
    });
    this.#polls = polls;
  }

  #pollsOpened(polls: Stream): void {
    this.#carry(polls);
    if (this.#socket === undefined) this.#tryLater(firstProbeMs);
  }

  #pollsClosed(polls: Stream, end: StreamEnd): void {
    const hadOpened = this.#carrier === polls;
    if (hadOpened || end !== "lost" || this.#socket === undefined) this.#end(end);
    // The WebSocket that still opens may do better.
    else this.#polls = undefined;
  }

  #tryLater(pause: number): void {
    this.#timer = setTimeout(() => this.#trySocket(Math.min(2 * pause, longestProbeMs)), pause);
  }

  #carry(stream: Stream): void {
    this.#carrier = stream;
    clearTimeout(this.#timer);
    if (stream === this.#socket) {
      const polls = this.#polls;
      this.#polls = undefined;
      polls?.close();
    }
    this.#handler.opened();
  }

  #end(end: StreamEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    const begun = [this.#socket, this.#polls];
    this.#socket = undefined;
    this.#polls = undefined;
    this.#carrier = undefined;
    for (const stream of begun) stream?.close();
    this.#handler.closed(end);
  }
}
