import type { Page } from "playwright-core";
import { Stage } from "../e2e/support/stage.ts";
import { middle, share } from "./figures.ts";
import { flood, lastWords } from "./flood.ts";

const attempts = 5;
const patienceMs = 1_800_000;
const framesWatched = 400;
const pixelsPerFrame = 120;

/** Notes when there are messages to read and a field to write in. */
function watchForReady(): void {
  const look = () => {
    const feed = document.querySelector('[role="feed"] article');
    if (feed !== null && document.querySelector("textarea") !== null) performance.mark("interactive");
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function reload(page: Page): Promise<number> {
  await page.reload();
  await page.waitForFunction(() => performance.getEntriesByName("interactive").length > 0);
  return page.evaluate(() => performance.getEntriesByName("interactive")[0]?.startTime ?? 0);
}

/** Scrolls upwards as fast as a hand does, and gives how long each frame took. */
function frames(page: Page): Promise<number[]> {
  return page.getByRole("feed").evaluate(
    (feed, [count, step]) =>
      new Promise<number[]>((resolve) => {
        const took: number[] = [];
        let before = performance.now();
        const next = (now: number) => {
          took.push(now - before);
          before = now;
          if (took.length > count) return resolve(took.slice(1));
          feed.scrollTop -= step;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    [framesWatched, pixelsPerFrame] as const,
  );
}

/** From the reload of a page to a conversation that can be read and written in, and how it scrolls then. */
export async function measureConversation(messages: number): Promise<string[]> {
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
    for (let attempt = 0; attempt < attempts; attempt += 1) took.push(await reload(ada.page));
    const scrolled = await frames(ada.page);
    const all = took.map((ms) => ms.toFixed(0)).join(", ");
    return [
      `interactive after a reload, ${messages} messages: ${middle(took).toFixed(0)} ms (${all}; goal 1,000 ms)`,
      `scrolling them: ${(1_000 / middle(scrolled)).toFixed(0)} frames/s in the middle, 95 % of frames within ` +
        `${share(scrolled, 0.95).toFixed(1)} ms, longest ${Math.max(...scrolled).toFixed(0)} ms`,
    ];
  } finally {
    await stage.close();
  }
}
