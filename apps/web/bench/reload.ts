import { Stage } from "../e2e/support/stage.ts";
import { middle } from "./figures.ts";
import { flood, lastWords } from "./flood.ts";

const attempts = 5;
const patienceMs = 900_000;

/** Notes when there are messages to read and a field to write in. */
function watchForReady(): void {
  const look = () => {
    const feed = document.querySelector('[role="feed"] article');
    if (feed !== null && document.querySelector("textarea") !== null) performance.mark("interactive");
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** From the reload of a page to a conversation that can be read and written in, with all of its messages held here. */
export async function measureReload(messages: number): Promise<string[]> {
  const stage = await Stage.open();
  try {
    const ada = await stage.person("ada");
    const bob = stage.server.terminal();
    await bob.run(["register", "bob"]);
    const rpc = bob.rpc();
    await flood(rpc, { to: "ada" }, messages);
    await ada.row("bob").filter({ hasText: lastWords }).waitFor({ timeout: patienceMs });
    await rpc.end();
    await ada.open("bob");
    await ada.page.getByRole("button", { name: /^Jump to .*new/ }).click();
    await ada.sees(lastWords);
    await ada.context.addInitScript(watchForReady);
    const took: number[] = [];
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      await ada.page.reload();
      await ada.page.waitForFunction(() => performance.getEntriesByName("interactive").length > 0);
      took.push(await ada.page.evaluate(() => performance.getEntriesByName("interactive")[0]?.startTime ?? 0));
    }
    const all = took.map((ms) => ms.toFixed(0)).join(", ");
    return [
      `interactive after a reload with ${messages} messages: ${middle(took).toFixed(0)} ms (${all}; goal 1,000 ms)`,
    ];
  } finally {
    await stage.close();
  }
}
