#include "client/command_runner.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "client/directory.h"
#include "client/sending.h"
#include "client/signing_in.h"
#include "client/views.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

std::size_t limit_of(std::uint32_t asked, std::size_t otherwise) {
  constexpr std::size_t most = 200;
  return asked == 0 || asked > most ? otherwise : asked;
}

/// Carries a command out as far as it goes. It has ended when it was answered; else it waits.
class Run {
 public:
  Run(Turn& turn, WaitingCommand& waiting) : turn_(turn), waiting_(waiting), id_(waiting.frame.id) {}

  void operator()(std::monostate) { fail(ClientErrorCode::bad_command); }
  void operator()(const RegisterAccount& command) { run_register(turn_, waiting_, command); }
  void operator()(const LogIn& command) { run_log_in(turn_, waiting_, command); }

  void operator()(const LogOut&) {
    if (can_ask()) ask(AskSignOut{}, wire::SignOut{});
  }

  void operator()(const WhoAmI&) {
    const Home home = turn_.home.load();
    answer(Identity{.state = home.state,
                    .name = home.name,
                    .account = home.account,
                    .device = home.device,
                    .account_key = home.account_key});
  }

  void operator()(const ListDevices& command) {
    const Home home = turn_.home.load();
    if (home.state == LoginState::empty) return fail(ClientErrorCode::not_registered);
    const std::optional<Contact> contact =
        command.name.empty() ? turn_.contacts.find(home.account) : contact_named(command.name);
    if (!contact) return;
    const session::VerifiedDeviceList list = contact->devices();
    Devices devices{.account = contact->account, .version = list.list.version, .devices = {}};
    for (const wire::DeviceRecord& record : list.list.devices) {
      devices.devices.push_back({.device = record.device,
                                 .added_at = record.added_at,
                                 .current = contact->account == home.account && record.device == home.device});
    }
    answer(std::move(devices));
  }

  void operator()(const ListLogins&) {
    if (can_ask()) ask(AskListLogins{}, wire::ListLogins{});
  }

  void operator()(const RevokeLogin& command) {
    if (can_ask()) ask(AskRevokeLogin{}, wire::RevokeLogin{.login = command.login});
  }

  void operator()(const OpenConversation& command) {
    if (const auto row = conversation_with(command.name)) answer(Opened{summary(turn_, *row)});
  }

  void operator()(const SendText& command) {
    const bool one_target = command.to.empty() == command.conversation.has_value();
    if (!one_target) return fail(ClientErrorCode::bad_command);
    if (command.text.empty() || command.text.size() > wire::max_text_size || !is_utf8(command.text)) {
      return fail(ClientErrorCode::invalid_text);
    }
    const auto row = command.conversation ? known(*command.conversation) : conversation_with(command.to);
    if (!row) return;
    const std::optional<Contact> peer = turn_.contacts.find(row->peer);
    if (peer && peer->record.verification == Verification::changed) return fail(ClientErrorCode::identity_changed);
    wire::Content content;
    content.kind = wire::TextContent{command.text};
    const MessageId message = queue_content(turn_, {row->conversation, std::move(content)});
    answer(Queued{.conversation = row->conversation, .message = message});
  }

  void operator()(const ListConversations& command) {
    ConversationList list;
    for (const ConversationRow& row : turn_.conversations.newest(limit_of(command.limit, 200))) {
      list.conversations.push_back(summary(turn_, row));
    }
    answer(std::move(list));
  }

  void operator()(const ReadHistory& command) {
    const bool one_target = command.with.empty() == command.conversation.has_value();
    if (!one_target || (command.before && command.after)) return fail(ClientErrorCode::bad_command);
    const auto row = command.conversation ? known(*command.conversation) : known_with(command.with);
    if (row) answer(history(*row, command));
  }

  void operator()(const MarkRead& command) {
    auto row = known(command.conversation);
    if (!row) return;
    row->read = std::max(row->read, command.seq == 0 ? row->cursor : std::min(command.seq, row->cursor));
    turn_.conversations.save(*row);
    answer(Done{});
  }

  void operator()(const SetTyping& command) {
    if (!known(command.conversation)) return;
    if (turn_.memory.link.is_live()) {
      turn_.ask(AskTyping{}, wire::SetTyping{.conversation = command.conversation, .typing = command.typing});
    }
    answer(Done{});
  }

  void operator()(const GetSafetyNumber& command) {
    if (const auto contact = contact_named(command.name)) answer(safety_number(turn_, *contact));
  }

  void operator()(const SetVerified& command) {
    std::optional<Contact> contact = contact_named(command.name);
    if (!contact) return;
    std::string digits = command.digits;
    std::erase_if(digits, [](char letter) { return letter < '0' || letter > '9'; });
    if (command.verified && !digits.empty() && digits != safety_number(turn_, *contact).digits) {
      return fail(ClientErrorCode::number_differs);
    }
    decide(*contact, command.verified ? Verification::verified : Verification::unverified);
    answer(safety_number(turn_, *contact));
  }

  void operator()(const TakeUnannounced& command) {
    constexpr Milliseconds hand_out_time = seconds(5);
    Unannounced result;
    for (const TimelineRow& row : turn_.timeline.hand_out(
             {.now = turn_.now, .until = turn_.now + hand_out_time, .limit = limit_of(command.limit, 200)})) {
      result.messages.push_back(shown(turn_, row));
    }
    answer(std::move(result));
  }

  void operator()(const Announced& command) {
    turn_.timeline.announced({command.conversation, command.seq});
    answer(Done{});
  }

  void operator()(const GetStatus&) {
    answer(Status{.login = turn_.home.load().state,
                  .connection = turn_.memory.told_connection,
                  .outbox = turn_.outbox.count(),
                  .unannounced = turn_.timeline.unannounced()});
  }

 private:
  void answer(Event event) { turn_.answer(id_, std::move(event)); }
  void fail(ClientErrorCode code) { turn_.fail(id_, code); }

  /// A question of this command's own, whose answer ends it.
  void ask(Question question, wire::Request request) {
    waiting_.blocked_on = key_of(question, id_);
    turn_.ask(std::move(question), std::move(request), id_);
  }

  /// Whether the server can be asked now. A command without a login fails.
  bool can_ask() {
    const LoginState state = turn_.home.load().state;
    if (state == LoginState::empty || state == LoginState::registering) fail(ClientErrorCode::not_registered);
    if (state == LoginState::logged_out) fail(ClientErrorCode::not_logged_in);
    return state == LoginState::logged_in && turn_.memory.link.is_live();
  }

  /// Another account, from the pinned ones or else from the directory. Nothing while the command waits or has failed.
  std::optional<Contact> contact_named(const std::string& wanted) {
    const std::optional<std::string> name = account_name(wanted);
    if (!name) {
      fail(ClientErrorCode::invalid_name);
      return std::nullopt;
    }
    const Home home = turn_.home.load();
    if (home.state != LoginState::empty && home.name == *name) {
      fail(ClientErrorCode::own_account);
      return std::nullopt;
    }
    if (auto contact = turn_.contacts.find_by_name(*name)) return contact;
    if (can_ask()) {
      waiting_.blocked_on = key_of(AskFindAccount{*name});
      turn_.ask(AskFindAccount{*name}, wire::FindAccount{.name = *name});
    }
    return std::nullopt;
  }

  std::optional<ConversationRow> conversation_with(const std::string& name) {
    const std::optional<Contact> contact = contact_named(name);
    if (!contact) return std::nullopt;
    if (auto row = turn_.conversations.find_by_peer(contact->account)) return row;
    if (can_ask()) {
      waiting_.blocked_on = key_of(AskOpenDirect{contact->account});
      turn_.ask(AskOpenDirect{contact->account}, wire::OpenDirect{.peer = contact->account});
    }
    return std::nullopt;
  }

  std::optional<ConversationRow> known(ConversationId conversation) {
    auto row = turn_.conversations.find(conversation);
    if (!row) fail(ClientErrorCode::unknown_conversation);
    return row;
  }

  std::optional<ConversationRow> known_with(const std::string& wanted) {
    const std::optional<std::string> name = account_name(wanted);
    const std::optional<Contact> contact = name ? turn_.contacts.find_by_name(*name) : std::nullopt;
    auto row = contact ? turn_.conversations.find_by_peer(contact->account) : std::nullopt;
    if (!row) fail(ClientErrorCode::unknown_conversation);
    return row;
  }

  History history(const ConversationRow& row, const ReadHistory& command) {
    const std::size_t limit = limit_of(command.limit, 50);
    std::vector<TimelineRow> lines = turn_.timeline.page(
        {.conversation = row.conversation, .before = command.before, .after = command.after, .limit = limit + 1});
    History page{.conversation = row.conversation, .messages = {}, .more = lines.size() > limit};
    if (page.more) lines.erase(command.after ? lines.end() - 1 : lines.begin());
    const bool reaches_end = command.after ? !page.more : !command.before;
    if (reaches_end) std::ranges::move(turn_.timeline.waiting(row.conversation, 200), std::back_inserter(lines));
    for (const TimelineRow& line : lines) page.messages.push_back(shown(turn_, line));
    return page;
  }

  /// The user has decided about the identity that is shown now.
  void decide(Contact& contact, Verification verification) {
    if (contact.record.changed) {
      contact.record.account_key = contact.record.changed->account_key;
      contact.record.device_list = contact.record.changed->device_list;
      contact.record.changed.reset();
      turn_.sessions.remove_account(contact.account);
    }
    contact.record.verification = verification;
    turn_.contacts.save(contact);
    std::erase_if(turn_.memory.held_conversations, [&](const auto& held) { return held.second == contact.account; });
    if (const auto row = turn_.conversations.find_by_peer(contact.account)) turn_.outbox.unseal(row->conversation);
  }

  Turn& turn_;
  WaitingCommand& waiting_;
  std::uint64_t id_;
};

bool is_login(const WaitingCommand& waiting) {
  return std::holds_alternative<RegisterAccount>(waiting.frame.command) ||
         std::holds_alternative<LogIn>(waiting.frame.command);
}

}  // namespace

void take_command(Turn& turn, CommandFrame frame) {
  std::deque<WaitingCommand>& waiting = turn.memory.waiting;
  const bool known = std::ranges::any_of(waiting, [&](const auto& other) { return other.frame.id == frame.id; });
  if (frame.id == 0 || known) return turn.fail(frame.id, ClientErrorCode::bad_command);
  if (waiting.size() >= max_waiting_commands) return turn.fail(frame.id, ClientErrorCode::too_many);
  waiting.push_back({.frame = std::move(frame), .deadline = turn.now + command_timeout, .blocked_on = std::nullopt});
}

void run_waiting(Turn& turn) {
  std::deque<WaitingCommand>& waiting = turn.memory.waiting;
  const auto is_answered = [&](const WaitingCommand& command) { return turn.is_answered(command.frame.id); };
  std::erase_if(waiting, is_answered);
  for (WaitingCommand& command : waiting) {
    std::visit(Run(turn, command), command.frame.command);
    if (turn.now >= command.deadline) turn.fail(command.frame.id, ClientErrorCode::offline);
  }
  std::erase_if(waiting, is_answered);
}

bool wants_login(const Memory& memory) { return std::ranges::any_of(memory.waiting, is_login); }

}  // namespace sotto::client
