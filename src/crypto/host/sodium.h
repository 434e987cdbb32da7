#pragma once

#include <cstddef>

// libsodium as the host of a wasm module has it: the functions that this room calls, under their own names, with their
// own arguments and results. The host copies what they read into the library's memory, and what they write back into
// the module's, and wipes what it copied. So the sources that call libsodium are the same natively and here.
//
// Lengths are of 32 bits here, as all of the module. Pointers may be null only where the length beside them is 0.

#define SOTTO_SODIUM(name) __attribute__((import_module("sodium"), import_name(#name))) name

// NOLINTBEGIN(google-runtime-int): these are the library's own types.
extern "C" {

int SOTTO_SODIUM(sodium_init)();
void SOTTO_SODIUM(randombytes_buf)(void* memory, std::size_t size);
int SOTTO_SODIUM(crypto_stream_chacha20)(unsigned char* stream, std::size_t size, const unsigned char* nonce,
                                         const unsigned char* key);

int SOTTO_SODIUM(crypto_scalarmult_ed25519_base)(unsigned char* point, const unsigned char* scalar);
int SOTTO_SODIUM(crypto_scalarmult_curve25519)(unsigned char* shared, const unsigned char* scalar,
                                               const unsigned char* point);

int SOTTO_SODIUM(crypto_sign_ed25519_seed_keypair)(unsigned char* public_key, unsigned char* secret_key,
                                                   const unsigned char* seed);
/// The host gives no length: `size` is null.
int SOTTO_SODIUM(crypto_sign_ed25519_detached)(unsigned char* signature, std::size_t* size,
                                               const unsigned char* message, std::size_t message_size,
                                               const unsigned char* secret_key);
int SOTTO_SODIUM(crypto_sign_ed25519_verify_detached)(const unsigned char* signature, const unsigned char* message,
                                                      std::size_t message_size, const unsigned char* public_key);

/// The state is 104 octets.
int SOTTO_SODIUM(crypto_hash_sha256_init)(unsigned char* state);
int SOTTO_SODIUM(crypto_hash_sha256_update)(unsigned char* state, const unsigned char* piece, std::size_t size);
int SOTTO_SODIUM(crypto_hash_sha256_final)(unsigned char* state, unsigned char* digest);
int SOTTO_SODIUM(crypto_hash_sha256)(unsigned char* digest, const unsigned char* message, std::size_t size);
int SOTTO_SODIUM(crypto_hash_sha512)(unsigned char* digest, const unsigned char* message, std::size_t size);

int SOTTO_SODIUM(crypto_pwhash_argon2id)(unsigned char* out, std::size_t out_size, const char* password,
                                         std::size_t password_size, const unsigned char* salt, std::size_t passes,
                                         std::size_t memory, int algorithm);
int SOTTO_SODIUM(crypto_pwhash_argon2id_str_verify)(const char* form, const char* password, std::size_t password_size);

int SOTTO_SODIUM(crypto_kem_mlkem768_seed_keypair)(unsigned char* public_key, unsigned char* secret_key,
                                                   const unsigned char* seed);
int SOTTO_SODIUM(crypto_kem_mlkem768_enc_deterministic)(unsigned char* ciphertext, unsigned char* shared_secret,
                                                        const unsigned char* public_key, const unsigned char* message);
int SOTTO_SODIUM(crypto_kem_mlkem768_dec)(unsigned char* shared_secret, const unsigned char* ciphertext,
                                          const unsigned char* secret_key);
}
// NOLINTEND(google-runtime-int)

#undef SOTTO_SODIUM

inline constexpr std::size_t crypto_pwhash_argon2id_SALTBYTES = 16;
inline constexpr int crypto_pwhash_argon2id_ALG_ARGON2ID13 = 2;
/// Of libsodium's own form of a stored password, with its final zero.
inline constexpr std::size_t crypto_pwhash_STRBYTES = 128;
