#pragma once

#include <expected>
#include <span>
#include <vector>

#include "session/session.h"
#include "wire/content.h"

namespace sotto::session {

// Messages of a direct conversation (design section 6): the content is sealed once under a random key, and each device
// of both accounts but the sending one gets that key, bound to the ciphertext's hash, through its session.

/// The id of the direct conversation of two accounts, whichever is named first: 16 octets of
/// SHA-256("sotto direct conversation v1" || smaller account id || larger account id).
[[nodiscard]] ConversationId direct_conversation(std::span<const AccountId, 2> accounts);

/// Where a message stands; both sides know it from outside, and it is authenticated.
struct DirectPlace {
  ConversationId conversation;
  MessageId message;
};

/// A device to seal for. Borrows both.
struct DirectRecipient {
  const RemoteDevice& device;
  const PeerSessions& sessions;
};

struct SealedDirect {
  /// Canonical encoding of a wire::DirectMessage, for `Send.body`.
  Bytes body;
  /// For each recipient, in the order given, what replaces its sessions. Durable before `body` leaves.
  std::vector<PeerSessions> next;
  /// Opens `body` with `open_direct_with_key`, for the own history. Its `seq` is 0: the server has not said it yet.
  wire::MessageKey key;
};

enum class DirectSealError : std::uint8_t {
  /// No recipient at all outside the account's conversation with itself, more than `wire::max_direct_slots`, one named
  /// twice, or the sending device itself.
  bad_recipients,
  /// A recipient without a session: `can_seal` is false for it.
  no_session,
  /// `is_sendable` is false for it.
  bad_content,
  /// The body exceeds `wire::max_body_size`: too many recipients that have not answered yet (about 1.3 kB each).
  too_large,
  /// A session cannot seal any more; start a new one.
  chain_exhausted,
};

/// Seals `content` for all recipients. The caller has set its counter and time. There may be no recipients in the
/// account's conversation with itself, whose id is `direct_conversation` of the account and itself: then the message
/// waits for devices that are linked later and get its key.
[[nodiscard]] std::expected<SealedDirect, DirectSealError> seal_direct(const LocalDevice& local,
                                                                       std::span<const DirectRecipient> recipients,
                                                                       const DirectPlace& place,
                                                                       const wire::Content& content, UnixMillis now,
                                                                       Random& random);

struct OpenedDirect {
  PeerSessions next;
  /// To be stored with `next`; absent if no prekey was touched.
  std::optional<PrivatePrekeys> next_prekeys;
  /// Its kind is monostate if this version does not know it.
  wire::Content content;
  bool began_session = false;
  /// Opens the body again with `open_direct_with_key`. Its `seq` is 0, for the caller to set.
  wire::MessageKey key;
};

/// Opens the body of a log entry that `correspondents.remote` sent. On an error nothing changes. The caller keeps
/// repeats of a message id away and compares the content's counter with those it has seen.
[[nodiscard]] std::expected<OpenedDirect, OpenError> open_direct(const PeerSessions& current,
                                                                 const Correspondents& correspondents,
                                                                 const PrivatePrekeys& prekeys,
                                                                 const DirectPlace& place, ByteView body,
                                                                 UnixMillis now, Random& random);

/// Opens the body of a log entry of `sender` with a key that another own device (or, for its own message, the sender)
/// passed on; no session is touched. Errors: malformed, unsupported_suite, bad_commitment (the key is another body's),
/// bad_authentication (the key is another message's), bad_content.
[[nodiscard]] std::expected<wire::Content, OpenError> open_direct_with_key(const wire::MessageKey& key,
                                                                           const DeviceAddress& sender,
                                                                           const DirectPlace& place, ByteView body);

}  // namespace sotto::session
