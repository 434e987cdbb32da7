import type { SodiumLibrary } from "../crypto/sodium_library.ts";

const argon2id13 = 2;
const keySize = 32;

export interface Argon2idParameters {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly memoryKib: number;
  readonly passes: number;
}

/** Argon2id takes some tenths of a second on purpose: not on a page's own thread. */
export async function passphraseKey(
  sodium: SodiumLibrary,
  passphrase: string,
  parameters: Argon2idParameters,
): Promise<CryptoKey> {
  // Two keyboards may type one letter in two ways.
  const password = new TextEncoder().encode(passphrase.normalize("NFC"));
  const size = keySize + parameters.salt.length + password.length;
  const begin = sodium._malloc(size);
  const salt = begin + keySize;
  const text = salt + parameters.salt.length;
  sodium.HEAPU8.set(parameters.salt, salt);
  sodium.HEAPU8.set(password, text);
  password.fill(0);
  try {
    const memory = parameters.memoryKib * 1024;
    const { passes } = parameters;
    const octets = text - begin;
    const length = size - octets;
    const code = sodium._crypto_pwhash_argon2id(
      begin,
      keySize,
      0,
      text,
      length,
      0,
      salt,
      passes,
      0,
      memory,
      argon2id13,
    );
    if (code !== 0) throw new Error("There is not enough memory for Argon2id.");
    const key = sodium.HEAPU8.slice(begin, begin + keySize);
    const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
    key.fill(0);
    return imported;
  } finally {
    sodium.HEAPU8.fill(0, begin, begin + size);
    sodium._free(begin);
  }
}
