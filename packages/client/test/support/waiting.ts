import type { Client, EngineEvent } from "../../src/client.ts";

export const password = "correct horse battery";

/** The next event of that name that fits. */
export function nextEvent<N extends EngineEvent["name"]>(
  client: Client,
  name: N,
  fits: (body: Extract<EngineEvent, { name: N }>["body"]) => boolean = () => true,
): Promise<Extract<EngineEvent, { name: N }>["body"]> {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`No ${name} came.`)), 30_000);
    const stop = client.listen((event) => {
      if (event.name !== name) return;
      const { body } = event as Extract<EngineEvent, { name: N }>;
      if (!fits(body)) return;
      clearTimeout(timeout);
      stop();
      resolve(body);
    });
  });
}

export const receivedText = (client: Client, text: string) =>
  nextEvent(client, "message_received", (body) => body.message.text === text);
