import lighthouse from "lighthouse";
import { freePort } from "../../../packages/client/test/support/server.ts";
import { startBrowser } from "../e2e/support/browser.ts";
import { Server } from "../e2e/support/server.ts";

/** What Lighthouse holds of the first page, in the form of a phone: a slow processor and a slow network are simulated. */
export async function measureLighthouse(): Promise<string[]> {
  const server = await Server.start();
  const port = await freePort();
  const browser = await startBrowser([`--remote-debugging-port=${port}`]);
  try {
    const run = await lighthouse(server.url, {
      port,
      onlyCategories: ["performance", "accessibility"],
      logLevel: "error",
    });
    if (run === undefined) throw new Error("Lighthouse gave no answer.");
    const { audits, categories } = run.lhr;
    const score = (name: string) => ((categories[name]?.score ?? 0) * 100).toFixed(0);
    const figure = (name: string) => audits[name]?.displayValue ?? "?";
    return [
      `Lighthouse, as on a phone: performance ${score("performance")} (goal 90), accessibility ` +
        `${score("accessibility")} (goal 100)`,
      `  first paint ${figure("first-contentful-paint")}, largest ${figure("largest-contentful-paint")}, blocked ` +
        `${figure("total-blocking-time")}, shift ${figure("cumulative-layout-shift")}`,
    ];
  } finally {
    await browser.close();
    await server.remove();
  }
}
