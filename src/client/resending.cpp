#include "client/resending.h"

#include <algorithm>
#include <array>
#include <map>

#include "client/applying.h"
#include "client/backup/key_sharing.h"
#include "client/claiming.h"
#include "client/conversation_members.h"
#include "client/directory.h"
#include "client/groups/group_opening.h"
#include "client/groups/history.h"
#include "client/mailbox_contents.h"
#include "session/direct_message.h"
#include "session/group_message.h"

namespace sotto::client {
namespace {

/// Times between one question for a key and the next; after the last the line is given up.
constexpr std::array<Milliseconds, most_questions_for_a_key> pauses = {hours(1), hours(24), hours(24 * 7),
                                                                       hours(24 * 21)};
/// How long an entry from before this device waits for a chain that was under way when it was linked.
constexpr Milliseconds patience_with_shares = hours(1);
constexpr std::size_t entries_at_a_time = 100;

/// The waiting entries of one device in one conversation.
using Asking = std::map<std::pair<session::DeviceAddress, ConversationId>, std::vector<WaitingEntry>>;

void give_up(Turn& turn, const WaitingEntry& entry) {
  const bool was_given = entry.asked == never_asked;
  turn.waiting.remove(entry.position);
  turn.timeline.set_cause(entry.position, was_given ? UndecryptableCause::not_shared : UndecryptableCause::unanswered);
}

void ask_device(Turn& turn, const session::RemoteDevice& device, ConversationId conversation,
                const std::vector<WaitingEntry>& entries) {
  // Who sends to a group may never have had anything to do with this device but a share that did not arrive.
  if (!turn.sessions.load(device.address).can_seal()) {
    (void)claim_prekeys(turn, {device.address});
    return;
  }
  wire::ResendRequest request{.conversation = conversation, .messages = {}};
  for (const WaitingEntry& entry : entries) {
    if (request.messages.size() < wire::max_resend) request.messages.push_back(entry.message);
  }
  if (!post_to_device(turn, device, std::move(request))) return;
  for (std::size_t index = 0; index < std::min(entries.size(), wire::max_resend); ++index) {
    const auto asked = std::min<std::uint64_t>(entries[index].asked, pauses.size() - 1);
    turn.waiting.asked(entries[index].position, turn.now + pauses[static_cast<std::size_t>(asked)]);
  }
}

bool has(const std::vector<session::DeviceAddress>& recipients, const session::DeviceAddress& device) {
  return std::ranges::find(recipients, device) != recipients.end();
}

/// Whether the asking device may have this message's key: it was sealed for it, and is not gone.
bool is_entitled(Turn& turn, const TimelineRow& message, const session::DeviceAddress& asking) {
  const bool is_there = message.own && message.seq && message.place != RowPlace::gone &&
                        message.place != RowPlace::deleted && message.state != MessageState::failed;
  return is_there && has(turn.timeline.recipients_of(message.position), asking);
}

std::optional<wire::Content> open_with(Turn& turn, const ConversationRow& row, const wire::MessageKey& key,
                                       std::uint64_t position) {
  const auto body = turn.waiting.body_of(position);
  if (!body) return std::nullopt;
  const session::DeviceAddress sender{key.sender, key.sender_device};
  auto content = row.has_peer() ? session::open_direct_with_key(key, sender, {row.conversation, key.message}, *body)
                                : session::open_group_with_key(key, sender, {row.conversation, key.message}, *body);
  if (!content || std::holds_alternative<std::monostate>(content->kind)) return std::nullopt;
  return std::move(*content);
}

void take_key(Turn& turn, const wire::MessageKey& key, ConversationRow& row) {
  const auto position = turn.waiting.find(
      {.conversation = row.conversation, .message = key.message, .sender = {key.sender, key.sender_device}});
  if (!position) return;
  std::optional<TimelineRow> line = turn.timeline.at(*position);
  auto content = open_with(turn, row, key, *position);
  if (!line || !content || line->cause == UndecryptableCause::history_key_missing) return;
  // Another entry with this id was opened meanwhile: then this one is a repeat.
  if (turn.timeline.find({line->conversation, line->sender, line->message})) return;
  line->content = std::move(*content);
  line->state = state_of(row, {.own = line->own, .seq = line->seq.value_or(0)});
  line->cause = UndecryptableCause::none;
  line->place = RowPlace::line;
  place_row(row, *line);
  turn.timeline.make_readable(*line);
  turn.timeline.keep_key(*position, key);
  row.delivered = std::max(row.delivered, line->seq.value_or(0));
  apply_row(turn, row, *line);
}

}  // namespace

void await_key(Turn& turn, const UnreadableRow& row, const wire::LogEntry& entry) {
  if (readability_of(row.cause) != Readability::waiting || entry.body.empty()) return;
  if (row.expected == Expectation::unlikely) {
    turn.waiting.add(row.position, entry.body,
                     {.at = turn.now + patience_with_shares, .asked = most_questions_for_a_key});
    return;
  }
  // A chain that was just given is on its way by another road than the message.
  const Milliseconds patience = row.cause == UndecryptableCause::sender_key_missing ? minutes(1) : Milliseconds{};
  turn.waiting.add(row.position, entry.body, {.at = turn.now + patience});
}

void pump_resends(Turn& turn) {
  if (!turn.memory.link.is_live()) return;
  Asking asking;
  for (WaitingEntry& entry : turn.waiting.due(turn.now, entries_at_a_time)) {
    if (entry.asked >= pauses.size()) {
      give_up(turn, entry);
    } else {
      asking[{entry.sender, entry.conversation}].push_back(std::move(entry));
    }
  }
  for (const auto& [key, entries] : asking) {
    const auto device = listed_device(turn, key.first);
    // Without a session that works the question would be as unreadable as its answer: the repair comes first.
    if (device) {
      ask_device(turn, *device, key.second, entries);
    } else {
      for (const WaitingEntry& entry : entries) give_up(turn, entry);
    }
  }
}

std::optional<UnixMillis> next_resend(Turn& turn) {
  const auto due = turn.waiting.next_due();
  // What is due already waits for a session, not for the time.
  return due && *due > turn.now ? due : std::nullopt;
}

void receive_repair(Turn& turn, const session::DeviceAddress& sender) {
  turn.groups.give_all_again(sender);
  share_backup_key_again(turn, sender);
  turn.waiting.ask_now(sender, turn.now);
}

void answer_resend(Turn& turn, const session::DeviceAddress& asking, const wire::ResendRequest& request) {
  const std::optional<ConversationRow> row = turn.conversations.find(request.conversation);
  const auto device = listed_device(turn, asking);
  if (!row || !device || !belongs_to(turn, *row, asking.account)) return;
  if (!row->has_peer()) share_again(turn, row->conversation, asking);
  const Home self = turn.home.load();
  wire::MessageKeys answer{.conversation = request.conversation, .keys = {}};
  for (const MessageId& message : request.messages) {
    const auto line = turn.timeline.find({request.conversation, {self.account, self.device}, message});
    if (!line || !is_entitled(turn, *line, asking)) continue;
    if (auto key = turn.timeline.key_of(line->position)) {
      key->seq = *line->seq;
      answer.keys.push_back(std::move(*key));
    }
  }
  if (answer.keys.empty()) return;
  (void)post_to_device(turn, *device, std::move(answer));
}

void receive_keys(Turn& turn, const session::DeviceAddress& sender, const wire::MessageKeys& keys) {
  std::optional<ConversationRow> row = turn.conversations.find(keys.conversation);
  if (!row || !row->has_peer()) receive_history_keys(turn, sender, keys);
  if (!row) return;
  for (const wire::MessageKey& key : keys.keys) {
    // Only the device that sent a message gives its key again.
    if (key.sender == sender.account && key.sender_device == sender.device) take_key(turn, key, *row);
  }
  turn.conversations.save(*row);
}

}  // namespace sotto::client
