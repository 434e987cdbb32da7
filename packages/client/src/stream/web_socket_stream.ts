import type { StreamEnd } from "../engine/engine_module.ts";
import { endOfCode, mostQueuedOctets, type Stream, type StreamHandler } from "./stream.ts";

const connectTimeout = 10_000;

/** The address of the stream of the server at `server`, as in `https://chat.example.org`. */
export function streamAddress(server: string): string {
  const url = new URL("/api/v1/stream", server);
  url.protocol = url.protocol === "http:" || url.protocol === "ws:" ? "ws:" : "wss:";
  return url.href;
}

/** A WebSocket with one binary frame a message. */
export class WebSocketStream implements Stream {
  readonly #socket: WebSocket;
  readonly #handler: StreamHandler;
  readonly #timeout: ReturnType<typeof setTimeout>;
  #ended = false;

  constructor(server: string, handler: StreamHandler) {
    this.#handler = handler;
    this.#socket = new WebSocket(streamAddress(server));
    this.#socket.binaryType = "arraybuffer";
    this.#timeout = setTimeout(() => this.#end("lost"), connectTimeout);
    this.#socket.addEventListener("open", () => {
      clearTimeout(this.#timeout);
      if (!this.#ended) handler.opened();
    });
    this.#socket.addEventListener("message", ({ data }) => this.#take(data));
    this.#socket.addEventListener("close", ({ code }) => this.#end(endOfCode(code)));
    globalThis.addEventListener?.("offline", this.#whenOffline);
  }

  send(frame: Uint8Array<ArrayBuffer>): boolean {
    const fits = this.#socket.bufferedAmount + frame.length <= mostQueuedOctets;
    if (this.#ended || this.#socket.readyState !== WebSocket.OPEN || !fits) return false;
    this.#socket.send(frame);
    return true;
  }

  close(): void {
    this.#end("closed_here");
  }

  #take(data: unknown): void {
    if (this.#ended) return;
    if (data instanceof ArrayBuffer) this.#handler.frame(new Uint8Array(data));
    // The server answers in the form it was asked in; text is nobody's answer to us.
    else this.#end("lost");
  }

  // A connection without a network breaks only after minutes of silence.
  readonly #whenOffline = () => this.#end("lost");

  /** Later, not from inside a call of ours. The socket says goodbye by itself. */
  #end(end: StreamEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timeout);
    globalThis.removeEventListener?.("offline", this.#whenOffline);
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close();
    queueMicrotask(() => this.#handler.closed(end));
  }
}
