#include "crypto/ed25519.h"

#include <sodium.h>

#include "base/invariant.h"
#include "crypto/sodium_start.h"

namespace sotto::crypto {
namespace {

/// context || 0x00 || message. The context holds no 0x00, so the split is unambiguous.
Bytes with_context(std::string_view context, ByteView message) {
  invariant(!context.empty());
  invariant(std::all_of(context.begin(), context.end(), [](char letter) { return letter >= ' ' && letter <= '~'; }));
  Bytes labelled;
  labelled.reserve(context.size() + 1 + message.size());
  labelled.insert(labelled.end(), context.begin(), context.end());
  labelled.push_back(0);
  labelled.insert(labelled.end(), message.begin(), message.end());
  return labelled;
}

}  // namespace

Ed25519KeyPair generate_ed25519(Random& random) { return ed25519_from_seed(random.next_secret<32>()); }

Ed25519KeyPair ed25519_from_seed(Secret<32> seed) {
  start_sodium();
  Ed25519KeyPair pair{.seed = std::move(seed), .public_key = {}};
  Secret<64> expanded;
  crypto_sign_ed25519_seed_keypair(pair.public_key.bytes.data(), expanded.writable().data(), pair.seed.reveal().data());
  return pair;
}

Ed25519Signature sign(const Ed25519KeyPair& key_pair, std::string_view context, ByteView message) {
  return sign_raw(key_pair, with_context(context, message));
}

bool verify(const Ed25519PublicKey& public_key, std::string_view context, ByteView message,
            const Ed25519Signature& signature) {
  return verify_raw(public_key, with_context(context, message), signature);
}

Ed25519Signature sign_raw(const Ed25519KeyPair& key_pair, ByteView message) {
  start_sodium();
  // libsodium's secret key is seed || public key.
  Secret<64> expanded;
  const auto seed = key_pair.seed.reveal();
  std::copy(seed.begin(), seed.end(), expanded.writable().begin());
  std::copy(key_pair.public_key.bytes.begin(), key_pair.public_key.bytes.end(), expanded.writable().begin() + 32);
  Ed25519Signature signature;
  crypto_sign_ed25519_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                               expanded.reveal().data());
  return signature;
}

bool verify_raw(const Ed25519PublicKey& public_key, ByteView message, const Ed25519Signature& signature) {
  start_sodium();
  return crypto_sign_ed25519_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                             public_key.bytes.data()) == 0;
}

}  // namespace sotto::crypto
