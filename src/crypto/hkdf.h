#pragma once

#include <expected>
#include <string_view>

#include "base/bytes.h"
#include "base/secret.h"

namespace sotto::crypto {

/// RFC 2104 HMAC with SHA-256. A key of any length; longer than 64 octets it is hashed first.
[[nodiscard]] Secret<32> hmac_sha256(ByteView key, ByteView message);

/// What a derivation starts from (RFC 5869).
struct HkdfInput {
  ByteView input_key_material;
  /// Empty stands for 32 zero octets, as RFC 5869 section 2.2 says.
  ByteView salt;
  /// What the derived key is for.
  ByteView info;
};

enum class HkdfError : std::uint8_t {
  /// More than `hkdf_longest_output` octets were asked for.
  output_too_long,
};

/// 255 blocks of SHA-256.
inline constexpr std::size_t hkdf_longest_output = 255 * 32;

/// Fills `output` by RFC 5869 HKDF with SHA-256; leaves it unchanged on an error.
[[nodiscard]] std::expected<void, HkdfError> hkdf_sha256_fill(const HkdfInput& input, std::span<std::uint8_t> output);

/// `Size` octets derived by RFC 5869 HKDF with SHA-256. `label` is the info: each purpose has its own, so that no two
/// derivations ever give the same key.
template <std::size_t Size>
[[nodiscard]] Secret<Size> hkdf_sha256(ByteView input_key_material, ByteView salt, std::string_view label) {
  static_assert(Size > 0 && Size <= hkdf_longest_output);
  Secret<Size> derived;
  // Cannot fail: the only error is an output that is too long.
  static_cast<void>(hkdf_sha256_fill({.input_key_material = input_key_material, .salt = salt, .info = as_bytes(label)},
                                     derived.writable()));
  return derived;
}

}  // namespace sotto::crypto
