#include "session/session.h"

#include <algorithm>

#include "session/copies.h"
#include "session/message_cipher.h"
#include "session/pqxdh.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

StartError as_start_error(BundleError error) {
  switch (error) {
    case BundleError::wrong_device:
      return StartError::wrong_device;
    case BundleError::bad_signature:
      return StartError::bad_signature;
    case BundleError::unacceptable_key:
      return StartError::unacceptable_key;
  }
  return StartError::bad_signature;
}

/// Drops archived sessions that are past their lifetime or over the cap, the longest archived first.
void prune_archive(PeerSessions& sessions, UnixMillis now) {
  auto& all = sessions.sessions;
  const auto is_past = [now](const Session& session) {
    return session.last_used_at + archived_session_lifetime <= now;
  };
  if (all.size() > 1) all.erase(std::remove_if(all.begin() + 1, all.end(), is_past), all.end());
  while (all.size() > 1 + max_archived_sessions) all.pop_back();
}

/// `current` with `changed` as the active session, whether it was there or is new.
PeerSessions with_active(const PeerSessions& current, Session changed) {
  const UnixMillis now = changed.last_used_at;
  PeerSessions next;
  next.sessions.reserve(current.sessions.size() + 1);
  next.sessions.push_back(std::move(changed));
  for (const Session& session : current.sessions) {
    if (session.id != next.sessions.front().id) next.sessions.push_back(session.copy());
  }
  prune_archive(next, now);
  return next;
}

/// `current` with `changed` in the place where its session was.
PeerSessions with_changed(const PeerSessions& current, Session changed) {
  const UnixMillis now = changed.last_used_at;
  const wire::SessionId id = changed.id;
  PeerSessions next;
  next.sessions.reserve(current.sessions.size());
  for (const Session& session : current.sessions) {
    if (session.id != id) next.sessions.push_back(session.copy());
  }
  const auto place = std::ranges::find(current.sessions, id, &Session::id) - current.sessions.begin();
  next.sessions.insert(next.sessions.begin() + place, std::move(changed));
  prune_archive(next, now);
  return next;
}

const Session* find(const PeerSessions& sessions, const wire::SessionId& id) {
  const auto found = std::ranges::find(sessions.sessions, id, &Session::id);
  return found == sessions.sessions.end() ? nullptr : &*found;
}

/// A message taken apart, before anything in it is authentic.
struct Envelope {
  wire::SessionMessage message;
  wire::SessionHeader header;
};

std::expected<Envelope, OpenError> take_apart(ByteView octets) {
  auto message = wire::decode_canonical<wire::SessionMessage>(octets);
  if (!message) {
    // A later suite may add fields that this version would call not canonical.
    const auto any = wire::decode<wire::SessionMessage>(octets);
    const bool is_later = any && any->suite > wire::suite_1;
    return std::unexpected(is_later ? OpenError::unsupported_suite : OpenError::malformed);
  }
  if (message->suite == 0) return std::unexpected(OpenError::malformed);
  if (message->suite != wire::suite_1) return std::unexpected(OpenError::unsupported_suite);
  auto header = wire::decode_canonical<wire::SessionHeader>(message->header);
  if (!header) return std::unexpected(OpenError::malformed);
  return Envelope{.message = std::move(*message), .header = std::move(*header)};
}

/// A session that a message belongs to, on a copy.
struct Candidate {
  Session session;
  /// Set when the message begins the session.
  std::optional<PrivatePrekeys> next_prekeys;
};

std::expected<Candidate, OpenError> begun_session(const Correspondents& correspondents, const PrivatePrekeys& prekeys,
                                                  const wire::SessionHeader& header, UnixMillis now) {
  if (!header.initiation) return std::unexpected(OpenError::unknown_session);
  auto responded = respond(correspondents, prekeys, *header.initiation);
  if (!responded) return std::unexpected(responded.error());
  // The name comes from the set-up's secret: another name, another secret.
  if (responded->secret.session != header.session) return std::unexpected(OpenError::bad_authentication);
  Session session{
      .id = header.session,
      .begun_at = now,
      .last_used_at = now,
      .initiation = {},
      .ratchet = begin_as_responder(std::move(responded->secret.root_key), std::move(responded->signed_prekey), now)};
  return Candidate{.session = std::move(session), .next_prekeys = std::move(responded->next_prekeys)};
}

std::expected<Candidate, OpenError> candidate(const PeerSessions& current, const Correspondents& correspondents,
                                              const PrivatePrekeys& prekeys, const wire::SessionHeader& header,
                                              UnixMillis now) {
  if (const Session* known = find(current, header.session)) {
    return Candidate{.session = known->copy(), .next_prekeys = {}};
  }
  return begun_session(correspondents, prekeys, header, now);
}

/// Whether a session in which the peer has just begun a chain becomes the active one.
bool may_become_active(const PeerSessions& current, const Candidate& found) {
  const Session& session = found.session;
  if (found.next_prekeys || session.initiation) return true;
  return session.begun_at + sibling_session_span > current.sessions.front().begun_at;
}

/// Advances `session` to the message and opens it. On an error `session` is of no use any more.
std::expected<SecretBuffer, OpenError> open_in(Session& session, const Correspondents& correspondents,
                                               const Envelope& envelope, const wire::SessionContext& context,
                                               UnixMillis now) {
  const auto key = take_receiving_key(session.ratchet, envelope.header, now);
  if (!key) return std::unexpected(key.error());
  auto plaintext = open_message(*key, envelope.header.salt,
                                {.sender = keys_of(correspondents.remote),
                                 .recipient = keys_of(correspondents.local),
                                 .header = envelope.message.header,
                                 .context = context},
                                envelope.message.ciphertext);
  if (!plaintext) return std::unexpected(OpenError::bad_authentication);
  return std::move(*plaintext);
}

}  // namespace

PeerSessions PeerSessions::copy() const { return {copy_of(sessions)}; }

std::expected<PeerSessions, StartError> start_session(const PeerSessions& current, const Correspondents& correspondents,
                                                      const wire::PrekeyBundle& bundle, UnixMillis now,
                                                      Random& random) {
  if (const auto verified = verify_bundle(bundle, correspondents.remote); !verified) {
    return std::unexpected(as_start_error(verified.error()));
  }
  auto initiated = initiate(correspondents, bundle, random);
  if (!initiated) return std::unexpected(as_start_error(initiated.error()));
  auto ratchet = begin_as_initiator(std::move(initiated->secret.root_key), bundle.signed_prekey.key, now, random);
  if (!ratchet) return std::unexpected(StartError::unacceptable_key);
  return with_active(current, {.id = initiated->secret.session,
                               .begun_at = now,
                               .last_used_at = now,
                               .initiation = initiated->initiation,
                               .ratchet = std::move(*ratchet)});
}

std::expected<Sealed, SealError> seal(const PeerSessions& current, const Correspondents& correspondents,
                                      const Outgoing& outgoing, UnixMillis now, Random& random) {
  if (!current.can_seal()) return std::unexpected(SealError::no_session);
  if (outgoing.plaintext.size() > wire::max_session_ciphertext_size - crypto::aead_tag_size) {
    return std::unexpected(SealError::too_long);
  }
  Session session = current.sessions.front().copy();
  session.last_used_at = now;
  wire::SessionHeader header;
  header.session = session.id;
  header.initiation = session.initiation;
  const auto key = next_sending_key(session.ratchet, header, now, random);
  if (!key) return std::unexpected(SealError::chain_exhausted);
  ride(session.ratchet.rekey, header,
       {.now = now, .room = outgoing.room, .session_is_answered = !session.initiation.has_value()}, random);
  header.salt = random.next<wire::MessageSalt>();

  wire::SessionMessage message{.suite = wire::suite_1, .header = wire::encode(header), .ciphertext = {}};
  message.ciphertext = seal_message(*key, header.salt,
                                    {.sender = keys_of(correspondents.local),
                                     .recipient = keys_of(correspondents.remote),
                                     .header = message.header,
                                     .context = outgoing.context},
                                    outgoing.plaintext);
  return Sealed{.next = with_active(current, std::move(session)), .message = wire::encode(message)};
}

std::expected<Opened, OpenError> open(const PeerSessions& current, const Correspondents& correspondents,
                                      const PrivatePrekeys& prekeys, const Incoming& incoming, UnixMillis now,
                                      Random& random) {
  const auto envelope = take_apart(incoming.message);
  if (!envelope) return std::unexpected(envelope.error());
  auto found = candidate(current, correspondents, prekeys, envelope->header, now);
  if (!found) return std::unexpected(found.error());
  Session& session = found->session;
  const bool becomes_active = begins_chain(session.ratchet, envelope->header) && may_become_active(current, *found);
  auto plaintext = open_in(session, correspondents, *envelope, incoming.context, now);
  if (!plaintext) return std::unexpected(plaintext.error());

  take_up(session.ratchet.rekey, envelope->header, random);
  session.initiation.reset();
  session.last_used_at = now;
  const bool began_session = found->next_prekeys.has_value();
  return Opened{
      .next = becomes_active ? with_active(current, std::move(session)) : with_changed(current, std::move(session)),
      .next_prekeys = std::move(found->next_prekeys),
      .plaintext = std::move(*plaintext),
      .began_session = began_session};
}

}  // namespace sotto::session
