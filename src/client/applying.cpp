#include "client/applying.h"

#include <algorithm>
#include <limits>

#include "client/annotations.h"
#include "client/settings.h"
#include "wire/binary.h"

namespace sotto::client {
namespace {

/// Longer times are as good as for ever, and do not overflow.
constexpr std::uint64_t longest_stay_ms = 100ULL * 366 * 24 * 3600 * 1000;

/// What each kind of content is in a timeline.
struct PlaceKind {
  const ConversationRow& row;
  TimelineRow& line;

  void about(const wire::MessageReference& target) const {
    line.place = RowPlace::event;
    line.target = target;
  }
  void operator()(const wire::Reaction& content) const { about(content.target); }
  void operator()(const wire::Edit& content) const { about(content.target); }
  void operator()(const wire::Deletion& content) const { about(content.target); }
  void operator()(const wire::TimerChange&) const { line.place = row.has_peer() ? RowPlace::notice : RowPlace::event; }
  void operator()(const wire::DirectProfile&) const {
    line.place = row.has_peer() ? RowPlace::notice : RowPlace::event;
  }
  void operator()(const wire::DeviceSetting&) const { line.place = RowPlace::event; }
  void operator()(const wire::GroupProfile&) const { line.place = row.has_peer() ? RowPlace::event : RowPlace::notice; }
  void operator()(const wire::ConversationSetting&) const { line.place = RowPlace::event; }
  void operator()(const wire::ApplicationSetting&) const { line.place = RowPlace::event; }
  void operator()(const wire::ContactSetting& content) const {
    line.place = RowPlace::event;
    // So that it is found when the account is first met.
    if (row.kind == ConversationKind::self) line.target = contact_target(content.account);
  }
  void operator()(const wire::MessageSetting& content) const {
    line.place = RowPlace::event;
    if (row.kind != ConversationKind::self) return;
    line.target = content.target;
    line.target_conversation = content.conversation;
  }
  void operator()(const auto&) const {}
};

std::optional<TimelineRow> find_target(Turn& turn, const TimelineRow& event) {
  const auto& target = event.target;
  if (!target) return std::nullopt;
  return turn.timeline.find({event.target_conversation.value_or(event.conversation),
                             {target->sender, target->sender_device},
                             target->message});
}

void append_own_edits(Turn& turn, const TimelineRow& message, wire::Redact& redact) {
  for (const TimelineRow& event :
       turn.timeline.events_about({.conversation = message.conversation, .message = message.reference()})) {
    const bool is_edit = event.own && event.seq && std::holds_alternative<wire::Edit>(event.content.kind);
    if (is_edit && redact.seqs.size() < wire::max_page_entries) redact.seqs.push_back(*event.seq);
  }
}

/// The server is told to drop what this account's own deletion deletes.
void redact(Turn& turn, const TimelineRow& message) {
  if (!message.seq) return;
  wire::Redact redact{.conversation = message.conversation, .seqs = {*message.seq}};
  append_own_edits(turn, message, redact);
  std::ranges::sort(redact.seqs);
  turn.outbox.add_upload(UploadKind::redact, wire::encode(redact));
}

/// Something that was said of a message.
struct Said {
  const TimelineRow& event;
  const TimelineRow& message;
};

void apply_deletion(Turn& turn, const ConversationRow& row, const Said& said) {
  const auto& [event, message] = said;
  if (message.conversation != event.conversation || message.place == RowPlace::event) return;
  if (!may_delete(turn, row, message, event.sender.account)) return;
  const Home self = turn.home.load();
  const bool ours = event.sender.account == self.account && event.sender.device == self.device && event.seq;
  if (ours) redact(turn, message);
  if (message.place == RowPlace::line) erase_line(turn, message, RowPlace::deleted);
}

void apply_message_setting(Turn& turn, const wire::MessageSetting& setting, const TimelineRow& message) {
  if (!message.is_shown()) return;
  if (setting.hidden.value_or(false)) {
    erase_line(turn, message, RowPlace::gone);
  } else if (setting.starred && message.place == RowPlace::line && message.starred != *setting.starred) {
    turn.timeline.set_starred(message.position, *setting.starred ? 1 : 0);
  }
}

void apply_event(Turn& turn, const ConversationRow& row, const Said& said) {
  if (std::holds_alternative<wire::Deletion>(said.event.content.kind)) {
    apply_deletion(turn, row, said);
  } else if (const auto* setting = std::get_if<wire::MessageSetting>(&said.event.content.kind)) {
    apply_message_setting(turn, *setting, said.message);
  }
}

/// What was said of a line before it came.
void apply_earlier_events(Turn& turn, const ConversationRow& row, const TimelineRow& line) {
  for (const TimelineRow& event :
       turn.timeline.events_about({.conversation = line.conversation, .message = line.reference()})) {
    if (const auto now = turn.timeline.at(line.position)) apply_event(turn, row, {event, *now});
  }
}

}  // namespace

UnixMillis server_now(Turn& turn) {
  const std::int64_t time = static_cast<std::int64_t>(turn.now.value) + turn.home.load().clock_skew;
  return {static_cast<std::uint64_t>(std::max<std::int64_t>(time, 0))};
}

UnixMillis expiry_of(const wire::Content& content, UnixMillis sent_at) {
  if (content.expires_after_ms == 0) return {};
  return {sent_at.value + std::min(content.expires_after_ms, longest_stay_ms)};
}

void place_row(const ConversationRow& row, TimelineRow& line) {
  std::visit(PlaceKind{row, line}, line.content.kind);
  if (line.seq) line.expires_at = expiry_of(line.content, line.sent_at);
}

/// The first message of its thread is to be shown with another number of replies.
void touch_thread(Turn& turn, const TimelineRow& line) {
  const auto& root = line.content.thread;
  if (!root) return;
  const auto first = turn.timeline.find({line.conversation, {root->sender, root->sender_device}, root->message});
  if (first && first->is_shown()) turn.timeline.touch(first->position);
}

void erase_line(Turn& turn, const TimelineRow& line, RowPlace place) {
  for (const TimelineRow& event :
       turn.timeline.events_about({.conversation = line.conversation, .message = line.reference()})) {
    // What was said of it would still say something of what it said.
    const bool tells = std::holds_alternative<wire::Edit>(event.content.kind) ||
                       std::holds_alternative<wire::Reaction>(event.content.kind);
    if (tells && event.seq) turn.timeline.erase(event.position, RowPlace::event);
  }
  turn.timeline.erase(line.position, place);
  touch_thread(turn, line);
}

void apply_row(Turn& turn, ConversationRow& row, const TimelineRow& line) {
  if (line.place == RowPlace::line) {
    touch_thread(turn, line);
    return apply_earlier_events(turn, row, line);
  }
  if (const auto* timer = std::get_if<wire::TimerChange>(&line.content.kind)) {
    if (row.has_peer()) row.timer_ms = std::min(timer->expires_after_ms, longest_stay_ms);
  }
  const auto* profile = std::get_if<wire::DirectProfile>(&line.content.kind);
  if (profile != nullptr && row.has_peer()) turn.conversations.save_profile(row.conversation, *profile);
  if (row.kind == ConversationKind::self) apply_setting(turn, line);
  const std::optional<TimelineRow> message = find_target(turn, line);
  if (!message) return;
  if (message->is_shown() && line.conversation == message->conversation) turn.timeline.touch(message->position);
  apply_event(turn, row, {line, *message});
}

}  // namespace sotto::client
