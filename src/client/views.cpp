#include "client/views.h"

#include <algorithm>
#include <map>
#include <set>

#include "client/annotations.h"
#include "client/groups/event_lines.h"
#include "client/groups/learning.h"
#include "client/wording.h"
#include "session/safety_number.h"

namespace sotto::client {

namespace {

/// What the kinds of content put into a line.
struct ShowKind {
  TimelineMessage& line;

  void operator()(const wire::TextContent& content) const { line.text = content.text; }
  void operator()(const wire::TypedContent& content) const {
    line.kind = LineKind::typed;
    line.type = content.type;
    line.data = content.data;
    line.text = content.fallback;
  }
  void operator()(const wire::TimerChange& content) const {
    line.kind = LineKind::timer_change;
    line.timer_ms = content.expires_after_ms;
  }
  void operator()(const wire::DirectProfile& content) const {
    line.kind = LineKind::direct_profile;
    line.text = content.subject;
  }
  void operator()(const wire::GroupProfile& content) const {
    line.kind = LineKind::group_profile;
    line.text = content.name;
  }
  void operator()(const auto&) const { line.kind = LineKind::unsupported; }
};

void show_content(TimelineMessage& line, const wire::Content& content) {
  std::visit(ShowKind{line}, content.kind);
  line.reply_to = content.reply_to;
  line.thread = content.thread;
  line.mentions = content.mentions;
  line.forwarded = content.forwarded;
}

void show_events(Turn& turn, TimelineMessage& line, const TimelineRow& row) {
  const std::vector<TimelineRow> events =
      turn.timeline.events_about({.conversation = row.conversation, .message = row.reference()});
  if (events.empty()) return;
  if (auto changed = edited(row, events)) {
    line.text = std::move(changed->text);
    line.edits = changed->edits;
  }
  line.reactions = reactions(turn.home.load().account, events);
}

/// How a text begins, on one line and in whole characters.
std::string beginning_of(std::string_view text) {
  std::string start(text.substr(0, max_quote_size));
  if (start.size() < text.size()) {
    while (!start.empty() && (static_cast<unsigned char>(start.back()) & 0xC0U) == 0x80U) start.pop_back();
    if (!start.empty()) start.pop_back();
  }
  std::ranges::replace_if(start, [](char letter) { return letter == '\n' || letter == '\r' || letter == '\t'; }, ' ');
  return start;
}

std::optional<QuotedMessage> quoted(Turn& turn, ConversationId conversation, const wire::MessageReference& message) {
  const auto row = turn.timeline.find({conversation, {message.sender, message.sender_device}, message.message});
  if (!row) return std::nullopt;
  TimelineMessage line;
  const bool is_readable = row->place == RowPlace::line && row->cause == UndecryptableCause::none;
  if (is_readable) {
    show_content(line, row->content);
    show_events(turn, line, *row);
  }
  return QuotedMessage{
      .sender_name = turn.contacts.name_of(message.sender), .own = row->own, .text = beginning_of(line.text)};
}

/// `told_before` is the newest change that this process had told of.
void tell_line(Turn& turn, const TimelineRow& row, std::uint64_t told_before) {
  const bool is_new = row.first_change > told_before;
  if (row.state == MessageState::undecryptable && row.seq && is_new) {
    turn.tell(Undecryptable{.conversation = row.conversation,
                            .seq = *row.seq,
                            .cause = row.cause,
                            .text = std::string(words_for(row.cause))});
  }
  if (row.own) {
    turn.tell(MessageStateChanged{.message = shown(turn, row), .failure = row.failure});
  } else if (is_new) {
    turn.tell(MessageReceived{shown(turn, row)});
  } else {
    turn.tell(MessageChanged{shown(turn, row)});
  }
}

}  // namespace

TimelineMessage shown(Turn& turn, const TimelineRow& row) {
  TimelineMessage message;
  message.conversation = row.conversation;
  message.seq = row.seq.value_or(0);
  message.message = row.message;
  message.sender = row.sender.account;
  message.sender_device = row.sender.device;
  message.sender_name = turn.contacts.name_of(row.sender.account);
  message.own = row.own;
  message.state = row.state;
  message.cause = row.cause;
  message.readability = readability_of(row.cause);
  message.sent_at = row.sent_at;
  message.expires_at = row.expires_at;
  message.starred = row.starred;
  if (row.place == RowPlace::deleted) {
    message.kind = LineKind::deleted;
  } else if (row.cause == UndecryptableCause::none) {
    show_content(message, row.content);
    show_events(turn, message, row);
    if (row.place == RowPlace::line) message.replies = turn.timeline.replies({row.conversation, row.reference()});
    if (message.reply_to) message.quoted = quoted(turn, row.conversation, *message.reply_to);
  }
  if (row.place == RowPlace::notice && message.kind == LineKind::typed) {
    // Only this home puts a typed content at a notice's place: it tells of an event of the group.
    message.kind = LineKind::group_event;
    message.type.clear();
    message.data.clear();
    message.group_event = shown_event(turn, std::get<wire::TypedContent>(row.content.kind));
    message.text = words_for(*message.group_event);
  }
  if (row.own && !row.seq) {
    if (const auto waiting = turn.outbox.find({row.conversation, row.message}))
      message.not_before = waiting->not_before;
  }
  if (row.cause != UndecryptableCause::none) message.reason = words_for(row.cause);
  message.failure = row.failure;
  if (row.failure != ClientErrorCode::none) message.reason = error_of(row.failure).text;
  return message;
}

ConversationSummary summary(Turn& turn, const ConversationRow& row) {
  ConversationSummary result;
  result.conversation = row.conversation;
  result.kind = row.kind;
  result.peer = row.peer;
  result.head = row.cursor;
  result.unread = turn.timeline.unread({row.conversation, row.read});
  result.pending = turn.outbox.count(row.conversation);
  result.last_activity = row.last_activity;
  result.timer_ms = row.timer_ms;
  const ConversationSettings settings = turn.conversations.settings(row.conversation);
  result.muted_until = settings.muted_until;
  result.pinned = settings.pinned;
  result.archived = settings.archived;
  result.marked_unread = settings.marked_unread;
  result.draft = settings.draft;
  result.reported_at = settings.reported_at;
  if (const auto contact = row.has_peer() ? turn.contacts.find(row.peer) : std::nullopt) {
    result.peer_name = contact->name;
    result.verification = contact->record.verification;
  }
  if (row.has_peer()) {
    const wire::DirectProfile profile = turn.conversations.profile(row.conversation);
    result.subject = profile.subject;
    result.context = profile.context;
  } else if (const auto profile = group_profile(turn, row.conversation)) {
    result.title = profile->name;
    result.subject = profile->subject;
    result.context = profile->context;
  }
  if (const auto last = turn.timeline.last(row.conversation)) result.last_message = shown(turn, *last);
  result.deleted = settings.was_deleted && !result.last_message;
  return result;
}

SafetyNumber safety_number(Turn& turn, const Contact& contact) {
  const Home self = turn.home.load();
  const Ed25519PublicKey key =
      contact.record.changed ? contact.record.changed->account_key : contact.record.account_key;
  const session::AccountPair pair{.own = {self.account, self.account_key}, .peer = {contact.account, key}};
  return {.account = contact.account,
          .digits = session::safety_number(pair),
          .qr = session::safety_code(pair),
          .verification = contact.record.verification};
}

bool tell_changes(Turn& turn) {
  constexpr std::size_t told_at_a_time = 200;
  std::uint64_t& told = turn.memory.told_change;
  // An older copy of the home may have been put back under a running process.
  told = std::min(told, turn.timeline.last_change());
  const std::vector<TimelineRow> rows = turn.timeline.changes({.change = told, .limit = told_at_a_time});
  const std::uint64_t told_before = told;
  // A notice tells of a change of the conversation itself, which many of them may do in one go.
  std::set<ConversationId> changed;
  std::map<ConversationId, std::uint64_t> deleted;
  // Of a conversation that was deleted as a whole nothing is told line by line.
  const auto was_deleted = [&](const TimelineRow& row) {
    const auto [known, is_first] = deleted.try_emplace(row.conversation);
    if (is_first) known->second = turn.conversations.settings(row.conversation).deleted_up_to;
    return row.seq && *row.seq <= known->second;
  };
  for (const TimelineRow& row : rows) {
    told = row.changed;
    if (row.place == RowPlace::notice && row.first_change > told_before) changed.insert(row.conversation);
    if (row.is_shown()) {
      tell_line(turn, row, told_before);
    } else if (row.place == RowPlace::gone && row.first_change <= told_before && !was_deleted(row)) {
      turn.tell(
          MessageRemoved{.conversation = row.conversation, .message = row.reference(), .seq = row.seq.value_or(0)});
    }
  }
  for (const ConversationId conversation : changed) {
    if (const auto row = turn.conversations.find(conversation)) turn.tell(ConversationChanged{summary(turn, *row)});
  }
  return rows.size() == told_at_a_time;
}

}  // namespace sotto::client
