import { forgetStorageKey } from "../lock/storage_key.ts";
import { lockName, poolDirectory, toTabs } from "./messages.ts";
import { defaultHome } from "./open_client.ts";

const patience = 10_000;
const pause = 50;

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
    await removeFiles(poolDirectory(home));
  });
  channel.close();
}

/** The files of a worker that was ended a moment ago may be held a little longer. */
async function removeFiles(directory: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  for (const deadline = Date.now() + patience; ; ) {
    try {
      return await root.removeEntry(directory, { recursive: true });
    } catch (reason) {
      const name = reason instanceof DOMException ? reason.name : "";
      if (name === "NotFoundError") return;
      if (name !== "NoModificationAllowedError" || Date.now() > deadline) throw reason;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
