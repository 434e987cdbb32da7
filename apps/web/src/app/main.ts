import "../design/tokens.css";
import "../design/base.css";
import { watchInstallOffer } from "../offline/install";
import { whenIdle } from "./start_up/idle";
import { hadAccount } from "./start_up/known_account";
import { startOfPage } from "./start_up/start_of_page";

// The browser offers it once, and perhaps before anything is drawn.
watchInstallOffer();
// It takes longest, so it comes before anything is drawn, unless somebody who never was here has a first page to look at.
const isKnown = hadAccount();
if (isKnown) startOfPage.start();

/** Piece by piece, so that a slow device can answer in between. The page names all of them, so they come at once. */
async function drawApp(): Promise<void> {
  await import("react-dom/client");
  const { draw } = await import("./draw");
  draw();
  if (!isKnown) whenIdle(startOfPage.start);
}

void drawApp();
