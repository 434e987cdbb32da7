#pragma once

#include <expected>
#include <string_view>

#include "base/secret.h"

namespace sotto::cli {

/// What a home's database is sealed under.
using StorageKey = Secret<32>;

enum class KeyringError : std::uint8_t {
  /// No session bus, no secret service on it, a locked collection, or no answer in time.
  unavailable,
  /// The service answers but holds no such entry, or it is not a key.
  no_entry,
};

/// The operating system's store for secrets. `entry` names a key: random hexadecimal digits, chosen per home.
class Keyring {
 public:
  virtual ~Keyring() = default;
  /// Success means that a later `fetch` was tried and gave the same key.
  [[nodiscard]] virtual std::expected<void, KeyringError> store(std::string_view entry, const StorageKey& key) = 0;
  [[nodiscard]] virtual std::expected<StorageKey, KeyringError> fetch(std::string_view entry) = 0;
};

}  // namespace sotto::cli
