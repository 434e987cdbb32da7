import type { StreamEnd } from "../engine/engine_module.ts";
import { PollStream } from "./poll_stream.ts";
import type { OpenStream, Stream, StreamHandler } from "./stream.ts";
import { WebSocketStream } from "./web_socket_stream.ts";

/** Until a WebSocket is tried beside a stream that is polled; doubled after each failure. */
const firstProbeMs = 15_000;
const longestProbeMs = 10 * 60_000;

/** Streams to one server: over a WebSocket, or polled if that does not come up. */
export function streamsTo(server: string): OpenStream {
  return (handler) => new EitherStream(server, handler);
}

/** A WebSocket if one comes up. If not, polls carry the stream until one does; the engine then opens it anew. */
class EitherStream implements Stream {
  readonly #server: string;
  readonly #handler: StreamHandler;
  #present: Stream;
  #hasOpened = false;
  #closesHere = false;
  #probeTimer: ReturnType<typeof setTimeout> | undefined;
  #probe: Stream | undefined;

  constructor(server: string, handler: StreamHandler) {
    this.#server = server;
    this.#handler = handler;
    this.#present = new WebSocketStream(server, {
      ...this.#forwarding(),
      closed: (end) => this.#socketClosed(end),
    });
  }

  send(frame: Uint8Array<ArrayBuffer>): boolean {
    return this.#present.send(frame);
  }

  close(): void {
    this.#closesHere = true;
    this.#present.close();
  }

  #forwarding() {
    return {
      opened: () => {
        this.#hasOpened = true;
        this.#handler.opened();
      },
      frame: (frame: Uint8Array<ArrayBuffer>) => this.#handler.frame(frame),
    };
  }

  #socketClosed(end: StreamEnd): void {
    const isOffline = "onLine" in navigator && navigator.onLine === false;
    if (this.#hasOpened || this.#closesHere || end !== "lost" || isOffline) {
      this.#handler.closed(end);
      return;
    }
    const forwarding = this.#forwarding();
    this.#present = new PollStream(this.#server, {
      ...forwarding,
      opened: () => {
        forwarding.opened();
        this.#probeLater(firstProbeMs);
      },
      closed: (reason) => this.#pollsClosed(reason),
    });
  }

  #pollsClosed(end: StreamEnd): void {
    clearTimeout(this.#probeTimer);
    this.#probe?.close();
    this.#probe = undefined;
    // Whoever closed it to make way for a WebSocket was not the engine.
    this.#handler.closed(end === "closed_here" && !this.#closesHere ? "lost" : end);
  }

  #probeLater(pause: number): void {
    this.#probeTimer = setTimeout(() => {
      const probe = new WebSocketStream(this.#server, {
        // It carried nothing; the stream that the engine opens next will be one like it.
        opened: () => this.#present.close(),
        frame: () => {},
        closed: () => {
          if (this.#probe !== probe) return;
          this.#probe = undefined;
          this.#probeLater(Math.min(2 * pause, longestProbeMs));
        },
      });
      this.#probe = probe;
    }, pause);
  }
}
