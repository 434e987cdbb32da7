import type { Client } from "@sotto/client";

/** What Sotto keeps in this browser: how much it is, whether it is safe from clearing, and how to be rid of it. */

export interface StorageState {
  readonly used: number | null;
  readonly quota: number | null;
  readonly isKept: boolean;
}

export async function readStorage(): Promise<StorageState> {
  const { storage } = navigator;
  try {
    const { usage, quota } = await storage.estimate();
    return { used: usage ?? null, quota: quota ?? null, isKept: await storage.persisted() };
  } catch {
    return { used: null, quota: null, isKept: false };
  }
}

async function eraseCaches(): Promise<void> {
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

/**
 * Ends the sign-in if the server can be reached, then deletes all that this origin keeps in this browser, and begins
 * anew. Rejects if something could not be deleted.
 */
export async function eraseThisDevice(client: Client): Promise<void> {
  // A server that is away must not keep anybody from erasing; the sign-in can be ended from another device.
  await client.ask("log_out", {}).catch(() => undefined);
  const { eraseHome } = await import("@sotto/client");
  await eraseHome();
  await eraseCaches();
  localStorage.clear();
  sessionStorage.clear();
  window.location.replace("/start");
}
