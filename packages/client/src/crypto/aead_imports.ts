import { gcm } from "@noble/ciphers/aes.js";
import type { ModuleMemory } from "../engine/module_memory.ts";

const keySize = 32;
const nonceSize = 12;
const tagSize = 16;

/** The module's imports from `aead`: AES-256-GCM, synchronous. What they return is described in aead_host.cpp. */
export function aeadImports(memory: ModuleMemory) {
  const cipher = (key: number, nonce: number, associated: number, associatedSize: number) =>
    gcm(memory.at(key, keySize), memory.at(nonce, nonceSize), memory.at(associated, associatedSize));
  return {
    aes_256_gcm_seal(
      key: number,
      nonce: number,
      associated: number,
      associatedSize: number,
      plaintext: number,
      size: number,
      target: number,
    ): void {
      const sealed = cipher(key, nonce, associated, associatedSize).encrypt(memory.at(plaintext, size));
      memory.octets.set(sealed, target);
    },
    aes_256_gcm_open(
      key: number,
      nonce: number,
      associated: number,
      associatedSize: number,
      sealed: number,
      size: number,
      target: number,
    ): number {
      if (size < tagSize) return 0;
      const opened = decrypted(cipher(key, nonce, associated, associatedSize), memory.at(sealed, size));
      if (opened === undefined) return 0;
      memory.octets.set(opened, target);
      opened.fill(0);
      return 1;
    },
  };
}

/** The library throws for what is not authentic, and for nothing else with arguments of these sizes. */
function decrypted(cipher: { decrypt(sealed: Uint8Array): Uint8Array }, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return cipher.decrypt(sealed);
  } catch {
    return undefined;
  }
}
