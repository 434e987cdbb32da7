#include "session/stored_state.h"

#include <algorithm>

#include "wire/binary.h"

namespace sotto::session {
namespace {

struct StoredAccount {
  AccountId account;
  Secret<32> account_key_seed;

  static constexpr auto describe() {
    using Self = StoredAccount;
    return wire::message("StoredAccount", "An account's private key, as a device keeps it.",
                         wire::field(1, "account", &Self::account, "Whose."),
                         wire::field(2, "account_key_seed", &Self::account_key_seed, "Ed25519 seed."));
  }
};

struct StoredDevice {
  AccountId account;
  DeviceId device;
  Ed25519PublicKey account_key;
  Secret<32> signing_key_seed;
  Secret<32> identity_private_key;

  static constexpr auto describe() {
    using Self = StoredDevice;
    return wire::message("StoredDevice", "A device's private keys, as it keeps them.",
                         wire::field(1, "account", &Self::account, "Whose device."),
                         wire::field(2, "device", &Self::device, "Its id."),
                         wire::field(3, "account_key", &Self::account_key, "Public account key."),
                         wire::field(4, "signing_key_seed", &Self::signing_key_seed, "Ed25519 seed."),
                         wire::field(5, "identity_private_key", &Self::identity_private_key, "X25519 private key."));
  }
};

template <class Prekey>
bool ids_ascend(const std::vector<Prekey>& prekeys, std::uint32_t last_id) {
  std::uint32_t before = 0;
  for (const Prekey& prekey : prekeys) {
    if (prekey.id <= before) return false;
    before = prekey.id;
  }
  return before <= last_id;
}

/// No device makes so many prekeys; above it the next ids would run out.
constexpr std::uint32_t highest_sound_id = 0xffff'0000;

bool is_sound(const PrivatePrekeys& prekeys) {
  return prekeys.last_id <= highest_sound_id && ids_ascend(prekeys.signed_prekeys, prekeys.last_id) &&
         ids_ascend(prekeys.one_time_prekeys, prekeys.last_id) && ids_ascend(prekeys.kem_prekeys, prekeys.last_id) &&
         ids_ascend(prekeys.last_resort_prekeys, prekeys.last_id);
}

/// What the ratchet's code takes for granted.
bool is_sound(const Session& session) {
  const Ratchet& ratchet = session.ratchet;
  if (std::holds_alternative<std::monostate>(ratchet.turn)) return false;
  if (std::holds_alternative<std::monostate>(ratchet.rekey.offer)) return false;
  if (std::holds_alternative<Listening>(ratchet.turn) && !ratchet.receiving) return false;
  return !ratchet.receiving || crypto::is_acceptable(ratchet.receiving->ratchet_key);
}

bool is_sound(const ReceivedSenderChain& chain) {
  if (chain.iteration < chain.first) return false;
  const auto not_before = [](const SkippedSenderKey& left, const SkippedSenderKey& right) {
    return left.iteration >= right.iteration;
  };
  return std::ranges::adjacent_find(chain.skipped, not_before) == chain.skipped.end() &&
         (chain.skipped.empty() ||
          (chain.skipped.front().iteration >= chain.first && chain.skipped.back().iteration < chain.iteration));
}

}  // namespace

SecretBuffer store(const AccountIdentity& account) {
  return wire::encode_secret(
      StoredAccount{.account = account.account, .account_key_seed = account.account_key.seed.copy()});
}

SecretBuffer store(const LocalDevice& device) {
  return wire::encode_secret(StoredDevice{.account = device.address.account,
                                          .device = device.address.device,
                                          .account_key = device.account_key,
                                          .signing_key_seed = device.signing_key.seed.copy(),
                                          .identity_private_key = device.identity_key.private_key.copy()});
}

SecretBuffer store(const PrivatePrekeys& prekeys) { return wire::encode_secret(prekeys); }

SecretBuffer store(const PeerSessions& sessions) { return wire::encode_secret(sessions); }

SecretBuffer store(const OwnSenderChain& chain) { return wire::encode_secret(chain); }

SecretBuffer store(const ReceivedSenderChains& chains) { return wire::encode_secret(chains); }

std::expected<AccountIdentity, StoredStateError> load_account(ByteView stored) {
  auto account = wire::decode<StoredAccount>(stored);
  if (!account) return std::unexpected(StoredStateError::damaged);
  return AccountIdentity{.account = account->account,
                         .account_key = crypto::ed25519_from_seed(std::move(account->account_key_seed))};
}

std::expected<LocalDevice, StoredStateError> load_device(ByteView stored) {
  auto device = wire::decode<StoredDevice>(stored);
  if (!device) return std::unexpected(StoredStateError::damaged);
  return LocalDevice{.address = {device->account, device->device},
                     .account_key = device->account_key,
                     .signing_key = crypto::ed25519_from_seed(std::move(device->signing_key_seed)),
                     .identity_key = crypto::x25519_from_private(std::move(device->identity_private_key))};
}

std::expected<PrivatePrekeys, StoredStateError> load_prekeys(ByteView stored) {
  auto prekeys = wire::decode<PrivatePrekeys>(stored);
  if (!prekeys || !is_sound(*prekeys)) return std::unexpected(StoredStateError::damaged);
  return std::move(*prekeys);
}

std::expected<PeerSessions, StoredStateError> load_sessions(ByteView stored) {
  auto sessions = wire::decode<PeerSessions>(stored);
  const auto is_sound_session = [](const Session& session) { return is_sound(session); };
  if (!sessions || !std::ranges::all_of(sessions->sessions, is_sound_session)) {
    return std::unexpected(StoredStateError::damaged);
  }
  return std::move(*sessions);
}

std::expected<OwnSenderChain, StoredStateError> load_own_sender_chain(ByteView stored) {
  auto chain = wire::decode_canonical<OwnSenderChain>(stored);
  if (!chain) return std::unexpected(StoredStateError::damaged);
  return *std::move(chain);
}

std::expected<ReceivedSenderChains, StoredStateError> load_received_sender_chains(ByteView stored) {
  auto chains = wire::decode_canonical<ReceivedSenderChains>(stored);
  const auto is_sound_chain = [](const ReceivedSenderChain& chain) { return is_sound(chain); };
  if (!chains || !std::ranges::all_of(chains->chains, is_sound_chain)) {
    return std::unexpected(StoredStateError::damaged);
  }
  return *std::move(chains);
}

}  // namespace sotto::session
