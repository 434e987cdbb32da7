#include "client/groups/changing.h"

namespace sotto::client {

ClientErrorCode code_of(membership::GroupError error) {
  switch (error) {
    case membership::GroupError::not_allowed:
    case membership::GroupError::closed:
      return ClientErrorCode::not_allowed;
    case membership::GroupError::limit_reached:
      return ClientErrorCode::too_many;
    case membership::GroupError::invitation_void:
      return ClientErrorCode::invitation_void;
    default:
      return ClientErrorCode::bad_command;
  }
}

membership::Actor actor_of(const Home& home) { return {.account = home.account, .device = home.device}; }

std::optional<wire::SignedGroupEvent> sign_event(Turn& turn, const wire::GroupEvent& event) {
  const std::optional<Contact> self = turn.contacts.find(turn.home.load().account);
  if (!self) return std::nullopt;
  const session::LocalDevice device = turn.home.device();
  if (turn.context.damaged) return std::nullopt;
  return membership::sign_group_event(event, self->record.device_list, device.signing_key);
}

void ask_again(RunningCommand& running, const OwnChange& own, ConversationId conversation) {
  if (own.create) {
    running.ask(AskGroup{GroupQuestion::create, conversation}, *own.create);
  } else if (own.change) {
    running.ask(AskGroup{GroupQuestion::change, conversation}, *own.change);
  }
}

std::optional<membership::Group> group_of(RunningCommand& running, ConversationId conversation) {
  const auto row = running.known(conversation);
  if (!row) return std::nullopt;
  auto group = row->has_peer() ? std::nullopt : running.turn.groups.find(conversation);
  if (!group && row->has_peer()) running.fail(ClientErrorCode::unknown_conversation);
  return group;
}

void change_group(RunningCommand& running, const membership::Group& group, wire::GroupChange what,
                  std::optional<wire::GroupProfile> profile) {
  Turn& turn = running.turn;
  if (!running.can_ask()) return;
  // After a lost race the log is read first.
  const QuestionKey key = key_of(AskGroup{GroupQuestion::change, group.id}, running.id);
  if (turn.memory.link.is_paused(key, turn.now)) return;
  OwnChange& own = turn.memory.groups.changes[running.id];
  if (!own.change) {
    const auto row = turn.conversations.find(group.id);
    // An event on top of an old state would only lose.
    if (!row || !row->caught_up()) return;
    const auto signed_event =
        sign_event(turn, membership::next_event(group, actor_of(turn.home.load()), std::move(what), turn.now));
    if (!signed_event) return running.fail(ClientErrorCode::server_distrusted);
    const auto next = membership::apply(group, *signed_event);
    if (!next) return running.fail(code_of(next.error()));
    own.change =
        wire::ChangeGroup{.conversation = group.id, .message = turn.random.next<MessageId>(), .event = *signed_event};
    own.profile = std::move(profile);
  }
  ask_again(running, own, group.id);
}

}  // namespace sotto::client
