import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { preload } from "./screens";

/** Puts the app in the page's place for it. */
export function draw(): void {
  preload(window.location.pathname);
  const root = document.getElementById("root");
  if (root === null) return;
  const app = (
    <StrictMode>
      <App />
    </StrictMode>
  );
  // In slices, between which a slow device can answer.
  startTransition(() => createRoot(root).render(app));
}
