import type { PasskeyChallenge } from "../browser/messages.ts";
import { keyDatabase } from "../browser/messages.ts";
import type { SodiumLibrary } from "../crypto/sodium_library.ts";
import { deleteRecord, type KeyRecord, type LockRecord, readRecord, writeRecord } from "./key_record.ts";
import { LockRefused } from "./lock_refused.ts";
import { passphraseKey } from "./passphrase_key.ts";

// The storage key, 32 random octets, under which the engine seals everything secret in its database. It is kept sealed
// under a WebCrypto key that this browser will not show even to this page, and with a lock under a key besides that only
// a passphrase or a passkey gives.

export type LockKind = "none" | "passphrase" | "passkey";

/** How a home is locked, and what a passkey is asked for. */
export interface Lock {
  readonly kind: LockKind;
  readonly challenge?: PasskeyChallenge | undefined;
}

/** What opens a lock. A passkey's is the output of its PRF for the lock's salt. */
export type Unlocking =
  | { readonly kind: "passphrase"; readonly passphrase: string }
  | { readonly kind: "passkey"; readonly output: Uint8Array<ArrayBuffer> };

export interface LockChange {
  /** What opens the present lock, if there is one. */
  readonly current: Unlocking | undefined;
  readonly next:
    | { readonly kind: "none" }
    | { readonly kind: "passphrase"; readonly passphrase: string }
    | { readonly kind: "passkey"; readonly challenge: PasskeyChallenge; readonly output: Uint8Array<ArrayBuffer> };
}

const nonceSize = 12;
const leastPassphrase = 12;

export class StorageKeys {
  readonly #home: string;
  readonly #sodium: () => Promise<SodiumLibrary>;

  /** Asks for the library only where a passphrase needs it. */
  constructor(home: string, sodium: () => Promise<SodiumLibrary>) {
    this.#home = home;
    this.#sodium = sodium;
  }

  /** The lock, after a key was made if there was none. */
  async prepare(): Promise<Lock> {
    const record = (await readRecord(keyDatabase(this.#home))) ?? (await this.#create());
    const { lock } = record;
    if (lock.kind !== "passkey") return { kind: lock.kind };
    return { kind: "passkey", challenge: { credential: lock.credential, salt: lock.salt } };
  }

  /** The key itself; whoever gets it overwrites it. Throws LockRefused. */
  async open(unlocking: Unlocking | undefined): Promise<Uint8Array<ArrayBuffer>> {
    const record = await readRecord(keyDatabase(this.#home));
    if (record === undefined) throw new LockRefused("This home has no key any more.");
    const outer = await unseal(record.wrapping, record.sealed, this.#purpose(record.lock));
    if (record.lock.kind === "none") return outer;
    const key = await this.#lockKey(record.lock, unlocking);
    try {
      return await unseal(key, outer, this.#purpose(record.lock));
    } catch {
      throw new LockRefused("That does not open the lock.");
    }
  }

  async change(change: LockChange): Promise<void> {
    const record = await readRecord(keyDatabase(this.#home));
    if (record === undefined) throw new LockRefused("This home has no key any more.");
    const key = await this.open(change.current);
    try {
      await writeRecord(keyDatabase(this.#home), await this.#sealed(record.wrapping, key, change.next));
    } finally {
      key.fill(0);
    }
  }

  async #create(): Promise<KeyRecord> {
    const wrapping = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const key = crypto.getRandomValues(new Uint8Array(32));
    const record = await this.#sealed(wrapping, key, { kind: "none" });
    key.fill(0);
    await writeRecord(keyDatabase(this.#home), record);
    return record;
  }

  async #sealed(wrapping: CryptoKey, key: Uint8Array<ArrayBuffer>, next: LockChange["next"]): Promise<KeyRecord> {
    const lock = lockOf(next);
    if (next.kind === "none" || lock.kind === "none") {
      return { wrapping, lock, sealed: await seal(wrapping, key, this.#purpose(lock)) };
    }
    const inner = await seal(await this.#lockKey(lock, next), key, this.#purpose(lock));
    return { wrapping, lock, sealed: await seal(wrapping, inner, this.#purpose(lock)) };
  }

  async #lockKey(lock: LockRecord, unlocking: Unlocking | undefined): Promise<CryptoKey> {
    if (unlocking?.kind === "passphrase" && lock.kind === "passphrase") {
      return passphraseKey(await this.#sodium(), unlocking.passphrase, lock);
    }
    if (unlocking?.kind === "passkey" && lock.kind === "passkey") return passkeyKey(unlocking.output);
    throw new LockRefused("This home is locked otherwise.");
  }

  /** Binds what is sealed to the home and to the kind of its lock. */
  #purpose(lock: LockRecord): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`sotto storage key v1 ${lock.kind} ${this.#home}`);
  }
}

/** Without it, nobody opens the home again. */
export async function forgetStorageKey(home: string): Promise<void> {
  await deleteRecord(keyDatabase(home));
}

function lockOf(next: LockChange["next"]): LockRecord {
  if (next.kind === "none") return { kind: "none" };
  if (next.kind === "passkey") return { kind: "passkey", ...next.challenge };
  if ([...next.passphrase].length < leastPassphrase) {
    throw new LockRefused(`A passphrase has at least ${leastPassphrase} characters.`);
  }
  return { kind: "passphrase", salt: crypto.getRandomValues(new Uint8Array(16)), memoryKib: 64 * 1024, passes: 3 };
}

async function passkeyKey(output: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", output, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode("sotto passkey lock v1");
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

async function seal(key: CryptoKey, plaintext: Uint8Array<ArrayBuffer>, purpose: Uint8Array<ArrayBuffer>) {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceSize));
  const ciphertext = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv: nonce, additionalData: purpose },
    key,
    plaintext,
  );
  const sealed = new Uint8Array(nonceSize + ciphertext.byteLength);
  sealed.set(nonce);
  sealed.set(new Uint8Array(ciphertext), nonceSize);
  return sealed;
}

async function unseal(key: CryptoKey, sealed: Uint8Array<ArrayBuffer>, purpose: Uint8Array<ArrayBuffer>) {
  const parameters = { name: "AES-GCM", iv: sealed.subarray(0, nonceSize), additionalData: purpose };
  return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.subarray(nonceSize)));
}
