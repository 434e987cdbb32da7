#pragma once

#include <expected>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "crypto/ed25519.h"
#include "session/device.h"
#include "session/open_error.h"
#include "wire/session_message.h"

namespace sotto::session {

// Sender Keys (design section 6): in a group each device seals with a hash chain of its own, whose current key it has
// given, through its sessions, to the devices of the members. A chain only goes forward, so who gets it late reads from
// then on; and it is replaced when somebody who holds it goes, after 1,000 messages and after 7 days.
//
//   chain key 0 --HMAC--> chain key 1 --HMAC--> chain key 2 ...
//        |                     |                     |
//   message key 0         message key 1         message key 2

/// Messages of one chain, after which it is replaced.
inline constexpr std::uint32_t max_sender_chain_messages = 1'000;
inline constexpr Milliseconds max_sender_chain_age = days(7);
/// Steps that one message may move a received chain on, keys kept of those passed over, and for how long.
inline constexpr std::uint32_t max_sender_chain_steps = 1'000;
inline constexpr std::size_t max_skipped_sender_keys = 2'000;
inline constexpr Milliseconds skipped_sender_key_lifetime = days(30);
/// Chains of one sending device kept after a newer one came, and for how long.
inline constexpr std::size_t max_old_sender_chains = 5;
inline constexpr Milliseconds old_sender_chain_lifetime = days(30);

/// This device's chain in one group.
struct OwnSenderChain {
  ConversationId conversation;
  wire::SenderChainId chain;
  UnixMillis begun_at;
  /// Of the next message.
  std::uint32_t iteration = 0;
  Secret<32> chain_key;
  Secret<32> signing_seed;
  Ed25519PublicKey signing_key;

  [[nodiscard]] OwnSenderChain copy() const {
    return {conversation, chain, begun_at, iteration, chain_key.copy(), signing_seed.copy(), signing_key};
  }
  static constexpr auto describe() {
    using Self = OwnSenderChain;
    using wire::field;
    return wire::message("OwnSenderChain", "A device's own chain in a group.",
                         field(1, "conversation", &Self::conversation, "Which group."),
                         field(2, "chain", &Self::chain, "Its name."),
                         field(3, "begun_at", &Self::begun_at, "When it was made."),
                         field(4, "iteration", &Self::iteration, "Of the next message."),
                         field(5, "chain_key", &Self::chain_key, "Of the next message."),
                         field(6, "signing_seed", &Self::signing_seed, "Ed25519 seed that signs its messages."),
                         field(7, "signing_key", &Self::signing_key, "Its public key."));
  }
};

struct SkippedSenderKey {
  std::uint32_t iteration = 0;
  UnixMillis skipped_at;
  Secret<32> message_key;

  [[nodiscard]] SkippedSenderKey copy() const { return {iteration, skipped_at, message_key.copy()}; }
  static constexpr auto describe() {
    using Self = SkippedSenderKey;
    using wire::field;
    return wire::message("SkippedSenderKey", "The key of a group message that has not arrived.",
                         field(1, "iteration", &Self::iteration, "The message's."),
                         field(2, "skipped_at", &Self::skipped_at, "When it was passed over."),
                         field(3, "message_key", &Self::message_key, "Its key."));
  }
};

/// A chain of another device.
struct ReceivedSenderChain {
  wire::SenderChainId chain;
  Ed25519PublicKey signing_key;
  /// When its share was accepted.
  UnixMillis received_at;
  /// Of the first message that the share opens.
  std::uint32_t first = 0;
  /// Of the next message.
  std::uint32_t iteration = 0;
  Secret<32> chain_key;
  /// Ascending by iteration.
  std::vector<SkippedSenderKey> skipped;

  [[nodiscard]] ReceivedSenderChain copy() const;
  static constexpr auto describe() {
    using Self = ReceivedSenderChain;
    using wire::field;
    return wire::message("ReceivedSenderChain", "A chain of another device.",
                         field(1, "chain", &Self::chain, "Its name."),
                         field(2, "signing_key", &Self::signing_key, "Verifies its messages."),
                         field(3, "received_at", &Self::received_at, "When its share was accepted."),
                         field(4, "first", &Self::first, "The first message that the share opens."),
                         field(5, "iteration", &Self::iteration, "Of the next message."),
                         field(6, "chain_key", &Self::chain_key, "Of the next message."),
                         field(7, "skipped", &Self::skipped, wire::at_most(max_skipped_sender_keys),
                               "Keys of messages that have not arrived, ascending."));
  }
};

/// Everything that one other device has shared of itself in one group. A default-constructed one holds nothing.
struct ReceivedSenderChains {
  /// Newest first; all of them open.
  std::vector<ReceivedSenderChain> chains;

  [[nodiscard]] ReceivedSenderChains copy() const;
  static constexpr auto describe() {
    using Self = ReceivedSenderChains;
    return wire::message(
        "ReceivedSenderChains", "The chains of one other device in one group.",
        wire::field(1, "chains", &Self::chains, wire::at_most(1 + max_old_sender_chains), "Newest first."));
  }
};

/// A fresh chain. Nobody but this device holds it.
[[nodiscard]] OwnSenderChain begin_sender_chain(ConversationId conversation, UnixMillis now, Random& random);

/// What opens everything from the chain's next message on, for one device.
[[nodiscard]] wire::SenderKey share_of(const OwnSenderChain& chain);

/// What has to be done before the next message.
struct SenderKeyPlan {
  /// A new chain has to begin: there is none, it is full or old, or somebody holds it who may not read any more.
  bool begins_chain = false;
  /// Who has to get the (new or current) chain first. In ascending order.
  std::vector<DeviceAddress> recipients;
};

/// Who holds the chain, and who may read the next message: all devices of all members but this one. Both ascend.
struct SenderKeyAudience {
  std::span<const DeviceAddress> holders;
  std::span<const DeviceAddress> entitled;
};

/// `chain` is null if there is none yet.
[[nodiscard]] SenderKeyPlan plan_sender_key(const OwnSenderChain* chain, const SenderKeyAudience& audience,
                                            UnixMillis now);

enum class ShareError : std::uint8_t {
  /// The chain is known with another signing key, or its keys do not follow from one another.
  contradicts,
  /// Of a known chain, but more than `max_sender_chain_steps` ahead, so that it cannot be checked.
  too_far_ahead,
  /// The signing key is all zero.
  malformed,
};

/// The reason in English, for developers and logs.
[[nodiscard]] std::string_view explain(ShareError error);

/// What `current` becomes with a share that a listed device of a member sent for its own chain, which is for the caller
/// to check. A share of a known chain that agrees with it changes nothing. Drops chains that are too many or too old.
[[nodiscard]] std::expected<ReceivedSenderChains, ShareError> accept_share(const ReceivedSenderChains& current,
                                                                           const wire::SenderKey& share,
                                                                           UnixMillis now);

/// The key of one message, and the chains after it.
struct TakenSenderKey {
  Secret<32> message_key;
  ReceivedSenderChains next;
};

/// Takes the key of message `iteration` of the chain at `position` of `current`, whose signature was checked already.
/// At most `max_sender_chain_steps` steps. Errors: no_sender_key (from before the share), duplicate, too_far_ahead.
[[nodiscard]] std::expected<TakenSenderKey, OpenError> take_sender_key(const ReceivedSenderChains& current,
                                                                       std::size_t position, std::uint32_t iteration,
                                                                       UnixMillis now);

/// The key of the own next message; moves the chain on in place. Give it a copy.
[[nodiscard]] Secret<32> step_own_chain(OwnSenderChain& chain);

}  // namespace sotto::session
