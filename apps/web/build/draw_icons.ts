import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

// Draws the pictures that cannot be SVG from the one that is, into public/icons. Run by hand when the mark changes:
// `node build/draw_icons.ts`, with the browser of SOTTO_CHROMIUM.

const icons = new URL("../public/icons/", import.meta.url);
const sizes = [180, 192, 512] as const;

const browser = await chromium.launch({ executablePath: process.env["SOTTO_CHROMIUM"] ?? "/usr/bin/chromium" });
const svg = await readFile(new URL("icon.svg", icons), "utf8");
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
  await writeFile(new URL(`icon_${size}.png`, icons), await page.screenshot());
  await page.close();
}
await browser.close();
