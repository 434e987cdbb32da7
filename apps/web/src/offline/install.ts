/** What the browser hands out where it can install the app. Not among the library's types. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** `by_hand`: only the reader can, from the browser's own menu. `none`: it cannot be, or it is already. */
export type InstallWay = "none" | "prompt" | "by_hand";

let prompt: InstallPrompt | undefined;
let isInstalled = false;
const listeners = new Set<() => void>();

function change(next: InstallPrompt | undefined): void {
  prompt = next;
  for (const listener of listeners) listener();
}

function isPrompt(event: Event): event is InstallPrompt {
  return "prompt" in event && typeof event.prompt === "function";
}

/** Listens for the browser's offer, which comes once and early: called when the app starts. */
export function watchInstallOffer(): void {
  window.addEventListener("beforeinstallprompt", (event) => {
    // Kept for when the reader asks for it, instead of a bar at a moment of the browser's choice.
    event.preventDefault();
    if (isPrompt(event)) change(event);
  });
  window.addEventListener("appinstalled", () => {
    isInstalled = true;
    change(undefined);
  });
}

function runsInstalled(): boolean {
  return isInstalled || window.matchMedia("(display-mode: standalone), (display-mode: minimal-ui)").matches;
}

/** Safari on a phone or tablet: all browsers there are Safari, and installing is in its menu. */
function isIos(): boolean {
  return (
    /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1)
  );
}

/** How the app can be installed here and now. */
export function installWay(): InstallWay {
  if (runsInstalled()) return "none";
  if (prompt !== undefined) return "prompt";
  return isIos() ? "by_hand" : "none";
}

/** Shows the browser's own question. */
export async function install(): Promise<void> {
  const asked = prompt;
  // It may be asked once only.
  change(undefined);
  await asked?.prompt();
}

/** Hears when that changes. */
export function subscribeInstallWay(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
