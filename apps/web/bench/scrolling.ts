import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build, preview } from "vite";
import { startBrowser, wide } from "../e2e/support/browser.ts";
import { middle, share } from "./figures.ts";

const sampleId = (4).toString(16).padStart(32, "0");
const framesWatched = 400;
const pixelsPerFrame = 120;

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

/** A long conversation on the sample page of the conversation: the timeline as it is, without the engine behind it. */
export async function measureScrolling(lines: number): Promise<string[]> {
  const root = fileURLToPath(new URL("../src/features/conversation/development", import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), "sotto-bench-"));
  await build({ root, configFile: false, logLevel: "error", build: { outDir, emptyOutDir: true, target: "es2023" } });
  const served = await preview({ root, configFile: false, build: { outDir }, logLevel: "error", preview: { port: 0 } });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: wide });
    await page.goto(`${served.resolvedUrls?.local[0]}?lines=${lines}&to=/c/${sampleId}`);
    await page.getByRole("feed").getByRole("article").last().waitFor();
    const took = await frames(page);
    return [
      `scrolling ${lines} messages (sample page): ${(1_000 / middle(took)).toFixed(0)} frames/s in the middle, ` +
        `95 % of frames within ${share(took, 0.95).toFixed(1)} ms, longest ${Math.max(...took).toFixed(0)} ms`,
    ];
  } finally {
    await browser.close();
    await served.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}
