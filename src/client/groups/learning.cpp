#include "client/groups/learning.h"

#include <algorithm>

#include "client/conversation_members.h"
#include "client/groups/event_lines.h"
#include "client/groups/history.h"
#include "crypto/hash.h"

namespace sotto::client {
namespace {

constexpr std::size_t chains_at_a_time = 4;
/// Before a chain is read on once more.
constexpr Milliseconds reading_on_pause = minutes(1);

ConversationKind kind_of(wire::ConversationKind kind) {
  return kind == wire::ConversationKind::channel ? ConversationKind::channel : ConversationKind::group;
}

void refuse_chain(Turn& turn, ConversationId conversation) {
  turn.memory.groups.behind.erase(conversation);
  turn.notice({.kind = SecurityNoticeKind::group_chain_refused, .account = std::nullopt, .conversation = conversation});
  turn.memory.groups.chains.erase(conversation);
  turn.memory.link.pause(key_of(AskGroup{GroupQuestion::read_chain, conversation}), turn.now + seconds(30));
}

TimelineRow line_of(Turn& turn, const wire::LogEntry& entry) {
  TimelineRow line;
  line.conversation = entry.conversation;
  line.seq = entry.seq;
  line.message = entry.message;
  line.sender = {entry.sender, entry.sender_device};
  line.own = entry.sender == turn.home.load().account;
  line.sent_at = entry.sent_at;
  line.state = line.own ? MessageState::sent : MessageState::received;
  line.place = RowPlace::notice;
  return line;
}

void add_line(Turn& turn, const wire::LogEntry& entry, const wire::GroupEvent& event) {
  TimelineRow line = line_of(turn, entry);
  line.content.version = wire::content_version;
  line.content.kind = event_line(event);
  turn.timeline.insert(line);
}

void forget_marks_of_leavers(Turn& turn, const membership::Group& before, const membership::Group& after) {
  for (const membership::Member& member : before.members) {
    if (after.find(member.account) == nullptr) turn.conversations.forget_marks(after.id, member.account);
  }
}

/// Whether an entry's event was taken up already, when its chain was read on: perhaps by another process of this home,
/// or before a crash.
bool came_ahead(Turn& turn, const membership::Group& group, const wire::SignedGroupEvent& signed_event,
                const wire::GroupEvent& event) {
  return event.number <= group.number &&
         turn.groups.take_ahead({group.id, event.number}, crypto::sha256(signed_event.event));
}

/// One event of a chain that is being read. False if it is none.
bool read_on(ChainReading& reading, const wire::SignedGroupEvent& event, AccountId self) {
  auto next = reading.group ? membership::apply(*reading.group, event) : membership::create(event);
  if (!next) return false;
  const bool was_in = reading.group && reading.group->find(self) != nullptr;
  if (!was_in && next->find(self) != nullptr) reading.before_joining = reading.group;
  reading.heads.emplace_back(next->number, next->head);
  reading.group = *std::move(next);
  return true;
}

/// A chain that a member's message named more of than the log had shown. What is signed and follows counts, whatever
/// the log leaves out.
void conclude_reading_on(Turn& turn, ConversationId conversation, const ChainReading& reading) {
  const std::optional<membership::Group> before = turn.groups.find(conversation);
  turn.memory.groups.behind.erase(conversation);
  turn.memory.groups.chains.erase(conversation);
  turn.memory.link.pause(key_of(AskGroup{GroupQuestion::read_chain, conversation}), turn.now + reading_on_pause);
  std::optional<ConversationRow> row = turn.conversations.find(conversation);
  if (!before || !row || !reading.group || reading.group->number <= before->number) return;
  for (const auto& [number, head] : reading.heads) {
    turn.groups.save_head_ahead({conversation, number}, head);
  }
  turn.groups.save(*reading.group);
  forget_marks_of_leavers(turn, *before, *reading.group);
  row->timer_ms = reading.group->policies.expires_after_ms;
  row->epoch = 0;
  turn.conversations.save(*row);
  turn.memory.groups.members.erase(conversation);
}

void conclude_chain(Turn& turn, ConversationId conversation, const ChainReading& reading) {
  if (!turn.groups.wants_chain(conversation)) return conclude_reading_on(turn, conversation, reading);
  if (!reading.before_joining) return refuse_chain(turn, conversation);
  for (const auto& [number, head] : reading.heads) {
    if (number <= reading.before_joining->number) turn.groups.save_head({conversation, number}, head);
  }
  turn.groups.save(*reading.before_joining);
  turn.groups.chain_is_read(conversation);
  turn.memory.groups.chains.erase(conversation);
}

}  // namespace

bool learn_group(Turn& turn, const wire::Conversation& conversation) {
  std::optional<ConversationRow> row = turn.conversations.find(conversation.conversation);
  if (!row) {
    if (turn.conversations.count() >= wire::max_cursors) return false;
    row = ConversationRow{};
    row->conversation = conversation.conversation;
    row->kind = kind_of(conversation.kind);
    row->last_activity = turn.now;
  }
  if (row->kind != kind_of(conversation.kind)) {
    turn.notice({.kind = SecurityNoticeKind::wrong_conversation,
                 .account = std::nullopt,
                 .conversation = conversation.conversation});
    return false;
  }
  if (conversation.log_start > row->cursor) {
    row->cursor = conversation.log_start;
    row->delivered = std::max(row->delivered, conversation.log_start);
    row->read = std::max(row->read, conversation.log_start);
    turn.groups.want_chain(conversation.conversation);
  }
  row->log_start = std::max(row->log_start, conversation.log_start);
  row->offered_epoch = std::max(row->offered_epoch, conversation.epoch);
  row->known_head = std::max(row->known_head, conversation.head);
  if (conversation.head < row->cursor) {
    turn.notice(
        {.kind = SecurityNoticeKind::log_truncated, .account = std::nullopt, .conversation = row->conversation});
  }
  for (const wire::Member& member : conversation.members) take_marks(turn, *row, member);
  turn.conversations.save(*row);
  return true;
}

bool waits_for_chain(Turn& turn, const ConversationRow& row) {
  return !row.has_peer() && turn.groups.wants_chain(row.conversation);
}

bool has_left(Turn& turn, ConversationId conversation) {
  const std::optional<membership::Group> group = turn.groups.find(conversation);
  return group && group->find(turn.home.load().account) == nullptr;
}

void receive_group_event(Turn& turn, ConversationRow& row, const wire::LogEntry& entry) {
  const auto refuse = [&] {
    turn.notice({.kind = SecurityNoticeKind::group_chain_refused,
                 .account = entry.sender,
                 .conversation = entry.conversation,
                 .seq = entry.seq});
    TimelineRow line = line_of(turn, entry);
    line.place = RowPlace::line;
    line.state = MessageState::undecryptable;
    line.cause = UndecryptableCause::forked;
    turn.timeline.insert(line);
  };
  const auto signed_event = wire::decode<wire::SignedGroupEvent>(entry.body);
  if (!signed_event) return refuse();
  const auto event = membership::read_event(*signed_event);
  if (!event) return refuse();
  const std::optional<membership::Group> group = turn.groups.find(entry.conversation);
  if (group && came_ahead(turn, *group, *signed_event, *event)) return add_line(turn, entry, *event);
  const auto next = group ? membership::apply(*group, *signed_event) : membership::create(*signed_event);
  if (!next || next->id != entry.conversation || kind_of(next->kind) != row.kind) return refuse();
  turn.groups.save(*next);
  if (group) {
    forget_marks_of_leavers(turn, *group, *next);
    note_arrivals(turn, {.before = *group, .after = *next, .event = *event, .seq = entry.seq});
  }
  row.timer_ms = next->policies.expires_after_ms;
  row.last_activity = std::max(row.last_activity, entry.sent_at);
  // Whose devices may read is to be found out anew.
  row.epoch = 0;
  turn.memory.groups.members.erase(entry.conversation);
  turn.memory.groups.claims.erase(entry.conversation);
  add_line(turn, entry, *event);
}

void receive_chain_page(Turn& turn, ConversationId conversation, const wire::GroupPage& page) {
  const AccountId self = turn.home.load().account;
  ChainReading& reading = turn.memory.groups.chains[conversation];
  if (!reading.group) reading.group = turn.groups.find(conversation);
  for (const wire::SignedGroupEvent& event : page.events) {
    if (!read_on(reading, event, self) || reading.group->id != conversation) return refuse_chain(turn, conversation);
  }
  if (page.more && page.events.empty()) return refuse_chain(turn, conversation);
  if (!page.more) conclude_chain(turn, conversation, ChainReading(reading));
}

void pump_groups(Turn& turn) {
  const auto has_ended = [&](const auto& entry) {
    const auto is_its = [&](const WaitingCommand& waiting) { return waiting.frame.id == entry.first; };
    return std::ranges::none_of(turn.memory.waiting, is_its);
  };
  std::erase_if(turn.memory.groups.changes, has_ended);
  std::erase_if(turn.memory.groups.invited, has_ended);
  std::erase_if(turn.memory.groups.requests, has_ended);
  if (!turn.memory.link.is_live()) return;
  std::vector<ConversationId> wanted = turn.groups.wanting_chain(chains_at_a_time);
  wanted.insert(wanted.end(), turn.memory.groups.behind.begin(), turn.memory.groups.behind.end());
  for (const ConversationId conversation : wanted) {
    const auto reading = turn.memory.groups.chains.find(conversation);
    std::optional<membership::Group> group;
    if (reading != turn.memory.groups.chains.end()) group = reading->second.group;
    if (!group) group = turn.groups.find(conversation);
    turn.ask(
        AskGroup{GroupQuestion::read_chain, conversation},
        wire::ReadGroup{.conversation = conversation, .after = group ? group->number : 0, .invitation = std::nullopt});
  }
}

std::optional<wire::GroupProfile> group_profile(Turn& turn, ConversationId conversation) {
  const std::optional<membership::Group> group = turn.groups.find(conversation);
  return group ? turn.groups.profile(*group) : std::nullopt;
}

}  // namespace sotto::client
