import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { temporaryFolder } from "../../../../packages/client/test/support/server.ts";

/**
 * How the code lies in each picture: as a hand brings it before a camera and holds it there, never quite still. Seven,
 * because the film goes round and a page that looks at every third, fourth or fifth picture must come to see each of
 * them.
 */
const poses = [
  { turned: 0.2, wide: 120, across: 40 },
  { turned: 0.12, wide: 240, across: 180 },
  { turned: 0.06, wide: 320, across: 320 },
  { turned: 0.04, wide: 340, across: 320 },
  { turned: 0.02, wide: 360, across: 322 },
  { turned: 0.03, wide: 350, across: 316 },
  { turned: -0.02, wide: 380, across: 324 },
] as const;

/** What a browser takes for its camera: a film that shows a code which another screen shows. */
export class Camera {
  readonly #folder = temporaryFolder();
  readonly #film = join(this.#folder, "film.mjpeg");

  /** For `startBrowser`. The browser opens the film when a page asks for the camera. */
  get options(): string[] {
    return [
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${this.#film}`,
    ];
  }

  /** Films what `shown` looks like at this moment. */
  async pointAt(shown: Locator, browser: Browser): Promise<void> {
    const seen = (await shown.screenshot()).toString("base64");
    const page = await browser.newPage();
    const pictures = await page.evaluate(drawPictures, { seen, poses });
    await page.close();
    // A browser may still have the film before this one open, which must not change under it.
    const next = `${this.#film}.next`;
    writeFileSync(next, Buffer.concat(pictures.map((picture) => Buffer.from(picture, "base64"))));
    renameSync(next, this.#film);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Scene {
  readonly seen: string;
  readonly poses: readonly { readonly turned: number; readonly wide: number; readonly across: number }[];
}

/** In a page: one JPEG per pose in base64, 640 by 480, of a screen on a table. */
async function drawPictures({ seen, poses }: Scene): Promise<string[]> {
  const code = await createImageBitmap(await (await fetch(`data:image/png;base64,${seen}`)).blob());
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [640, 480];
  const pen = canvas.getContext("2d");
  return poses.map(({ turned, wide, across }) => {
    pen?.resetTransform();
    if (pen !== null) pen.fillStyle = "rgb(120 110 100)";
    pen?.fillRect(0, 0, 640, 480);
    pen?.translate(across, 240);
    pen?.rotate(turned);
    pen?.drawImage(code, -wide / 2, -wide / 2, wide, (wide * code.height) / code.width);
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1] ?? "";
  });
}
