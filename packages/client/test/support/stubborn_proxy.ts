import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What some networks put before a server: it lets no WebSocket through, and loses answers. */
export class StubbornProxy {
  readonly url: string;
  /** How many of the answers to polls are lost: one of so many; 0 for none. */
  losesOneOf = 0;
  lost = 0;
  refused = 0;
  /** Targets of the requests that it passed on. */
  readonly passed: string[] = [];
  readonly #listener: Server;
  #answers = 0;

  private constructor(listener: Server) {
    this.#listener = listener;
    this.url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  }

  static async before(server: string): Promise<StubbornProxy> {
    const listener = createServer((asked, answer) => proxy.#pass(server, asked, answer));
    listener.on("upgrade", (_, socket) => {
      ++proxy.refused;
      socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const proxy = new StubbornProxy(listener);
    return proxy;
  }

  stop(): void {
    this.#listener.close();
    this.#listener.closeAllConnections();
  }

  #pass(server: string, asked: IncomingMessage, answer: ServerResponse): void {
    const target = asked.url ?? "/";
    this.passed.push(target);
    const headers = { ...asked.headers, host: new URL(server).host };
    const onward = request(new URL(target, server), { method: asked.method, headers }, (given) => {
      if (this.#isLost(target)) {
        given.resume().once("end", () => answer.destroy());
        return;
      }
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    // A poll that nobody waits for any more is none at the server either.
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  }

  #isLost(target: string): boolean {
    if (this.losesOneOf === 0 || !/poll\/(send|receive)$/.test(target)) return false;
    if (++this.#answers % this.losesOneOf !== 0) return false;
    ++this.lost;
    return true;
  }
}
