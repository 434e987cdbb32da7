#include "client/opening.h"

#include "client/backup/known_keys.h"
#include "client/groups/group_opening.h"
#include "client/receiving.h"
#include "session/direct_message.h"

namespace sotto::client {
namespace {

UndecryptableCause cause_of(session::OpenError error) {
  using enum session::OpenError;
  switch (error) {
    case unsupported_suite:
      return UndecryptableCause::unsupported;
    case no_slot:
      return UndecryptableCause::not_for_this_device;
    case unknown_session:
    case unknown_chain:
    case unknown_prekey:
    case too_far_ahead:
      return UndecryptableCause::no_session;
    case no_sender_key:
      return UndecryptableCause::sender_key_missing;
    case replayed_initiation:
    case duplicate:
      return UndecryptableCause::key_used_up;
    case malformed:
    case bad_authentication:
    case bad_commitment:
    case bad_content:
      break;
  }
  return UndecryptableCause::tampered;
}

/// Compares the content's counter with those seen (threat 19). False if it is too old.
bool count_opened(Turn& turn, const ConversationRow& row, const wire::LogEntry& entry, std::uint64_t counter) {
  const SenderPlace place{entry.conversation, {entry.sender, entry.sender_device}};
  const SenderCount seen = turn.conversations.sender_count(place);
  if (counter <= seen.counter) {
    turn.notice(about(entry, SecurityNoticeKind::reordered));
    return false;
  }
  // Who was added later does not know how much was written before.
  const bool began_before = seen.counter == 0 && row.log_start > 0;
  if (!began_before && counter - seen.counter - 1 > seen.unopened)
    turn.notice(about(entry, SecurityNoticeKind::messages_missing));
  turn.conversations.set_sender_count(place, {.counter = counter, .unopened = 0});
  return true;
}

OpenedEntry refuse(Turn& turn, const wire::LogEntry& entry, session::OpenError error) {
  const UndecryptableCause cause = cause_of(error);
  if (cause == UndecryptableCause::tampered) turn.notice(about(entry, SecurityNoticeKind::altered));
  if (session::calls_for_repair(error)) request_repair(turn, {entry.sender, entry.sender_device});
  return {.cause = cause, .content = {}, .key = std::nullopt};
}

/// In a direct conversation, or the account's own: through the session with the sending device.
OpenedEntry open_by_session(Turn& turn, const wire::LogEntry& entry, const session::RemoteDevice& sender) {
  DeviceSessions sessions = turn.sessions.load(sender.address);
  const session::LocalDevice local = turn.home.device();
  const session::PrivatePrekeys prekeys = turn.home.prekeys();
  if (turn.context.damaged) return {.cause = UndecryptableCause::tampered, .content = {}, .key = std::nullopt};
  auto opened = session::open_direct(sessions.sessions, {local, sender}, prekeys, {entry.conversation, entry.message},
                                     entry.body, turn.now, turn.random);
  if (!opened) return refuse(turn, entry, opened.error());
  sessions.sessions = std::move(opened->next);
  turn.sessions.save(sender.address, sessions);
  if (opened->next_prekeys) turn.home.save_prekeys(*opened->next_prekeys);
  opened->key.seq = entry.seq;
  return {.cause = UndecryptableCause::none, .content = std::move(opened->content), .key = std::move(opened->key)};
}

OpenedEntry open_body(Turn& turn, const ConversationRow& row, const wire::LogEntry& entry,
                      const session::RemoteDevice& sender) {
  if (auto opened = open_with_known_key(turn, row, entry)) return std::move(*opened);
  // A device that is no longer listed is heard through a backup's keys alone.
  if (sender.account_key.is_zero()) return {.cause = UndecryptableCause::tampered, .content = {}, .key = std::nullopt};
  switch (row.kind) {
    case ConversationKind::direct:
    case ConversationKind::self:
      return open_by_session(turn, entry, sender);
    case ConversationKind::group:
    case ConversationKind::channel:
      break;
  }
  return open_in_group(turn, entry, sender);
}

}  // namespace

void count_unopened(Turn& turn, const wire::LogEntry& entry) {
  const SenderPlace place{entry.conversation, {entry.sender, entry.sender_device}};
  SenderCount seen = turn.conversations.sender_count(place);
  ++seen.unopened;
  turn.conversations.set_sender_count(place, seen);
}

OpenedEntry open_entry(Turn& turn, const ConversationRow& row, const wire::LogEntry& entry,
                       const session::RemoteDevice& sender) {
  OpenedEntry opened = open_body(turn, row, entry, sender);
  if (opened.cause != UndecryptableCause::none) return opened;
  if (!count_opened(turn, row, entry, opened.content.counter)) {
    return {.cause = UndecryptableCause::reordered, .content = {}, .key = std::nullopt};
  }
  return opened;
}

}  // namespace sotto::client
