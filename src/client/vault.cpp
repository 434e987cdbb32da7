#include "client/vault.h"

#include <string>
#include <string_view>

#include "crypto/hkdf.h"

namespace sotto::client {
namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::size_t nonce_size = std::tuple_size_v<crypto::AeadNonce>;

std::string_view name_of(SealedColumn column) {
  switch (column) {
    case SealedColumn::key_check:
      return "home.key_check";
    case SealedColumn::account_identity:
      return "home.account_identity";
    case SealedColumn::local_device:
      return "home.local_device";
    case SealedColumn::prekeys:
      return "home.prekeys";
    case SealedColumn::tokens:
      return "home.tokens";
    case SealedColumn::contact:
      return "contacts.record";
    case SealedColumn::sessions:
      return "sessions.state";
    case SealedColumn::timeline_body:
      return "timeline.body";
    case SealedColumn::message_key:
      return "timeline.message_key";
    case SealedColumn::draft:
      return "conversation_settings.draft";
    case SealedColumn::application_setting:
      return "application_settings.value";
    case SealedColumn::backup_key:
      return "backup.backup_key";
    case SealedColumn::known_key:
      return "known_keys.message_key";
    case SealedColumn::log_memory:
      return "log_memory.memory";
    case SealedColumn::group_state:
      return "groups.state";
    case SealedColumn::group_profile:
      return "group_profiles.profile";
    case SealedColumn::own_sender_chain:
      return "own_sender_chains.chain";
    case SealedColumn::received_sender_chains:
      return "received_sender_chains.chains";
    case SealedColumn::invitation_seed:
      return "own_invitations.seed";
    case SealedColumn::history_key:
      return "history_keys.message_key";
    case SealedColumn::direct_profile:
      return "direct_profiles.profile";
    case SealedColumn::device_name:
      return "device_names.name";
    case SealedColumn::count:
      break;
  }
  return {};
}

Bytes associated_data(SealedColumn column, ByteView row) {
  const ByteView name = as_bytes(name_of(column));
  Bytes data(name.begin(), name.end());
  data.push_back(0);
  data.insert(data.end(), row.begin(), row.end());
  return data;
}

}  // namespace

Bytes row_number(std::uint64_t number) {
  Bytes octets;
  for (int shift = 56; shift >= 0; shift -= 8) octets.push_back(static_cast<std::uint8_t>(number >> shift));
  return octets;
}

Vault::Vault(const Secret<32>& storage_key) {
  for (std::size_t index = 0; index < keys_.size(); ++index) {
    const std::string label = "sotto client storage v1 " + std::string(name_of(static_cast<SealedColumn>(index)));
    keys_[index] = crypto::hkdf_sha256<32>(storage_key.reveal(), {}, label);
  }
}

Bytes Vault::seal(SealedColumn column, ByteView row, ByteView plaintext, Random& random) const {
  crypto::AeadNonce nonce;
  random.fill(nonce);
  const Bytes ciphertext =
      crypto::seal(keys_[static_cast<std::size_t>(column)], nonce, associated_data(column, row), plaintext);
  Bytes sealed;
  sealed.reserve(1 + nonce_size + ciphertext.size());
  sealed.push_back(format_version);
  sealed.insert(sealed.end(), nonce.begin(), nonce.end());
  sealed.insert(sealed.end(), ciphertext.begin(), ciphertext.end());
  return sealed;
}

std::optional<SecretBuffer> Vault::open(SealedColumn column, ByteView row, ByteView sealed) const {
  if (sealed.size() < 1 + nonce_size || sealed[0] != format_version) return std::nullopt;
  crypto::AeadNonce nonce;
  std::copy_n(sealed.begin() + 1, nonce_size, nonce.begin());
  auto opened = crypto::open(keys_[static_cast<std::size_t>(column)], nonce, associated_data(column, row),
                             sealed.subspan(1 + nonce_size));
  if (!opened) return std::nullopt;
  return std::move(*opened);
}

}  // namespace sotto::client
