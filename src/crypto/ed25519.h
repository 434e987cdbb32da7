#pragma once

#include <string_view>

#include "base/keys.h"
#include "base/random.h"
#include "base/secret.h"

namespace sotto::crypto {

/// An Ed25519 key pair (RFC 8032 section 5.1.5). The seed is the private key; everything else follows from it.
struct Ed25519KeyPair {
  Secret<32> seed;
  Ed25519PublicKey public_key;

  [[nodiscard]] Ed25519KeyPair copy() const { return {seed.copy(), public_key}; }
};

/// A fresh key pair from 32 octets of `random`.
[[nodiscard]] Ed25519KeyPair generate_ed25519(Random& random);

/// The pair that `seed` belongs to; any 32 octets are a seed.
[[nodiscard]] Ed25519KeyPair ed25519_from_seed(Secret<32> seed);

/// Signs context || 0x00 || message. `context` names the purpose ("sotto device list v1"), is not empty and holds
/// printable ASCII only, so no signature made for one purpose ever serves another.
[[nodiscard]] Ed25519Signature sign(const Ed25519KeyPair& key_pair, std::string_view context, ByteView message);

/// True if `signature` is one that `sign` makes for the same context and message. Stricter than RFC 8032 asks: S must
/// be canonical, and a public key or R that is of small order is refused, as is a public key that is not canonical.
[[nodiscard]] bool verify(const Ed25519PublicKey& public_key, std::string_view context, ByteView message,
                          const Ed25519Signature& signature);

/// Signs `message` as it is, for formats that others define (RFC 8037 tokens) and for published vectors.
[[nodiscard]] Ed25519Signature sign_raw(const Ed25519KeyPair& key_pair, ByteView message);

/// The counterpart of `sign_raw`, as strict as `verify`.
[[nodiscard]] bool verify_raw(const Ed25519PublicKey& public_key, ByteView message, const Ed25519Signature& signature);

}  // namespace sotto::crypto
