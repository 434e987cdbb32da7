import "../design/tokens.css";
import "../design/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchInstallOffer } from "../offline/install";
import { App } from "./app";
import { preload } from "./screens";
import { startEngine } from "./start_up/start_up";

// The browser offers it once, and perhaps before anything is drawn.
watchInstallOffer();
startEngine();
preload(window.location.pathname);

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
