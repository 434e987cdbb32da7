#include "cli/storage_key/passphrase_wrap.h"

#include <algorithm>

namespace sotto::cli {
namespace {

constexpr crypto::Argon2idCost cost_today{.memory_kib = 64 * 1024, .passes = 3};
constexpr std::uint32_t most_memory_kib = 1024 * 1024;
constexpr std::uint32_t most_passes = 64;
constexpr std::string_view context = "sotto storage key wrapped by passphrase v1";

UnwrapError translate(crypto::Argon2idError error) {
  return error == crypto::Argon2idError::out_of_memory ? UnwrapError::out_of_memory : UnwrapError::cost_refused;
}

}  // namespace

std::expected<WrappedKey, UnwrapError> wrap_key(const StorageKey& key, ByteView passphrase, Random& random) {
  WrappedKey wrapped{.cost = cost_today};
  random.fill(wrapped.salt);
  random.fill(wrapped.nonce);
  const auto wrapping_key = crypto::argon2id(passphrase, wrapped.salt, wrapped.cost);
  if (!wrapping_key) return std::unexpected(translate(wrapping_key.error()));
  const Bytes sealed = crypto::seal(*wrapping_key, wrapped.nonce, as_bytes(context), key.reveal());
  std::copy(sealed.begin(), sealed.end(), wrapped.sealed.begin());
  return wrapped;
}

std::expected<StorageKey, UnwrapError> unwrap_key(const WrappedKey& wrapped, ByteView passphrase) {
  if (wrapped.cost.memory_kib > most_memory_kib || wrapped.cost.passes > most_passes) {
    return std::unexpected(UnwrapError::cost_refused);
  }
  const auto wrapping_key = crypto::argon2id(passphrase, wrapped.salt, wrapped.cost);
  if (!wrapping_key) return std::unexpected(translate(wrapping_key.error()));
  const auto opened = crypto::open(*wrapping_key, wrapped.nonce, as_bytes(context), wrapped.sealed);
  if (!opened) return std::unexpected(UnwrapError::wrong_passphrase);
  return StorageKey{std::span<const std::uint8_t, StorageKey::size>(opened->reveal())};
}

}  // namespace sotto::cli
