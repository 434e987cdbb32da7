/** libsodium as it was compiled: C functions over a memory of its own. */
export interface SodiumLibrary {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(address: number): void;
  _crypto_stream_chacha20(stream: number, size: number, sizeHigh: number, nonce: number, key: number): number;
  _crypto_scalarmult_ed25519_base(point: number, scalar: number): number;
  _crypto_scalarmult_curve25519(shared: number, scalar: number, point: number): number;
  _crypto_sign_ed25519_seed_keypair(publicKey: number, secretKey: number, seed: number): number;
  _crypto_sign_ed25519_detached(
    signature: number,
    sizeOut: number,
    message: number,
    size: number,
    sizeHigh: number,
    secretKey: number,
  ): number;
  _crypto_sign_ed25519_verify_detached(
    signature: number,
    message: number,
    size: number,
    sizeHigh: number,
    publicKey: number,
  ): number;
  _crypto_hash_sha256_init(state: number): number;
  _crypto_hash_sha256_update(state: number, piece: number, size: number, sizeHigh: number): number;
  _crypto_hash_sha256_final(state: number, digest: number): number;
  _crypto_hash_sha256(digest: number, message: number, size: number, sizeHigh: number): number;
  _crypto_hash_sha512(digest: number, message: number, size: number, sizeHigh: number): number;
  _crypto_pwhash_argon2id(
    out: number,
    outSize: number,
    outSizeHigh: number,
    password: number,
    size: number,
    sizeHigh: number,
    salt: number,
    passes: number,
    passesHigh: number,
    memory: number,
    algorithm: number,
  ): number;
  _crypto_pwhash_argon2id_str_verify(form: number, password: number, size: number, sizeHigh: number): number;
  _crypto_kem_mlkem768_seed_keypair(publicKey: number, secretKey: number, seed: number): number;
  _crypto_kem_mlkem768_enc_deterministic(
    ciphertext: number,
    shared: number,
    publicKey: number,
    message: number,
  ): number;
  _crypto_kem_mlkem768_dec(shared: number, ciphertext: number, secretKey: number): number;
}

/** The library, ready. */
export async function loadSodium(): Promise<SodiumLibrary> {
  // Only when it is wanted: it is large, and starts as soon as it is there.
  const { default: sodium } = await import("libsodium-wrappers-sumo");
  await sodium.ready;
  return (sodium as unknown as { libsodium: SodiumLibrary }).libsodium;
}
