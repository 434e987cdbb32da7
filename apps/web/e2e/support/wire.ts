import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket, type Server as TcpServer } from "node:net";

/**
 * What lies between one browser and the server, and can be cut. A browser that is told to be offline keeps the
 * connections that it has, so nothing less than this shows what a lost network does.
 */
export class Wire {
  readonly url: string;
  readonly #listener: TcpServer;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #refusesStreams = false;
  /** How often a stream was asked for, and how often one was let through. */
  readonly streams = { asked: 0, passed: 0 };

  private constructor(listener: TcpServer, port: number) {
    this.#listener = listener;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async to(server: string): Promise<Wire> {
    const target = Number(new URL(server).port);
    const listener = createServer((near) => wire.#join(near, target));
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const wire = new Wire(listener, (listener.address() as AddressInfo).port);
    return wire;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** As some companies' networks: ordinary requests pass, and nothing that becomes a WebSocket. */
  refuseStreams(): void {
    this.#refusesStreams = true;
  }

  letStreamsPass(): void {
    this.#refusesStreams = false;
  }

  close(): void {
    this.cut();
    this.#listener.close();
  }

  #join(near: Socket, target: number): void {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = connect(target, "127.0.0.1");
    near.on("data", (octets) => {
      if (!/^upgrade: websocket\r$/im.test(octets.toString("latin1"))) return;
      ++this.streams.asked;
      if (!this.#refusesStreams) ++this.streams.passed;
      else near.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
