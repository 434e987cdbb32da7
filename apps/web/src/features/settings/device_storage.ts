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

async function eraseFiles(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}

async function eraseDatabases(): Promise<void> {
  const databases = await indexedDB.databases();
  await Promise.all(
    databases.map(
      ({ name }) =>
        new Promise<void>((resolve, reject) => {
          if (name === undefined) return resolve();
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = () => resolve();
          request.onerror = () => reject(request.error);
          // Another tab holds it: it goes when that tab does.
          request.onblocked = () => resolve();
        }),
    ),
  );
}

async function eraseCaches(): Promise<void> {
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

/** The worker that holds the files lets go of them a moment after the client has ended. */
async function eventually(work: () => Promise<void>): Promise<void> {
  const attempts = 10;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Ends the sign-in if the server can be reached, then deletes all that this origin keeps in this browser, and begins
 * anew. Rejects if something could not be deleted.
 */
export async function eraseThisDevice(client: Client): Promise<void> {
  // A server that is away must not keep anybody from erasing; the sign-in can be ended from another device.
  await client.ask("log_out", {}).catch(() => undefined);
  await client.close();
  await eventually(eraseFiles);
  await eraseDatabases();
  await eraseCaches();
  localStorage.clear();
  sessionStorage.clear();
  window.location.replace("/start");
}
