import type { Client } from "../../src/client.ts";
import type { Events } from "../../src/generated/engine.ts";

export const password = "correct horse battery";

/** The next event of that name that fits. */
export function nextEvent<N extends keyof Events>(
  client: Client,
  name: N,
  fits: (body: Events[N]) => boolean = () => true,
): Promise<Events[N]> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`No ${name} came.`)), 30_000);
    const stop = client.listen((event) => {
      if (event.name !== name || !fits(event.body as Events[N])) return;
      clearTimeout(timeout);
      stop();
      resolve(event.body as Events[N]);
    });
  });
}

export const receivedText = (client: Client, text: string) =>
  nextEvent(client, "message_received", (body) => body.message.text === text);
