import "../design/tokens.css";
import "../design/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchInstallOffer } from "../offline/install";
import { App } from "./app";

// The browser offers it once, and perhaps before anything is drawn.
watchInstallOffer();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
