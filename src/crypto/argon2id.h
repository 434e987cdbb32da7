#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/secret.h"

namespace sotto::crypto {

/// What one Argon2id computation (RFC 9106, version 0x13) costs an honest party and an attacker alike.
struct Argon2idCost {
  /// KiB of memory; 8 to 4,194,303.
  std::uint32_t memory_kib = 0;
  /// Passes over that memory; at least 1.
  std::uint32_t passes = 0;
  /// Always 1, which is all that the library computes; kept because it is part of the stored form.
  std::uint32_t lanes = 1;

  friend bool operator==(const Argon2idCost&, const Argon2idCost&) = default;
};

/// What the server asks for an account's password.
inline constexpr Argon2idCost argon2id_login_cost{.memory_kib = 64 * 1024, .passes = 3};

enum class Argon2idError : std::uint8_t {
  /// The cost is outside what `Argon2idCost` documents.
  cost_refused,
  /// The memory could not be had.
  out_of_memory,
};

/// 32 octets derived from a password. Takes tens to hundreds of milliseconds on purpose: call it off the event loop.
[[nodiscard]] std::expected<Secret<32>, Argon2idError> argon2id(ByteView password, const ByteArray<16>& salt,
                                                                Argon2idCost cost);

/// The form in which a password is kept: `$argon2id$v=19$m=65536,t=3,p=1$SALT$HASH`, 16 octets of salt from `random`
/// and 32 of hash, both in base64 without padding. libsodium's crypto_pwhash_str makes and reads the same form.
[[nodiscard]] std::expected<std::string, Argon2idError> hash_password(ByteView password, Argon2idCost cost,
                                                                      Random& random);

/// True if `hash` was made of `password`. False for anything that is not such a form, and (failing closed) when the
/// memory cannot be had. The time taken depends on the cost in `hash` only, not on where the octets differ.
[[nodiscard]] bool verify_password(std::string_view hash, ByteView password);

/// True if `hash` was made at another cost than `cost`, or is not a hash at all: then replace it at the next login.
[[nodiscard]] bool needs_rehash(std::string_view hash, Argon2idCost cost);

}  // namespace sotto::crypto
