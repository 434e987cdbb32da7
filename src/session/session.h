#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "session/device.h"
#include "session/open_error.h"
#include "session/prekeys.h"
#include "session/ratchet.h"

namespace sotto::session {

// Sessions between two devices (design section 6): PQXDH set-up, Double Ratchet, archive. Nothing here changes its
// arguments: each transition works on a copy and returns the next state, which the caller stores together with what
// came of it, or not at all.

/// Sessions kept beside the active one, still able to open what was sealed before the peer changed over.
inline constexpr std::size_t max_archived_sessions = 40;
/// An archived session that opened nothing for so long is dropped.
inline constexpr Milliseconds archived_session_lifetime = days(30);
/// A new chain of the peer in an archived session makes that one active again if it began at most so long before the
/// active one, or if the peer has not answered it before: it is how two sides that started at once meet. An older
/// session never comes back, so that whoever holds its keys cannot lead the conversation into it.
inline constexpr Milliseconds sibling_session_span = days(7);

struct Session {
  wire::SessionId id;
  /// When this side started or first opened it.
  UnixMillis begun_at;
  UnixMillis last_used_at;
  /// What this side, having started the session, still repeats in every message until the peer answers.
  std::optional<wire::Initiation> initiation;
  Ratchet ratchet;

  [[nodiscard]] Session copy() const { return {id, begun_at, last_used_at, initiation, ratchet.copy()}; }
  static constexpr auto describe() {
    using wire::field;
    return wire::message("Session", "One session with one device.", field(1, "id", &Session::id, "Its name."),
                         field(2, "begun_at", &Session::begun_at, "When this side started or first opened it."),
                         field(3, "last_used_at", &Session::last_used_at, "When it last sealed or opened."),
                         field(4, "initiation", &Session::initiation, "Until the peer has answered."),
                         field(5, "ratchet", &Session::ratchet, "Its keys."));
  }
};

/// Everything held about one remote device. A default-constructed one holds nothing and can already open.
struct PeerSessions {
  /// The first seals; all of them open. Ordered by when they became active, newest first.
  std::vector<Session> sessions;

  /// Whether there is a session to seal with; if not, claim a bundle and `start_session`.
  [[nodiscard]] bool can_seal() const { return !sessions.empty(); }
  [[nodiscard]] PeerSessions copy() const;
  static constexpr auto describe() {
    return wire::message(
        "PeerSessions", "The sessions with one device, the active one first.",
        wire::field(1, "sessions", &PeerSessions::sessions, wire::at_most(1 + max_archived_sessions), "Active first."));
  }
};

/// The two ends of a session. Borrows both for the length of a call.
struct Correspondents {
  const LocalDevice& local;
  const RemoteDevice& remote;
};

enum class StartError : std::uint8_t {
  /// See `BundleError`.
  wrong_device,
  bad_signature,
  unacceptable_key,
};

/// Begins a session from a bundle that the server handed out, checks it first, and makes it the active one.
[[nodiscard]] std::expected<PeerSessions, StartError> start_session(const PeerSessions& current,
                                                                    const Correspondents& correspondents,
                                                                    const wire::PrekeyBundle& bundle, UnixMillis now,
                                                                    Random& random);

struct Outgoing {
  ByteView plaintext;
  const wire::SessionContext& context;
  HeaderRoom room = HeaderRoom::roomy;
};

struct Sealed {
  PeerSessions next;
  /// Canonical encoding of a wire::SessionMessage.
  Bytes message;
};

enum class SealError : std::uint8_t {
  /// There is no session; start one.
  no_session,
  /// More than `wire::max_session_ciphertext_size` less the tag.
  too_long,
  /// The chain has no number left; start a new session.
  chain_exhausted,
};

/// Seals for one device with the active session. `next` must be durable before `message` leaves.
[[nodiscard]] std::expected<Sealed, SealError> seal(const PeerSessions& current, const Correspondents& correspondents,
                                                    const Outgoing& outgoing, UnixMillis now, Random& random);

struct Incoming {
  ByteView message;
  const wire::SessionContext& context;
};

struct Opened {
  PeerSessions next;
  /// To be stored with `next`; absent if no prekey was touched.
  std::optional<PrivatePrekeys> next_prekeys;
  SecretBuffer plaintext;
  /// The peer began a new session, which is the active one now.
  bool began_session = false;
};

/// Opens what `remote` sealed for this device. On an error nothing changes. The active session afterwards is the one
/// in which the peer last began something: a session, or (in a sibling) a chain.
[[nodiscard]] std::expected<Opened, OpenError> open(const PeerSessions& current, const Correspondents& correspondents,
                                                    const PrivatePrekeys& prekeys, const Incoming& incoming,
                                                    UnixMillis now, Random& random);

}  // namespace sotto::session
