import type { Page } from "playwright-core";
import { middle, share } from "./figures.ts";
import { lastWords } from "./flood.ts";
import { groupTitle } from "./group.ts";
import type { Scene } from "./scene.ts";

const attempts = 5;
const jumpMs = 5_000;
const restMs = 1_000;
const framesWatched = 600;
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

/** Of a page at rest, as a person has it: one that still starts has to be ended first. */
async function reload(page: Page): Promise<number> {
  await page.waitForTimeout(restMs);
  await page.reload();
  await page.waitForFunction(() => performance.getEntriesByName("interactive").length > 0);
  return page.evaluate(() => performance.getEntriesByName("interactive")[0]?.startTime ?? 0);
}

/** From the click on a conversation's row to its messages on the screen. */
function openFromList(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const begin = performance.now();
        document.querySelector<HTMLAnchorElement>('nav a[href^="/c/"]')?.click();
        const look = () => {
          const isOpen = document.querySelector('[role="feed"] article') !== null;
          if (isOpen && document.querySelector("textarea") !== null) resolve(performance.now() - begin);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
  );
}

async function leaveConversation(page: Page): Promise<void> {
  await page.evaluate(() => {
    history.pushState(null, "", "/");
  });
  await page.getByRole("feed").waitFor({ state: "detached" });
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

const listed = (took: readonly number[]) => took.map((ms) => ms.toFixed(0)).join(", ");

/** From the reload of a page to a conversation that can be read and written in; how it opens and how it scrolls. */
export async function measureConversation({ ada }: Scene, messages: number): Promise<string[]> {
  const { page } = ada;
  await ada.open(groupTitle);
  // Where more is unread than is looked through, it opens at the newest already.
  await ada
    .button(/^Jump to .*new/)
    .click({ timeout: jumpMs })
    .catch(() => undefined);
  await ada.sees(lastWords);
  // What is not seen yet is told to have been read; what is measured comes after that.
  await page.waitForTimeout(2_000);
  await ada.context.addInitScript(watchForReady);
  const ready: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) ready.push(await reload(page));
  const opened: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await leaveConversation(page);
    opened.push(await openFromList(page));
  }
  const scrolled = await frames(page);
  return [
    `interactive after a reload, ${messages} messages: ${middle(ready).toFixed(0)} ms (${listed(ready)}; goal 1,000 ms)`,
    `their conversation opens from the list in ${middle(opened).toFixed(0)} ms (${listed(opened)}; goal 350 ms)`,
    `scrolling them: ${(1_000 / middle(scrolled)).toFixed(0)} frames/s in the middle (goal 60), 95 % of frames within ` +
      `${share(scrolled, 0.95).toFixed(1)} ms, longest ${Math.max(...scrolled).toFixed(0)} ms`,
  ];
}
