#pragma once

#include <expected>

#include "session/sender_key.h"
#include "wire/content.h"

namespace sotto::session {

// Messages of groups and channels (design section 6): sealed once with a key of the sending device's chain, signed with
// the chain's own Ed25519 key, and bound to the group as the sender knew it.

/// Where a message stands; both sides know it from outside, and it is authenticated.
struct GroupPlace {
  ConversationId conversation;
  MessageId message;
};

/// The newest event of the membership chain that the sender knew. The receiver compares it with its own chain.
struct GroupState {
  std::uint64_t number = 0;
  Sha256Digest head;

  friend bool operator==(const GroupState&, const GroupState&) = default;
};

struct SealedGroup {
  /// Canonical encoding of a wire::GroupMessage, for `Send.body`.
  Bytes body;
  /// What replaces the chain. Durable before `body` leaves.
  OwnSenderChain next;
  /// Opens `body` with `open_group_with_key`. Its `seq` is 0: the server has not said it yet.
  wire::MessageKey key;
};

enum class GroupSealError : std::uint8_t {
  /// `is_sendable` is false for the content.
  bad_content,
  /// The body exceeds `wire::max_body_size`.
  too_large,
  /// The chain belongs to another group.
  wrong_group,
  /// The chain has sealed `max_sender_chain_messages`; begin a new one.
  chain_exhausted,
};

/// Seals `content` for whoever holds `chain`. That those are the members' devices and nobody else is for the caller
/// (`plan_sender_key`), as are the content's counter and time.
[[nodiscard]] std::expected<SealedGroup, GroupSealError> seal_group(const OwnSenderChain& chain,
                                                                    const DeviceAddress& sender,
                                                                    const GroupPlace& place, const GroupState& state,
                                                                    const wire::Content& content);

/// The body of a log entry, taken apart and not authenticated: for its `group_number` and `group_head`.
/// Errors: malformed, unsupported_suite.
[[nodiscard]] std::expected<wire::GroupMessage, OpenError> read_group_message(ByteView body);

struct OpenedGroup {
  /// To be stored with the content.
  ReceivedSenderChains next;
  /// Its kind is monostate if this version does not know it.
  wire::Content content;
  /// Opens the body again with `open_group_with_key`. Its `seq` is 0, for the caller to set.
  wire::MessageKey key;
};

/// Opens what `sender` sealed. The signature is checked before anything is derived; on an error nothing changes. The
/// caller keeps repeats of a message id away, compares the content's counter with those it has seen, and `state` of the
/// message with its own chain.
/// Errors: malformed, unsupported_suite, no_sender_key, bad_authentication, duplicate, too_far_ahead, bad_commitment,
/// bad_content.
[[nodiscard]] std::expected<OpenedGroup, OpenError> open_group(const ReceivedSenderChains& current,
                                                               const DeviceAddress& sender, const GroupPlace& place,
                                                               ByteView body, UnixMillis now);

/// Opens the body of a log entry of `sender` with a key that another device passed on; no chain is touched. The
/// signature is not checked, since the chain need not be known: the key itself commits to the body.
/// Errors: malformed, unsupported_suite, bad_commitment (the key is another body's), bad_authentication (the key is
/// another message's), bad_content.
[[nodiscard]] std::expected<wire::Content, OpenError> open_group_with_key(const wire::MessageKey& key,
                                                                          const DeviceAddress& sender,
                                                                          const GroupPlace& place, ByteView body);

}  // namespace sotto::session
