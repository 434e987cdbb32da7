#include "client/message_runner.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "client/annotations.h"
#include "client/applying.h"
#include "client/sending.h"
#include "client/settings.h"
#include "client/views.h"

namespace sotto::client {
namespace {

constexpr std::uint64_t longest_timer_ms = 10ULL * 366 * 24 * 3600 * 1000;

bool is_text(const std::string& text) { return !text.empty() && text.size() <= wire::max_text_size && is_utf8(text); }

/// A line that something is to be done to, with its conversation.
struct Named {
  ConversationRow row;
  TimelineRow message;
};

/// Fails the command if this home does not show such a line.
std::optional<Named> named(RunningCommand& running, ConversationId conversation, const wire::MessageReference& target) {
  auto row = running.known(conversation);
  if (!row) return std::nullopt;
  auto message = running.turn.timeline.find({conversation, {target.sender, target.sender_device}, target.message});
  if (!message || !message->is_shown()) {
    running.fail(ClientErrorCode::unknown_message);
    return std::nullopt;
  }
  return Named{std::move(*row), std::move(*message)};
}

/// Nothing is sent to a verified contact whose identity changed, before the user has decided.
bool is_held(RunningCommand& running, const ConversationRow& row) {
  const auto peer = row.has_peer() ? running.turn.contacts.find(row.peer) : std::nullopt;
  const bool held = peer && peer->record.verification == Verification::changed;
  if (held) running.fail(ClientErrorCode::identity_changed);
  return held;
}

void send(RunningCommand& running, const ConversationRow& row, NewContent content) {
  if (is_held(running, row)) return;
  const MessageId message = queue_content(running.turn, std::move(content));
  running.answer(Queued{.conversation = row.conversation, .message = message});
}

void send(RunningCommand& running, const ConversationRow& row, wire::ContentKind kind) {
  wire::Content content;
  content.kind = std::move(kind);
  send(running, row, NewContent{.conversation = row.conversation, .content = std::move(content)});
}

std::vector<TimelineRow> events_about(Turn& turn, const TimelineRow& message) {
  return turn.timeline.events_about({.conversation = message.conversation, .message = message.reference()});
}

/// What is not sent yet is taken back instead of deleted.
bool take_back(Turn& turn, const TimelineRow& message) {
  const auto waiting = turn.outbox.find({message.conversation, message.message});
  const bool on_its_way = waiting && waiting->body && waiting->not_before.value == 0;
  if (message.seq || on_its_way) return false;
  if (waiting) turn.outbox.remove(waiting->position);
  erase_line(turn, message, RowPlace::gone);
  return true;
}

/// Nothing that is on its way can be taken back; it begins the conversation anew.
void take_back_all(Turn& turn, ConversationId conversation) {
  constexpr std::size_t most = 1'000;
  std::vector<TimelineRow> waiting = turn.timeline.waiting(conversation, most);
  std::ranges::move(turn.timeline.waiting_events(conversation), std::back_inserter(waiting));
  for (const TimelineRow& row : waiting) (void)take_back(turn, row);
}

bool is_member(Turn& turn, const ConversationRow& row) {
  const auto group = turn.groups.find(row.conversation);
  return group && !group->closed && group->find(turn.home.load().account) != nullptr;
}

}  // namespace

void run_command(RunningCommand& running, const SendText& command) {
  const bool one_target = command.to.empty() == command.conversation.has_value();
  const bool stays = command.expires_after_ms.value_or(0) <= longest_timer_ms;
  if (!one_target || !stays) return running.fail(ClientErrorCode::bad_command);
  if (!is_text(command.text)) return running.fail(ClientErrorCode::invalid_text);
  const auto row = command.conversation ? running.known(*command.conversation) : running.conversation_with(command.to);
  if (!row) return;
  wire::Content content;
  content.kind = wire::TextContent{command.text};
  content.reply_to = command.reply_to;
  content.thread = command.thread;
  content.mentions = command.mentions;
  content.forwarded = command.forwarded;
  content.expires_after_ms = command.expires_after_ms.value_or(row->timer_ms);
  const bool is_later = command.not_before > running.turn.now;
  send(running, *row,
       NewContent{.conversation = row->conversation,
                  .content = std::move(content),
                  .not_before = is_later ? command.not_before : UnixMillis{}});
}

void run_command(RunningCommand& running, const React& command) {
  const bool is_short = !command.emoji.empty() && command.emoji.size() <= wire::max_emoji_size;
  if (!is_short || !is_utf8(command.emoji)) return running.fail(ClientErrorCode::invalid_text);
  const auto found = named(running, command.conversation, command.target);
  if (!found) return;
  if (found->message.place != RowPlace::line) return running.fail(ClientErrorCode::not_allowed);
  send(running, found->row,
       wire::Reaction{.target = command.target, .emoji = command.emoji, .removed = command.removed});
}

void run_command(RunningCommand& running, const EditMessage& command) {
  if (!is_text(command.text)) return running.fail(ClientErrorCode::invalid_text);
  const auto found = named(running, command.conversation, command.target);
  if (!found) return;
  if (!may_edit(found->message, running.turn.home.load().account)) return running.fail(ClientErrorCode::not_allowed);
  send(running, found->row, wire::Edit{.target = command.target, .text = command.text});
}

void run_command(RunningCommand& running, const DeleteMessage& command) {
  Turn& turn = running.turn;
  const auto found = named(running, command.conversation, command.target);
  if (!found) return;
  if (found->message.own && take_back(turn, found->message)) return running.answer(Done{});
  if (!command.for_everyone) {
    queue_setting(
        turn,
        wire::MessageSetting{
            .conversation = command.conversation, .target = command.target, .starred = std::nullopt, .hidden = true});
    return running.answer(Done{});
  }
  if (!may_delete(turn, found->row, found->message, turn.home.load().account)) {
    return running.fail(ClientErrorCode::not_allowed);
  }
  if (is_held(running, found->row)) return;
  wire::Content content;
  content.kind = wire::Deletion{.target = command.target};
  queue_content(turn, {.conversation = command.conversation, .content = std::move(content)});
  running.answer(Done{});
}

void run_command(RunningCommand& running, const StarMessage& command) {
  if (!named(running, command.conversation, command.target)) return;
  queue_setting(running.turn, wire::MessageSetting{.conversation = command.conversation,
                                                   .target = command.target,
                                                   .starred = command.starred,
                                                   .hidden = std::nullopt});
  running.answer(Done{});
}

void run_command(RunningCommand& running, const SetTimer& command) {
  if (command.expires_after_ms > longest_timer_ms) return running.fail(ClientErrorCode::bad_command);
  const auto row = running.known(command.conversation);
  if (!row) return;
  if (!row->has_peer()) return running.fail(ClientErrorCode::not_allowed);
  send(running, *row, wire::TimerChange{.expires_after_ms = command.expires_after_ms});
}

void run_command(RunningCommand& running, const DescribeConversation& command) {
  const auto row = running.known(command.conversation);
  if (!row) return;
  if (!row->has_peer()) return running.fail(ClientErrorCode::not_allowed);
  if (!is_one_line(command.profile.subject) || !is_utf8(command.profile.context)) {
    return running.fail(ClientErrorCode::invalid_text);
  }
  send(running, *row, command.profile);
}

void run_command(RunningCommand& running, const ReportConversation& command) {
  if (!running.known(command.conversation) || !running.can_ask()) return;
  running.ask(AskReport{command.conversation},
              wire::ReportConversation{.conversation = command.conversation, .reason = command.reason});
}

void run_command(RunningCommand& running, const SendTyped& command) {
  const auto row = running.known(command.conversation);
  if (!row) return;
  const wire::TypedContent& typed = command.content;
  const bool is_whole = !typed.type.empty() && !typed.fallback.empty() && is_utf8(typed.type) && is_utf8(typed.data) &&
                        is_utf8(typed.fallback);
  if (!is_whole) return running.fail(ClientErrorCode::invalid_text);
  wire::Content content;
  content.kind = typed;
  content.reply_to = command.reply_to;
  content.thread = command.thread;
  content.expires_after_ms = row->timer_ms;
  send(running, *row, NewContent{.conversation = row->conversation, .content = std::move(content)});
}

void run_command(RunningCommand& running, const CancelMessage& command) {
  Turn& turn = running.turn;
  const Home self = turn.home.load();
  const auto found = named(running, command.conversation,
                           {.sender = self.account, .sender_device = self.device, .message = command.message});
  if (!found) return;
  if (!take_back(turn, found->message)) return running.fail(ClientErrorCode::already_sent);
  running.answer(Done{});
}

void run_command(RunningCommand& running, const ReadEdits& command) {
  const auto found = named(running, command.conversation, command.target);
  if (found) running.answer(edit_history(found->message, events_about(running.turn, found->message)));
}

void run_command(RunningCommand& running, const ReadThread& command) {
  constexpr std::size_t longest = 200;
  const auto found = named(running, command.conversation, command.root);
  if (!found) return;
  Messages result;
  result.messages.push_back(shown(running.turn, found->message));
  for (const TimelineRow& line : running.turn.timeline.thread({command.conversation, command.root}, longest)) {
    result.messages.push_back(shown(running.turn, line));
  }
  running.answer(std::move(result));
}

void run_command(RunningCommand& running, const ListStarred& command) {
  constexpr std::size_t most = 200;
  const std::size_t limit = command.limit == 0 ? most : std::min<std::size_t>(command.limit, most);
  Messages result;
  for (const TimelineRow& line : running.turn.timeline.starred(limit)) {
    result.messages.push_back(shown(running.turn, line));
  }
  running.answer(std::move(result));
}

void run_command(RunningCommand& running, const GetStatistics& command) {
  if (!running.known(command.conversation)) return;
  Statistics statistics;
  statistics.conversation = command.conversation;
  for (const TimelineStore::Count& count : running.turn.timeline.counts(command.conversation)) {
    const bool is_first = statistics.messages == 0;
    statistics.messages += count.messages;
    statistics.starred += count.starred;
    statistics.first_at = is_first ? count.first_at : std::min(statistics.first_at, count.first_at);
    statistics.last_at = std::max(statistics.last_at, count.last_at);
    statistics.members.push_back(
        {.account = count.account, .name = running.turn.contacts.name_of(count.account), .messages = count.messages});
  }
  running.answer(std::move(statistics));
}

void run_command(RunningCommand& running, const KeepConversation& command) {
  const bool has_draft = command.setting.draft.has_value();
  if (has_draft && !is_utf8(*command.setting.draft)) return running.fail(ClientErrorCode::invalid_text);
  if (!running.known(command.setting.conversation)) return;
  queue_setting(running.turn, command.setting);
  running.answer(Done{});
}

void run_command(RunningCommand& running, const DeleteConversation& command) {
  Turn& turn = running.turn;
  const auto row = running.known(command.conversation);
  if (!row) return;
  if (row->kind == ConversationKind::self || is_member(turn, *row)) return running.fail(ClientErrorCode::not_allowed);
  take_back_all(turn, row->conversation);
  wire::ConversationSetting setting;
  setting.conversation = row->conversation;
  setting.pinned = false;
  setting.archived = false;
  setting.marked_unread = false;
  setting.draft = "";
  setting.deleted_up_to = row->cursor;
  queue_setting(turn, std::move(setting));
  running.answer(Done{});
}

void run_command(RunningCommand& running, const SetApplicationSetting& command) {
  if (running.turn.home.load().state == LoginState::empty) return running.fail(ClientErrorCode::not_registered);
  const bool is_valid =
      !command.setting.name.empty() && is_utf8(command.setting.name) && is_utf8(command.setting.value);
  if (!is_valid) return running.fail(ClientErrorCode::invalid_text);
  queue_setting(running.turn, command.setting);
  running.answer(Done{});
}

void run_command(RunningCommand& running, const ListApplicationSettings&) {
  running.answer(ApplicationSettings{.settings = running.turn.settings.list()});
}

}  // namespace sotto::client
