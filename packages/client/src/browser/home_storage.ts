import { forgetStorageKey } from "../lock/storage_key.ts";
import { lockName, poolDirectory, toTabs } from "./messages.ts";
import { defaultHome } from "./open_client.ts";

export interface StorageState {
  /** False: the browser may delete the home when the disk is full. */
  readonly persisted: boolean;
  /** Octets, as the browser estimates them. */
  readonly used: number;
  readonly available: number;
}

export async function storageState(): Promise<StorageState> {
  const [persisted, { usage = 0, quota = 0 }] = await Promise.all([
    navigator.storage.persisted(),
    navigator.storage.estimate(),
  ]);
  return { persisted, used: usage, available: quota };
}

/** Asks the browser to keep the home. Some ask the person, some decide by themselves. */
export function requestPersistence(): Promise<boolean> {
  return navigator.storage.persist();
}

/**
 * Deletes everything that this origin holds of the home, its storage key first: what a disk may keep of the files
 * opens for nobody. Ends the clients of all tabs, this one's too.
 */
export async function eraseHome(home: string = defaultHome): Promise<void> {
  const channel = toTabs(home);
  channel.postMessage({ kind: "erase" });
  await navigator.locks.request(lockName(home), async () => {
    await forgetStorageKey(home);
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(poolDirectory(home), { recursive: true }).catch((reason: unknown) => {
      if (!(reason instanceof DOMException && reason.name === "NotFoundError")) throw reason;
    });
  });
  channel.close();
}
