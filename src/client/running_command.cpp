#include "client/running_command.h"

#include "base/text_encoding.h"
#include "client/directory.h"
#include "client/groups/group_runner.h"
#include "client/settings.h"

namespace sotto::client {

void RunningCommand::ask(Question question, wire::Request request) {
  waiting.blocked_on = key_of(question, id);
  turn.ask(std::move(question), std::move(request), id);
}

bool RunningCommand::can_ask() {
  const LoginState state = turn.home.load().state;
  if (state == LoginState::empty || state == LoginState::registering) fail(ClientErrorCode::not_registered);
  if (state == LoginState::logged_out) fail(ClientErrorCode::not_logged_in);
  return state == LoginState::logged_in && turn.memory.link.is_live();
}

std::optional<Contact> RunningCommand::contact_named(const std::string& wanted) {
  const std::optional<std::string> name = account_name(wanted);
  if (!name) {
    fail(ClientErrorCode::invalid_name);
    return std::nullopt;
  }
  const Home home = turn.home.load();
  if (home.state != LoginState::empty && home.name == *name) {
    fail(ClientErrorCode::own_account);
    return std::nullopt;
  }
  if (auto contact = turn.contacts.find_by_name(*name)) return contact;
  if (can_ask()) {
    waiting.blocked_on = key_of(AskFindAccount{*name});
    turn.ask(AskFindAccount{*name}, wire::FindAccount{.name = *name});
  }
  return std::nullopt;
}

std::optional<ConversationRow> RunningCommand::conversation_with(const std::string& name) {
  if (name.starts_with('#')) return known_with(name);
  const Home home = turn.home.load();
  if (home.state != LoginState::empty && account_name(name) == home.name) return own_conversation(turn);
  const std::optional<Contact> contact = contact_named(name);
  if (!contact) return std::nullopt;
  if (auto row = turn.conversations.find_by_peer(contact->account)) return row;
  if (can_ask()) {
    waiting.blocked_on = key_of(AskOpenDirect{contact->account});
    turn.ask(AskOpenDirect{contact->account}, wire::OpenDirect{.peer = contact->account});
  }
  return std::nullopt;
}

std::optional<ConversationRow> RunningCommand::known(ConversationId conversation) {
  auto row = turn.conversations.find(conversation);
  if (!row) fail(ClientErrorCode::unknown_conversation);
  return row;
}

std::optional<ConversationRow> RunningCommand::known_with(const std::string& wanted) {
  const std::optional<std::string> name = account_name(wanted);
  const std::optional<Contact> contact = name ? turn.contacts.find_by_name(*name) : std::nullopt;
  auto row = contact ? turn.conversations.find_by_peer(contact->account) : group_named(turn, wanted);
  if (!row) fail(ClientErrorCode::unknown_conversation);
  return row;
}

bool is_one_line(std::string_view text) { return is_utf8(text) && text.find_first_of("\r\n") == text.npos; }

}  // namespace sotto::client
