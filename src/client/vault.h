#pragma once

#include <array>
#include <optional>

#include "base/random.h"
#include "crypto/aead.h"

namespace sotto::client {

/// A sealed column. Each has a key of its own, and its name is authenticated with the row's key, so that no value can
/// be moved to another place of the database.
enum class SealedColumn : std::uint8_t {
  key_check,
  account_identity,
  local_device,
  prekeys,
  tokens,
  contact,
  sessions,
  timeline_body,
  message_key,
  draft,
  application_setting,
  backup_key,
  known_key,
  log_memory,
  group_state,
  group_profile,
  own_sender_chain,
  received_sender_chains,
  invitation_seed,
  history_key,
  direct_profile,
  device_name,
  count,
};

/// The number of a row as the vault binds it: 8 octets, big endian.
[[nodiscard]] Bytes row_number(std::uint64_t number);

/// Seals what is secret in the database: one octet of version (1) || 12 of random nonce || AES-256-GCM ciphertext and
/// tag. The key of a column is HKDF-SHA-256 of the storage key under "sotto client storage v1 " and the column's name;
/// associated data are that name, a zero octet and the row's key.
class Vault {
 public:
  explicit Vault(const Secret<32>& storage_key);

  [[nodiscard]] Bytes seal(SealedColumn column, ByteView row, ByteView plaintext, Random& random) const;
  /// Nothing if `sealed` is not what `seal` made for this place under this key.
  [[nodiscard]] std::optional<SecretBuffer> open(SealedColumn column, ByteView row, ByteView sealed) const;

 private:
  std::array<crypto::AeadKey, static_cast<std::size_t>(SealedColumn::count)> keys_;
};

}  // namespace sotto::client
