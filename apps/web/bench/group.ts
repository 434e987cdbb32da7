import { Stage } from "../e2e/support/stage.ts";
import { flood, lastWords } from "./flood.ts";

const patienceMs = 900_000;

interface Arrival {
  /** The number of the first message that was seen, and the moments of the first and the last. */
  readonly first: number;
  readonly took: number;
}

/** Watches the conversation's row, which shows the newest message, until the last is there. */
function watchArrival(last: string): Promise<Arrival> {
  return new Promise((resolve) => {
    let begin: { number: number; at: number } | undefined;
    const look = () => {
      const text = document.querySelector('nav a[href^="/c/"]')?.getAttribute("aria-label") ?? "";
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

/** How many messages of a group a page takes in each second: fetched, opened, kept and shown in the list. */
export async function measureGroup(messages: number): Promise<string[]> {
  const stage = await Stage.open();
  try {
    const ada = await stage.person("ada", { isWired: true });
    const bob = stage.server.terminal();
    await bob.run(["register", "bob"]);
    const [made] = await bob.run(["group", "create", "Flood", "ada"]);
    await ada.row("Flood").waitFor();
    const rpc = bob.rpc();
    await ada.loseNetwork();
    await flood(rpc, { conversation: conversationIn(made) }, messages);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    ada.context.setDefaultTimeout(patienceMs);
    const arrival = ada.page.evaluate(watchArrival, lastWords);
    await ada.findNetwork();
    const { first, took } = await arrival;
    await rpc.end();
    const rate = ((messages - first) / took) * 1_000;
    return [`group messages taken in: ${rate.toFixed(0)} a second (${messages - first} in ${took.toFixed(0)} ms)`];
  } finally {
    await stage.close();
  }
}
