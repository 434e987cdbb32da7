import lighthouse, { type RunnerResult } from "lighthouse";
import { freePort } from "../../../packages/client/test/support/server.ts";
import { startBrowser } from "../e2e/support/browser.ts";
import { Server } from "../e2e/support/server.ts";
import { middle } from "./figures.ts";

/** What else the machine does in a moment weighs more than the page in a single run, so the middle of them counts. */
const rounds = 3;

async function look(server: Server): Promise<RunnerResult["lhr"]> {
  const port = await freePort();
  const browser = await startBrowser([`--remote-debugging-port=${port}`]);
  try {
    const onlyCategories = ["performance", "accessibility"];
    const run = await lighthouse(server.url, { port, onlyCategories, logLevel: "error" });
    if (run === undefined) throw new Error("Lighthouse gave no answer.");
    return run.lhr;
  } finally {
    await browser.close();
  }
}

/** What Lighthouse holds of the first page, in the form of a phone: a slow processor and a slow network are simulated. */
export async function measureLighthouse(): Promise<string[]> {
  const server = await Server.start();
  try {
    const runs: RunnerResult["lhr"][] = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await look(server));
    const scores = (name: string) => runs.map(({ categories }) => (categories[name]?.score ?? 0) * 100);
    const listed = (name: string) =>
      `${middle(scores(name)).toFixed(0)} (${scores(name).map(Math.round).join(", ")}; goal`;
    const figure = (name: string) => runs.map(({ audits }) => audits[name]?.displayValue ?? "?").join(", ");
    return [
      `Lighthouse, as on a phone: performance ${listed("performance")} 90), accessibility ${listed("accessibility")} 100)`,
      `  first paint ${figure("first-contentful-paint")}; largest ${figure("largest-contentful-paint")}; blocked ` +
        `${figure("total-blocking-time")}; shift ${figure("cumulative-layout-shift")}`,
    ];
  } finally {
    await server.remove();
  }
}
