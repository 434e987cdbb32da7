import { useSyncExternalStore } from "react";

/** What Chromium gives when the app may be installed; other browsers install from their own menus. */
interface InstallPrompt extends Event {
  prompt(): Promise<void>;
}

let offered: InstallPrompt | null = null;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function isInstallPrompt(event: Event): event is InstallPrompt {
  return "prompt" in event;
}

// The browser offers it once, at a time of its own, so it is kept from the moment this file is loaded.
globalThis.window?.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  if (!isInstallPrompt(event)) return;
  offered = event;
  tell();
});
globalThis.window?.addEventListener("appinstalled", () => {
  offered = null;
  tell();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What asks the browser to install the app; null where it does not offer to. */
export function useInstallation(): (() => Promise<void>) | null {
  const prompt = useSyncExternalStore(subscribe, () => offered);
  if (prompt === null) return null;
  return async () => {
    await prompt.prompt();
    // A prompt serves once, whatever was answered.
    offered = null;
    tell();
  };
}

/** Asks the browser not to delete this origin's data when space runs short. */
export async function askForPersistence(): Promise<"kept" | "not_promised"> {
  const { storage } = navigator;
  if (storage?.persist === undefined) return "not_promised";
  try {
    return (await storage.persisted()) || (await storage.persist()) ? "kept" : "not_promised";
  } catch {
    return "not_promised";
  }
}
