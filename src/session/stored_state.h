#pragma once

#include <expected>

#include "session/device.h"
#include "session/prekeys.h"
#include "session/sender_key.h"
#include "session/session.h"

namespace sotto::session {

// The private values of this room as octets for the client's database, which encrypts them at rest. The encoding is
// the binary codec's; the golden files in test/golden/session hold it still.

enum class StoredStateError : std::uint8_t {
  /// Not octets that `store` made: a damaged or foreign database.
  damaged,
};

[[nodiscard]] SecretBuffer store(const AccountIdentity& account);
[[nodiscard]] SecretBuffer store(const LocalDevice& device);
[[nodiscard]] SecretBuffer store(const PrivatePrekeys& prekeys);
[[nodiscard]] SecretBuffer store(const PeerSessions& sessions);
[[nodiscard]] SecretBuffer store(const OwnSenderChain& chain);
[[nodiscard]] SecretBuffer store(const ReceivedSenderChains& chains);

[[nodiscard]] std::expected<AccountIdentity, StoredStateError> load_account(ByteView stored);
[[nodiscard]] std::expected<LocalDevice, StoredStateError> load_device(ByteView stored);
[[nodiscard]] std::expected<PrivatePrekeys, StoredStateError> load_prekeys(ByteView stored);
[[nodiscard]] std::expected<PeerSessions, StoredStateError> load_sessions(ByteView stored);
[[nodiscard]] std::expected<OwnSenderChain, StoredStateError> load_own_sender_chain(ByteView stored);
[[nodiscard]] std::expected<ReceivedSenderChains, StoredStateError> load_received_sender_chains(ByteView stored);

}  // namespace sotto::session
