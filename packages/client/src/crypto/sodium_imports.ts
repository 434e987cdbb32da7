import type { ModuleMemory } from "../engine/module_memory.ts";
import type { SodiumLibrary } from "./sodium_library.ts";

const sha256StateSize = 104;
/** getRandomValues gives no more at once. */
const mostRandomOctets = 65_536;

/**
 * A piece of libsodium's memory for the length of one call: what the function reads is copied in, what it writes is
 * copied out, and all of it is overwritten afterwards, because most of it is secret.
 */
class Desk {
  readonly #sodium: SodiumLibrary;
  readonly #memory: ModuleMemory;
  #begin: number;
  #size = 8192;
  #used = 0;

  constructor(sodium: SodiumLibrary, memory: ModuleMemory) {
    this.#sodium = sodium;
    this.#memory = memory;
    this.#begin = sodium._malloc(this.#size);
  }

  /** Must come first, with at least the octets of all that follows and 16 for each. */
  clear(size: number): void {
    this.#used = 0;
    if (size <= this.#size) return;
    this.#sodium._free(this.#begin);
    this.#begin = this.#sodium._malloc(size);
    this.#size = size;
    if (this.#begin === 0) throw new Error("libsodium has no memory left.");
  }

  room(size: number): number {
    const address = this.#begin + this.#used;
    this.#used += (size + 15) & ~15;
    return address;
  }

  put(source: number, size: number): number {
    const address = this.room(size);
    this.#sodium.HEAPU8.set(this.#memory.at(source, size), address);
    return address;
  }

  take(address: number, size: number, target: number): void {
    this.#memory.octets.set(this.#sodium.HEAPU8.subarray(address, address + size), target);
  }

  wipe(): void {
    this.#sodium.HEAPU8.fill(0, this.#begin, this.#begin + this.#used);
  }
}

/** The module's imports from `sodium`: the functions of crypto/host/sodium.h. */
export function sodiumImports(sodium: SodiumLibrary, memory: ModuleMemory) {
  const desk = new Desk(sodium, memory);
  return {
    sodium_init: () => 0,
    randombytes_buf: (target: number, size: number) => fillRandomly(memory, target, size),
    ...hashImports(sodium, desk),
    ...curveImports(sodium, desk),
    ...kemImports(sodium, desk),
    ...passwordImports(sodium, memory, desk),
  };
}

function fillRandomly(memory: ModuleMemory, target: number, size: number): void {
  for (let done = 0; done < size; done += mostRandomOctets) {
    crypto.getRandomValues(memory.at(target + done, Math.min(mostRandomOctets, size - done)));
  }
}

function hashImports(sodium: SodiumLibrary, desk: Desk) {
  return {
    crypto_hash_sha256_init(state: number): number {
      desk.clear(128);
      const own = desk.room(sha256StateSize);
      sodium._crypto_hash_sha256_init(own);
      desk.take(own, sha256StateSize, state);
      return 0;
    },
    crypto_hash_sha256_update(state: number, piece: number, size: number): number {
      desk.clear(size + 160);
      const own = desk.put(state, sha256StateSize);
      sodium._crypto_hash_sha256_update(own, desk.put(piece, size), size, 0);
      desk.take(own, sha256StateSize, state);
      desk.wipe();
      return 0;
    },
    crypto_hash_sha256_final(state: number, digest: number): number {
      desk.clear(192);
      const out = desk.room(32);
      sodium._crypto_hash_sha256_final(desk.put(state, sha256StateSize), out);
      desk.take(out, 32, digest);
      desk.wipe();
      return 0;
    },
    crypto_hash_sha256(digest: number, message: number, size: number): number {
      desk.clear(size + 64);
      const out = desk.room(32);
      sodium._crypto_hash_sha256(out, desk.put(message, size), size, 0);
      desk.take(out, 32, digest);
      desk.wipe();
      return 0;
    },
    crypto_hash_sha512(digest: number, message: number, size: number): number {
      desk.clear(size + 96);
      const out = desk.room(64);
      sodium._crypto_hash_sha512(out, desk.put(message, size), size, 0);
      desk.take(out, 64, digest);
      desk.wipe();
      return 0;
    },
    crypto_stream_chacha20(stream: number, size: number, nonce: number, key: number): number {
      desk.clear(size + 96);
      const out = desk.room(size);
      sodium._crypto_stream_chacha20(out, size, 0, desk.put(nonce, 8), desk.put(key, 32));
      desk.take(out, size, stream);
      desk.wipe();
      return 0;
    },
  };
}

function curveImports(sodium: SodiumLibrary, desk: Desk) {
  return {
    crypto_scalarmult_ed25519_base(point: number, scalar: number): number {
      desk.clear(128);
      const out = desk.room(32);
      const code = sodium._crypto_scalarmult_ed25519_base(out, desk.put(scalar, 32));
      desk.take(out, 32, point);
      desk.wipe();
      return code;
    },
    crypto_scalarmult_curve25519(shared: number, scalar: number, point: number): number {
      desk.clear(192);
      const out = desk.room(32);
      const code = sodium._crypto_scalarmult_curve25519(out, desk.put(scalar, 32), desk.put(point, 32));
      desk.take(out, 32, shared);
      desk.wipe();
      return code;
    },
    crypto_sign_ed25519_seed_keypair(publicKey: number, secretKey: number, seed: number): number {
      desk.clear(192);
      const ownPublic = desk.room(32);
      const ownSecret = desk.room(64);
      const code = sodium._crypto_sign_ed25519_seed_keypair(ownPublic, ownSecret, desk.put(seed, 32));
      desk.take(ownPublic, 32, publicKey);
      desk.take(ownSecret, 64, secretKey);
      desk.wipe();
      return code;
    },
    crypto_sign_ed25519_detached(
      signature: number,
      _size: number,
      message: number,
      size: number,
      secretKey: number,
    ): number {
      desk.clear(size + 192);
      const out = desk.room(64);
      const own = desk.put(message, size);
      const code = sodium._crypto_sign_ed25519_detached(out, 0, own, size, 0, desk.put(secretKey, 64));
      desk.take(out, 64, signature);
      desk.wipe();
      return code;
    },
    crypto_sign_ed25519_verify_detached(signature: number, message: number, size: number, publicKey: number): number {
      desk.clear(size + 192);
      const own = desk.put(message, size);
      const code = sodium._crypto_sign_ed25519_verify_detached(
        desk.put(signature, 64),
        own,
        size,
        0,
        desk.put(publicKey, 32),
      );
      desk.wipe();
      return code;
    },
  };
}

function kemImports(sodium: SodiumLibrary, desk: Desk) {
  return {
    crypto_kem_mlkem768_seed_keypair(publicKey: number, secretKey: number, seed: number): number {
      desk.clear(4096);
      const ownPublic = desk.room(1184);
      const ownSecret = desk.room(2400);
      const code = sodium._crypto_kem_mlkem768_seed_keypair(ownPublic, ownSecret, desk.put(seed, 64));
      desk.take(ownPublic, 1184, publicKey);
      desk.take(ownSecret, 2400, secretKey);
      desk.wipe();
      return code;
    },
    crypto_kem_mlkem768_enc_deterministic(
      ciphertext: number,
      shared: number,
      publicKey: number,
      message: number,
    ): number {
      desk.clear(4096);
      const ownCiphertext = desk.room(1088);
      const ownShared = desk.room(32);
      const own = desk.put(publicKey, 1184);
      const code = sodium._crypto_kem_mlkem768_enc_deterministic(ownCiphertext, ownShared, own, desk.put(message, 32));
      desk.take(ownCiphertext, 1088, ciphertext);
      desk.take(ownShared, 32, shared);
      desk.wipe();
      return code;
    },
    crypto_kem_mlkem768_dec(shared: number, ciphertext: number, secretKey: number): number {
      desk.clear(4096);
      const out = desk.room(32);
      const own = desk.put(ciphertext, 1088);
      const code = sodium._crypto_kem_mlkem768_dec(out, own, desk.put(secretKey, 2400));
      desk.take(out, 32, shared);
      desk.wipe();
      return code;
    },
  };
}

function passwordImports(sodium: SodiumLibrary, memory: ModuleMemory, desk: Desk) {
  return {
    crypto_pwhash_argon2id(
      target: number,
      targetSize: number,
      password: number,
      size: number,
      salt: number,
      passes: number,
      cost: number,
      algorithm: number,
    ): number {
      desk.clear(targetSize + size + 96);
      const out = desk.room(targetSize);
      const ownPassword = desk.put(password, size);
      const ownSalt = desk.put(salt, 16);
      const code = sodium._crypto_pwhash_argon2id(
        out,
        targetSize,
        0,
        ownPassword,
        size,
        0,
        ownSalt,
        passes,
        0,
        cost >>> 0,
        algorithm,
      );
      if (code === 0) desk.take(out, targetSize, target);
      desk.wipe();
      return code;
    },
    crypto_pwhash_argon2id_str_verify(form: number, password: number, size: number): number {
      const formSize = memory.octets.indexOf(0, form) - form + 1;
      desk.clear(formSize + size + 64);
      const own = desk.put(form, formSize);
      const code = sodium._crypto_pwhash_argon2id_str_verify(own, desk.put(password, size), size, 0);
      desk.wipe();
      return code;
    },
  };
}
