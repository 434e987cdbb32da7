#pragma once

#include <algorithm>
#include <string_view>

#include "client/turn.h"

namespace sotto::client {

/// A command at work: what every command needs to find accounts and conversations, to ask the server and to answer. A
/// command has ended when it was answered; until then it is carried out anew in every transition.
class RunningCommand {
 public:
  RunningCommand(Turn& running_turn, WaitingCommand& running_command)
      : turn(running_turn), waiting(running_command), id(running_command.frame.id) {}

  void answer(Event event) { turn.answer(id, std::move(event)); }
  void fail(ClientErrorCode code) { turn.fail(id, code); }

  /// A question of this command's own, whose answer ends it.
  void ask(Question question, wire::Request request);

  /// Whether the server can be asked now. A command without a login fails.
  [[nodiscard]] bool can_ask();

  /// Another account, from the pinned ones or else from the directory. Nothing while the command waits or has failed.
  [[nodiscard]] std::optional<Contact> contact_named(const std::string& wanted);

  /// The conversation with an account, opened if need be; with the own name, the one with itself.
  [[nodiscard]] std::optional<ConversationRow> conversation_with(const std::string& name);

  /// Fails the command if this home does not know it.
  [[nodiscard]] std::optional<ConversationRow> known(ConversationId conversation);
  [[nodiscard]] std::optional<ConversationRow> known_with(const std::string& wanted);

  Turn& turn;
  WaitingCommand& waiting;
  const std::uint64_t id;
};

/// Whether the command with this id is one of this kind and still waits.
template <class Kind>
[[nodiscard]] bool is_waiting(const Memory& memory, std::uint64_t command) {
  return std::ranges::any_of(memory.waiting, [&](const WaitingCommand& waiting) {
    return waiting.frame.id == command && std::holds_alternative<Kind>(waiting.frame.command);
  });
}

/// Whether a text is UTF-8 without line breaks.
[[nodiscard]] bool is_one_line(std::string_view text);

}  // namespace sotto::client
