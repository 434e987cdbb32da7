#pragma once

#include <expected>

#include "base/keys.h"
#include "base/random.h"
#include "base/secret.h"

namespace sotto::crypto {

/// Why no shared secret came out of an exchange.
enum class X25519Error : std::uint8_t {
  /// The peer's key is one that `is_acceptable` refuses.
  unacceptable_public_key,
};

/// An X25519 key pair (RFC 7748 section 6.1). The private key is stored unclamped; clamping is part of every use.
struct X25519KeyPair {
  Secret<32> private_key;
  X25519PublicKey public_key;

  [[nodiscard]] X25519KeyPair copy() const { return {private_key.copy(), public_key}; }
};

/// A fresh key pair from 32 octets of `random`.
[[nodiscard]] X25519KeyPair generate_x25519(Random& random);

/// The pair that `private_key` belongs to; any 32 octets are a private key.
[[nodiscard]] X25519KeyPair x25519_from_private(Secret<32> private_key);

/// False for a key that is not the one canonical encoding of its point (u >= 2^255 - 19, or the top bit set) and for
/// a point of low order, with which every exchange has the same known result. RFC 7748 would mask the top bit and
/// reduce u; this project has one encoding per key, so that a key that is signed or compared names one point.
[[nodiscard]] bool is_acceptable(const X25519PublicKey& public_key);

/// The raw shared secret (RFC 7748 section 6.1), to be passed through a key derivation before any use. Refuses what
/// `is_acceptable` refuses, so the result is never all zero.
[[nodiscard]] std::expected<Secret<32>, X25519Error> x25519(const Secret<32>& private_key, const X25519PublicKey& peer);

}  // namespace sotto::crypto
