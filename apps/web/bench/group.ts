import { flood, lastWords } from "./flood.ts";
import type { Scene } from "./scene.ts";

const patienceMs = 1_800_000;
const retryMs = 3_000;

export const groupTitle = "Flood";

interface Arrival {
  /** The number of the first message that was seen, and the time from there to the last. */
  readonly first: number;
  readonly took: number;
}

/** Watches the conversation's row, which shows the newest message, until the last is there. */
function watchArrival(last: string): Promise<Arrival> {
  return new Promise((resolve) => {
    let begin: { number: number; at: number } | undefined;
    const look = () => {
      const text = document.querySelector('nav a[href^="/c/"]')?.textContent ?? "";
      const number = Number(/number (\d+)/.exec(text)?.[1] ?? 0);
      if (begin === undefined && number > 0) begin = { number, at: performance.now() };
      if (text.includes(last)) resolve({ first: begin?.number ?? 0, took: performance.now() - (begin?.at ?? 0) });
      else setTimeout(look, 5);
    };
    look();
  });
}

/** The id among what `sotto group create` prints. */
function conversationIn(made: unknown): string {
  return /"conversation":"([0-9a-f]{32})"/.exec(JSON.stringify(made))?.[1] ?? "";
}

/**
 * How many messages of a group a page takes in each second: fetched, opened, kept and shown in the list. They wait at
 * the server until the page's network comes back, and stay in the home for what is measured next.
 */
export async function measureGroup({ ada, server }: Scene, messages: number): Promise<string[]> {
  await ada.register();
  const bob = server.terminal();
  await bob.run(["register", "bob"]);
  const [made] = await bob.run(["group", "create", groupTitle, "ada"]);
  await ada.row(groupTitle).waitFor();
  const rpc = bob.rpc();
  await ada.loseNetwork();
  await flood(rpc, { conversation: conversationIn(made) }, messages);
  ada.context.setDefaultTimeout(patienceMs);
  const arrival = ada.page.evaluate(watchArrival, lastWords);
  await ada.findNetwork();
  // After so long without a network, the next try by itself may be a minute away.
  await ada
    .button("Retry now")
    .click({ timeout: retryMs })
    .catch(() => undefined);
  const { first, took } = await arrival;
  await rpc.end();
  const rate = ((messages - first) / took) * 1_000;
  return [
    `group messages taken in: ${rate.toFixed(0)} a second (${messages - first} in ${took.toFixed(0)} ms; goal 1,000)`,
  ];
}
