#include "client/receiving.h"

#include <algorithm>
#include <array>

#include "client/applying.h"
#include "client/backup/keeping.h"
#include "client/backup/known_keys.h"
#include "client/conversation_members.h"
#include "client/directory.h"
#include "client/groups/group_sealing.h"
#include "client/groups/history.h"
#include "client/groups/learning.h"
#include "client/opening.h"
#include "client/resending.h"
#include "session/direct_message.h"

namespace sotto::client {
namespace {

TimelineRow row_of(const wire::LogEntry& entry) {
  TimelineRow row;
  row.conversation = entry.conversation;
  row.seq = entry.seq;
  row.message = entry.message;
  row.sender = {entry.sender, entry.sender_device};
  row.sent_at = entry.sent_at;
  return row;
}

/// Whether an entry is from before this home, a device without any history, was linked.
bool is_from_before(Turn& turn, const wire::LogEntry& entry) {
  return entry.seq <= turn.conversations.linking_end(entry.conversation);
}

/// Whether an entry was simply not meant for a device that there was not yet: nothing to miss, and no error.
bool predates_device(Turn& turn, const wire::LogEntry& entry, UndecryptableCause cause) {
  using enum UndecryptableCause;
  const bool is_usual = cause == not_for_this_device || cause == sender_key_missing || cause == sender_unknown;
  return is_usual && is_from_before(turn, entry);
}

/// The line of an entry that cannot be shown.
std::uint64_t add_refused(Turn& turn, const wire::LogEntry& entry, UndecryptableCause cause) {
  TimelineRow line = row_of(entry);
  line.own = entry.sender == turn.home.load().account;
  line.state = MessageState::undecryptable;
  line.cause = cause;
  // What the own devices told one another before this one was added is mostly settings, and nothing to miss.
  const auto row = turn.conversations.find(entry.conversation);
  const bool is_own_matter = row && row->kind == ConversationKind::self;
  if (is_own_matter && cause == UndecryptableCause::not_for_this_device) line.place = RowPlace::event;
  if (predates_device(turn, entry, cause)) line.place = RowPlace::gone;
  return turn.timeline.insert(line);
}

/// The server dropped the body. What has expired leaves nothing; of the rest the reader should know.
void receive_dropped(Turn& turn, const wire::LogEntry& entry) {
  count_unopened(turn, entry);
  const bool has_expired = entry.expires_at.value != 0 && entry.expires_at <= server_now(turn);
  if (has_expired || is_from_before(turn, entry)) {
    TimelineRow line = row_of(entry);
    line.own = entry.sender == turn.home.load().account;
    line.state = line.own ? MessageState::sent : MessageState::received;
    line.place = RowPlace::gone;
    turn.timeline.insert(line);
  } else {
    add_refused(turn, entry, UndecryptableCause::removed);
  }
}

/// The entry is dealt with.
void pass(ConversationRow& row, const wire::LogEntry& entry) { row.cursor = entry.seq; }

/// An entry of this very device: the echo of an own message.
void receive_own(Turn& turn, ConversationRow& row, const wire::LogEntry& entry) {
  const auto message = turn.timeline.find({entry.conversation, {entry.sender, entry.sender_device}, entry.message});
  if (!message) {
    // Sent in a future that this database does not know, because it is an old copy: nothing sealed or counted with its
    // present state would be right.
    add_refused(turn, entry, UndecryptableCause::sent_before_restore);
    ++row.own_counter;
    turn.sessions.renew_all();
    forget_own_chains(turn);
    turn.outbox.unseal(entry.conversation);
  } else if (message->seq && *message->seq != entry.seq) {
    turn.notice(about(entry, SecurityNoticeKind::replayed));
    add_refused(turn, entry, UndecryptableCause::repeated);
  } else {
    accept_own(turn, row, *message, {.seq = entry.seq, .sent_at = entry.sent_at});
  }
  pass(row, entry);
}

/// The log is not read on before the sender's list was fetched.
void hold(Turn& turn, const ConversationRow& row, const wire::LogEntry& entry) {
  turn.memory.checked_senders.insert({entry.conversation, entry.seq});
  turn.memory.held_conversations[row.conversation] = entry.sender;
}

bool is_checked(const Turn& turn, const wire::LogEntry& entry) {
  return turn.memory.checked_senders.contains({entry.conversation, entry.seq});
}

void receive_from_device(Turn& turn, ConversationRow& row, const wire::LogEntry& entry,
                         const session::RemoteDevice& sender) {
  if (turn.timeline.find({entry.conversation, sender.address, entry.message})) {
    turn.notice(about(entry, SecurityNoticeKind::replayed));
    add_refused(turn, entry, UndecryptableCause::repeated);
    return;
  }
  if (entry.redacted) return receive_dropped(turn, entry);
  OpenedEntry opened = open_entry(turn, row, entry, sender);
  const bool counted = opened.cause == UndecryptableCause::none || opened.cause == UndecryptableCause::reordered;
  if (!counted) count_unopened(turn, entry);
  if (opened.cause == UndecryptableCause::none && std::holds_alternative<std::monostate>(opened.content.kind)) {
    opened.cause = UndecryptableCause::unsupported;
  }
  if (opened.cause != UndecryptableCause::none) {
    const Expectation expected =
        predates_device(turn, entry, opened.cause) ? Expectation::unlikely : Expectation::likely;
    await_key(turn, {.position = add_refused(turn, entry, opened.cause), .cause = opened.cause, .expected = expected},
              entry);
    return;
  }
  TimelineRow line = row_of(entry);
  line.own = entry.sender == turn.home.load().account;
  line.state = state_of(row, {.own = line.own, .seq = entry.seq});
  line.content = std::move(opened.content);
  place_row(row, line);
  line.position = turn.timeline.insert(line);
  if (opened.key) turn.timeline.keep_key(line.position, *opened.key);
  if (opened.source == KeySource::backup) turn.backup.packed(line.position);
  // History that was brought back is no news.
  if (opened.source != KeySource::itself) turn.timeline.announced({entry.conversation, entry.seq});
  apply_row(turn, row, line);
  if (line.is_shown()) row.last_activity = std::max(row.last_activity, entry.sent_at);
  row.delivered = entry.seq;
}

/// The device that an entry names: a listed one, or one for which a backup vouches, then by its address alone.
std::optional<session::RemoteDevice> sender_of(Turn& turn, const wire::LogEntry& entry) {
  const session::DeviceAddress address{entry.sender, entry.sender_device};
  if (auto listed = listed_device(turn, address)) return listed;
  if (!has_known_key(turn, entry)) return std::nullopt;
  return session::RemoteDevice{.address = address, .account_key = {}, .signing_key = {}, .identity_key = {}};
}

/// An entry of a group that shares its history, from before this account came. Whether its device is still listed does
/// not matter, but its account's name should be known.
void receive_before_coming(Turn& turn, ConversationRow& row, const wire::LogEntry& entry) {
  if (!turn.contacts.find(entry.sender) && !is_checked(turn, entry)) return hold(turn, row, entry);
  if (turn.timeline.find({entry.conversation, {entry.sender, entry.sender_device}, entry.message})) {
    turn.notice(about(entry, SecurityNoticeKind::replayed));
    add_refused(turn, entry, UndecryptableCause::repeated);
  } else if (entry.redacted) {
    receive_dropped(turn, entry);
  } else if (entry.expires_at.value != 0) {
    // Keys of what disappears are given to nobody.
    count_unopened(turn, entry);
    add_refused(turn, entry, UndecryptableCause::not_shared);
  } else {
    count_unopened(turn, entry);
    receive_old_entry(turn, entry);
  }
  pass(row, entry);
}

/// The next entry of its log.
void receive_next(Turn& turn, ConversationRow row, const wire::LogEntry& entry) {
  const Home self = turn.home.load();
  row.known_head = std::max(row.known_head, entry.seq);
  if (entry.kind == wire::EntryKind::group_event && !row.has_peer()) {
    receive_group_event(turn, row, entry);
    pass(row, entry);
  } else if (entry.sender == self.account && entry.sender_device == self.device) {
    receive_own(turn, row, entry);
  } else if (!may_write(turn, row, entry.sender)) {
    turn.notice(about(entry, SecurityNoticeKind::spliced));
    add_refused(turn, entry, UndecryptableCause::wrong_place);
    pass(row, entry);
  } else if (is_before_coming(turn, row) && !has_known_key(turn, entry)) {
    receive_before_coming(turn, row, entry);
  } else if (const auto sender = sender_of(turn, entry)) {
    receive_from_device(turn, row, entry, *sender);
    pass(row, entry);
  } else if (!is_checked(turn, entry)) {
    hold(turn, row, entry);
  } else {
    if (!is_from_before(turn, entry)) turn.notice(about(entry, SecurityNoticeKind::device_unlisted));
    add_refused(turn, entry, UndecryptableCause::sender_unknown);
    count_unopened(turn, entry);
    pass(row, entry);
  }
  turn.conversations.save(row);
}

void note_head(Turn& turn, ConversationRow& row, std::uint64_t head) {
  if (head < row.cursor) {
    turn.notice({.kind = SecurityNoticeKind::log_truncated, .account = row.peer, .conversation = row.conversation});
  }
  row.known_head = std::max(row.known_head, head);
}

/// The other member, or the own account in its conversation with itself, if the conversation is what its id stands for.
std::optional<AccountId> peer_in(const wire::Conversation& conversation, AccountId self) {
  if (conversation.kind != wire::ConversationKind::direct) return std::nullopt;
  if (conversation.members.empty() || conversation.members.size() > 2) return std::nullopt;
  const AccountId left = conversation.members.front().account;
  const AccountId right = conversation.members.back().account;
  const bool alone = conversation.members.size() == 1;
  if ((left == right) != alone || (left != self && right != self)) return std::nullopt;
  if (session::direct_conversation(std::array{left, right}) != conversation.conversation) return std::nullopt;
  return left == self ? right : left;
}

/// A page that ends before what the server had spoken of: ask once more, then say so.
void note_short_page(Turn& turn, const AskReadLog& asked, const wire::LogPage& page) {
  std::optional<ConversationRow> row = turn.conversations.find(asked.conversation);
  if (!row || row->caught_up()) return;
  if (row->cursor < page.head) {
    // A server that has more and gives nothing is not asked without a pause.
    if (page.entries.empty()) turn.memory.link.pause(key_of(asked), turn.now + seconds(1));
    return;
  }
  if (turn.memory.short_logs.insert(asked.conversation).second) {
    turn.memory.link.pause(key_of(asked), turn.now + seconds(1));
    return;
  }
  turn.notice({.kind = SecurityNoticeKind::log_truncated, .account = row->peer, .conversation = row->conversation});
  row->known_head = row->cursor;
  turn.conversations.save(*row);
  turn.memory.short_logs.erase(asked.conversation);
}

bool is_consecutive(const AskReadLog& asked, const wire::LogPage& page) {
  std::uint64_t expected = asked.after + 1;
  return std::ranges::all_of(page.entries, [&](const wire::LogEntry& entry) {
    return entry.conversation == asked.conversation && entry.seq == expected++;
  });
}

}  // namespace

void accept_own(Turn& turn, ConversationRow& row, const TimelineRow& message, const OwnPlace& place) {
  if (message.seq) return;
  const MessageState state = state_of(row, {.own = true, .seq = place.seq});
  turn.timeline.advance(message.position,
                        {.state = state, .failure = ClientErrorCode::none, .seq = place.seq, .sent_at = place.sent_at});
  if (const auto waiting = turn.outbox.find({message.conversation, message.message})) {
    turn.outbox.remove(waiting->position);
  }
  ++row.own_counter;
  TimelineRow line = message;
  line.seq = place.seq;
  line.sent_at = place.sent_at;
  place_row(row, line);
  if (line.is_shown()) row.last_activity = std::max(row.last_activity, place.sent_at);
  if (line.expires_at.value != 0) turn.timeline.set_expiry(line.position, line.expires_at);
  apply_row(turn, row, line);
}

void request_repair(Turn& turn, const session::DeviceAddress& device) {
  DeviceSessions sessions = turn.sessions.load(device);
  if (sessions.repaired_at.value != 0 && turn.now - sessions.repaired_at < repair_interval) return;
  sessions.renew = true;
  sessions.repair = true;
  sessions.repaired_at = turn.now;
  turn.sessions.save(device, sessions);
}

void receive_entry(Turn& turn, const wire::LogEntry& entry) {
  std::optional<ConversationRow> row = turn.conversations.find(entry.conversation);
  if (!row) {
    // A conversation that somebody else began: `resume` tells who is in it.
    turn.memory.resume_again = true;
    return;
  }
  if (entry.seq <= row->cursor) return;
  const bool held = turn.memory.held_conversations.contains(entry.conversation) || is_reading_backup(turn) ||
                    waits_for_chain(turn, *row);
  if (entry.seq == row->cursor + 1 && !held) {
    receive_next(turn, std::move(*row), entry);
    return;
  }
  if (entry.seq <= row->known_head) return;
  row->known_head = entry.seq;
  turn.conversations.save(*row);
}

void receive_page(Turn& turn, const AskReadLog& asked, const wire::LogPage& page) {
  if (!is_consecutive(asked, page)) {
    turn.notice(
        {.kind = SecurityNoticeKind::log_out_of_order, .account = std::nullopt, .conversation = asked.conversation});
    turn.memory.link.pause(key_of(asked), turn.now + seconds(2));
    return;
  }
  for (const wire::LogEntry& entry : page.entries) receive_entry(turn, entry);
  if (std::optional<ConversationRow> row = turn.conversations.find(asked.conversation)) {
    note_head(turn, *row, page.head);
    turn.conversations.save(*row);
  }
  note_short_page(turn, asked, page);
}

bool learn_conversation(Turn& turn, const wire::Conversation& conversation) {
  if (conversation.kind != wire::ConversationKind::direct) return learn_group(turn, conversation);
  const AccountId self = turn.home.load().account;
  const std::optional<AccountId> peer = peer_in(conversation, self);
  if (!peer) {
    turn.notice({.kind = SecurityNoticeKind::wrong_conversation,
                 .account = std::nullopt,
                 .conversation = conversation.conversation});
    return false;
  }
  std::optional<ConversationRow> row = turn.conversations.find(conversation.conversation);
  if (!row) {
    if (turn.conversations.count() >= wire::max_cursors) return false;
    row = ConversationRow{};
    row->conversation = conversation.conversation;
    row->kind = *peer == self ? ConversationKind::self : ConversationKind::direct;
    row->peer = *peer;
    row->last_activity = turn.now;
  }
  row->offered_epoch = std::max(row->offered_epoch, conversation.epoch);
  note_head(turn, *row, conversation.head);
  for (const wire::Member& member : conversation.members) take_marks(turn, *row, member);
  turn.conversations.save(*row);
  return true;
}

void receive_resumed(Turn& turn, const wire::Resumed& resumed) {
  std::set<ConversationId> shown;
  for (const wire::Conversation& conversation : resumed.conversations) {
    if (learn_conversation(turn, conversation)) shown.insert(conversation.conversation);
  }
  if (turn.home.begins_at_linking()) {
    for (const wire::Conversation& conversation : resumed.conversations) {
      turn.conversations.set_linking_end({.conversation = conversation.conversation, .seq = conversation.head});
    }
    turn.home.linking_ends_are_known();
  }
  for (const wire::Cursor& cursor : turn.conversations.cursors()) {
    if (cursor.seq > 0 && !shown.contains(cursor.conversation) && !has_left(turn, cursor.conversation)) {
      turn.notice(
          {.kind = SecurityNoticeKind::log_truncated, .account = std::nullopt, .conversation = cursor.conversation});
    }
  }
  for (const wire::LogEntry& entry : resumed.entries) {
    if (shown.contains(entry.conversation)) receive_entry(turn, entry);
  }
  const MailboxCursors mailbox = turn.home.mailbox();
  if (resumed.mailbox_items > 0) turn.memory.mailbox_waits = true;
  // All that was read is acknowledged and gone, so what is there is new.
  turn.memory.mailbox_holds_new = resumed.mailbox_items > 0 && mailbox.acknowledged >= mailbox.read;
}

void receive_marked(Turn& turn, const wire::Marked& marked) {
  std::optional<ConversationRow> row = turn.conversations.find(marked.conversation);
  if (!row) return;
  take_marks(turn, *row, marked.member);
  turn.conversations.save(*row);
}

void receive_typing(Turn& turn, const wire::Typing& typing) {
  const std::optional<ConversationRow> row = turn.conversations.find(typing.conversation);
  if (!row || typing.account == turn.home.load().account || !may_write(turn, *row, typing.account)) return;
  turn.tell(TypingChanged{.conversation = typing.conversation,
                          .account = typing.account,
                          .name = turn.contacts.name_of(typing.account),
                          .typing = typing.typing});
}

void pump_logs(Turn& turn) {
  if (!turn.memory.link.is_live() || is_reading_backup(turn)) return;
  constexpr std::size_t logs_at_a_time = 4;
  for (const ConversationRow& row : turn.conversations.behind(logs_at_a_time * 4)) {
    if (waits_for_chain(turn, row)) continue;
    const auto held = turn.memory.held_conversations.find(row.conversation);
    if (held != turn.memory.held_conversations.end()) {
      turn.ask(AskGetAccount{.account = held->second, .conversation = std::nullopt},
               wire::GetAccount{.account = held->second});
      continue;
    }
    turn.ask(AskReadLog{.conversation = row.conversation, .after = row.cursor},
             wire::ReadLog{.conversation = row.conversation, .after = row.cursor, .limit = 0});
  }
}

}  // namespace sotto::client
