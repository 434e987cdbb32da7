import "../design/tokens.css";
import "../design/base.css";
import { watchInstallOffer } from "../offline/install";
import { startOfPage } from "./start_up/start_of_page";

// The browser offers it once, and perhaps before anything is drawn.
watchInstallOffer();
// Before anything is drawn: that takes longest.
startOfPage.startOnce();

/** Piece by piece, so that a slow device can answer in between. The page names all of them, so they come at once. */
async function drawApp(): Promise<void> {
  await import("react-dom/client");
  const { draw } = await import("./draw");
  draw();
}

void drawApp();
