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
};

enum class DirectSealError : std::uint8_t {
  /// No recipient at all, more than `wire::max_direct_slots`, one named twice, or the sending device itself.
  bad_recipients,
  /// A recipient without a session: `can_seal` is false for it.
  no_session,
  /// The text is empty or longer than `wire::max_text_size`, or there is no content at all.
  bad_content,
  /// The body exceeds `wire::max_body_size`: too many recipients that have not answered yet (about 1.3 kB each).
  too_large,
  /// A session cannot seal any more; start a new one.
  chain_exhausted,
};

/// Seals `content` for all recipients. The caller has set its counter and time.
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
};

/// Opens the body of a log entry that `correspondents.remote` sent. On an error nothing changes. The caller keeps
/// repeats of a message id away and compares the content's counter with those it has seen.
[[nodiscard]] std::expected<OpenedDirect, OpenError> open_direct(const PeerSessions& current,
                                                                 const Correspondents& correspondents,
                                                                 const PrivatePrekeys& prekeys,
                                                                 const DirectPlace& place, ByteView body,
                                                                 UnixMillis now, Random& random);

}  // namespace sotto::session
