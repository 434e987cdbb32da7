import type { Argon2idParameters } from "./passphrase_key.ts";

export type LockRecord =
  | { readonly kind: "none" }
  | ({ readonly kind: "passphrase" } & Argon2idParameters)
  | { readonly kind: "passkey"; readonly credential: Uint8Array<ArrayBuffer>; readonly salt: Uint8Array<ArrayBuffer> };

/** As it lies in IndexedDB, which can hold a key that nobody can read. */
export interface KeyRecord {
  readonly wrapping: CryptoKey;
  readonly lock: LockRecord;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

const storeName = "storage_key";
const recordName = "record";

export async function readRecord(database: string): Promise<KeyRecord | undefined> {
  return (await withStore(database, "readonly", (store) => store.get(recordName))) as KeyRecord | undefined;
}

/** In place of the one before; durable when it returns. */
export async function writeRecord(database: string, record: KeyRecord): Promise<void> {
  await withStore(database, "readwrite", (store) => store.put(record, recordName));
}

export function deleteRecord(database: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(database);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

async function withStore(
  name: string,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await openDatabase(name);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode, { durability: "strict" });
      const request = use(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("The storage key could not be stored."));
    });
  } finally {
    database.close();
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
