#include "client/groups/invitation_runner.h"

#include <algorithm>

#include "client/applying.h"
#include "client/groups/changing.h"
#include "client/wording.h"
#include "membership/invitation_check.h"
#include "membership/permissions.h"
#include "session/group_link.h"

namespace sotto::client {
namespace {

/// Longer times are as good as for ever, and do not overflow.
constexpr std::uint64_t longest_invitation_ms = 100ULL * 366 * 24 * 3600 * 1000;

std::string text_of_link(const wire::GroupLink& link) {
  return std::string(as_text(session::group_link_text(link).reveal()));
}

/// Whether the command may go on: owners and administrators alone.
bool is_administrated(RunningCommand& running, const membership::Group& group) {
  const membership::Member* self = group.find(running.turn.home.load().account);
  if (self != nullptr && membership::is_administrator(self->role)) return true;
  running.fail(ClientErrorCode::not_allowed);
  return false;
}

/// Reads the chain of a group that this account is not in.
void read_invited(RunningCommand& running, const wire::GroupLink& link, const InvitedReading& reading) {
  running.ask(AskGroup{GroupQuestion::read_invited, link.conversation},
              wire::ReadGroup{.conversation = link.conversation,
                              .after = reading.group ? reading.group->number : 0,
                              .invitation = link.invitation});
}

ClientErrorCode code_of_joining(membership::GroupError error) {
  switch (error) {
    case membership::GroupError::closed:
    case membership::GroupError::invitation_void:
      return ClientErrorCode::invitation_void;
    case membership::GroupError::bad_proof:
      // The invitation is there, and its key is another one than the link's.
      return ClientErrorCode::invalid_group_link;
    default:
      return code_of(error);
  }
}

/// The event by which this account adds itself, on top of the chain that was read.
void join(RunningCommand& running, const membership::Group& group, wire::MemberJoined joined) {
  Turn& turn = running.turn;
  OwnChange& own = turn.memory.groups.changes[running.id];
  if (!own.change) {
    const auto event = sign_event(
        turn, membership::next_event(group, actor_of(turn.home.load()), std::move(joined), server_now(turn)));
    if (!event) return running.fail(ClientErrorCode::server_distrusted);
    const auto next = membership::apply(group, *event);
    if (!next) return running.fail(code_of_joining(next.error()));
    own.change = wire::ChangeGroup{.conversation = group.id, .message = turn.random.next<MessageId>(), .event = *event};
  }
  ask_again(running, own, group.id);
}

void use_invitation(RunningCommand& running, const wire::GroupLink& link, const membership::Group& group) {
  const Home home = running.turn.home.load();
  if (group.find(home.account) != nullptr) return running.fail(ClientErrorCode::already_member);
  const wire::JoinStatement statement{.conversation = group.id,
                                      .invitation = link.invitation,
                                      .account = home.account,
                                      .account_key = home.account_key};
  const Ed25519Signature proof = membership::prove_invitation(statement, session::invitation_key_of(link));
  const auto invitation = membership::check_invitation(group, statement, proof, server_now(running.turn));
  if (!invitation) return running.fail(code_of_joining(invitation.error()));
  if ((*invitation)->needs_approval) {
    running.ask(AskGroup{GroupQuestion::request_join, group.id},
                wire::RequestJoin{.conversation = group.id, .invitation = link.invitation, .proof = proof});
  } else {
    join(running, group, {.invitation = link.invitation, .account_key = home.account_key, .proof = proof});
  }
}

/// Answers once the server has also shown the conversation, so that what is asked next finds it.
void conclude_joining(RunningCommand& running, ConversationId conversation) {
  const auto row = running.turn.conversations.find(conversation);
  const auto group = running.turn.groups.find(conversation);
  const bool is_in = group && group->find(running.turn.home.load().account) != nullptr;
  if (row && (is_in || !row->caught_up() || running.turn.groups.wants_chain(conversation))) {
    running.answer(GroupJoined{.conversation = conversation});
  }
}

void receive_invited_page(Turn& turn, const Asked& asked, ConversationId conversation, const wire::GroupPage& page) {
  const auto found = turn.memory.groups.invited.find(asked.command);
  if (found == turn.memory.groups.invited.end()) return;
  InvitedReading& reading = found->second;
  const auto refuse = [&] {
    turn.notice(
        {.kind = SecurityNoticeKind::group_chain_refused, .account = std::nullopt, .conversation = conversation});
    turn.fail(asked.command, ClientErrorCode::server_distrusted);
  };
  for (const wire::SignedGroupEvent& event : page.events) {
    auto next = reading.group ? membership::apply(*reading.group, event) : membership::create(event);
    if (!next || next->id != conversation) return refuse();
    reading.group = *std::move(next);
  }
  if (page.more ? page.events.empty() : !reading.group) return refuse();
  reading.is_complete = !page.more;
}

/// The requests, once the server has told them. Asks for them.
const std::vector<wire::JoinRequest>* requests_of(RunningCommand& running, ConversationId conversation) {
  const auto& requests = running.turn.memory.groups.requests;
  if (const auto found = requests.find(running.id); found != requests.end()) return &found->second;
  if (running.can_ask()) {
    running.ask(AskGroup{GroupQuestion::list_requests, conversation},
                wire::ListJoinRequests{.conversation = conversation});
  }
  return nullptr;
}

/// The invitation by which an account asks, if it and the account's proof count. `contact` is whom this home knows.
const membership::Invitation* invitation_behind(Turn& turn, const membership::Group& group, const Contact& contact,
                                                const wire::JoinRequest& request) {
  const wire::JoinStatement statement{.conversation = group.id,
                                      .invitation = request.invitation,
                                      .account = contact.account,
                                      .account_key = contact.record.account_key};
  const auto invitation = membership::check_invitation(group, statement, request.proof, server_now(turn));
  return invitation && (*invitation)->needs_approval ? *invitation : nullptr;
}

/// Whether the names of all are known, as far as the server tells them; asks for those that are missing.
bool names_are_known(RunningCommand& running, const std::vector<wire::JoinRequest>& requests) {
  bool known = true;
  for (const wire::JoinRequest& request : requests) {
    if (running.turn.contacts.find(request.account)) continue;
    const AskGetAccount question{.account = request.account, .conversation = std::nullopt};
    // Paused: what the server showed of this account was not believed, or it showed nothing.
    if (running.turn.memory.link.is_paused(key_of(question), running.turn.now)) continue;
    running.turn.ask(question, wire::GetAccount{.account = request.account});
    known = false;
  }
  return known;
}

}  // namespace

void run_command(RunningCommand& running, const CreateInvitation& command) {
  Turn& turn = running.turn;
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  const bool is_possible = (!command.needs_approval || command.max_uses == 0) && !command.server.empty() &&
                           command.expires_after_ms <= longest_invitation_ms;
  if (!is_possible) return running.fail(ClientErrorCode::bad_command);
  OwnChange& own = turn.memory.groups.changes[running.id];
  if (!own.link) {
    own.link = wire::GroupLink{.server = command.server,
                               .conversation = group->id,
                               .invitation = turn.random.next<InvitationId>(),
                               .seed = turn.random.next_secret<32>()};
  }
  wire::InvitationCreated created{.invitation = own.link->invitation,
                                  .key = session::invitation_key_of(*own.link).public_key,
                                  .expires_at = {},
                                  .max_uses = command.max_uses,
                                  .needs_approval = command.needs_approval,
                                  .role = command.role};
  if (command.expires_after_ms != 0) {
    created.expires_at = server_now(turn) + Milliseconds{static_cast<std::int64_t>(command.expires_after_ms)};
  }
  const bool was_signed = own.change.has_value();
  change_group(running, *group, created);
  // Kept with the event on its way: after a crash the link is still there.
  if (!was_signed && own.change) turn.groups.keep_invitation(*group, *own.link);
}

void run_command(RunningCommand& running, const ListInvitations& command) {
  Turn& turn = running.turn;
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  InvitationsShown shown{.conversation = group->id, .invitations = {}};
  for (const membership::Invitation& invitation : group->invitations) {
    ShownInvitation line{.invitation = invitation.invitation,
                         .expires_at = invitation.expires_at,
                         .max_uses = invitation.max_uses,
                         .uses = invitation.uses,
                         .needs_approval = invitation.needs_approval,
                         .role = invitation.role,
                         .expired = membership::has_expired(invitation, server_now(turn)),
                         .link = {}};
    if (auto seed = turn.groups.invitation_seed(*group, invitation.invitation); seed && !command.server.empty()) {
      line.link = text_of_link({.server = command.server,
                                .conversation = group->id,
                                .invitation = invitation.invitation,
                                .seed = std::move(*seed)});
    }
    shown.invitations.push_back(std::move(line));
  }
  running.answer(std::move(shown));
}

void run_command(RunningCommand& running, const RevokeInvitation& command) {
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  // Once it is signed, the answer may come after the log has brought the event.
  const bool is_signed = running.turn.memory.groups.changes[running.id].change.has_value();
  if (!is_signed && group->find(command.invitation) == nullptr) {
    return running.fail(ClientErrorCode::unknown_invitation);
  }
  change_group(running, *group, wire::InvitationRevoked{.invitation = command.invitation});
}

void run_command(RunningCommand& running, const JoinGroup& command) {
  const auto link = session::parse_group_link(command.link);
  if (!link) return running.fail(ClientErrorCode::invalid_group_link);
  if (!command.server.empty() && link->server != command.server) return running.fail(ClientErrorCode::group_elsewhere);
  if (!running.can_ask()) return;
  Turn& turn = running.turn;
  const InvitedReading& reading = turn.memory.groups.invited[running.id];
  if (reading.is_taken) return conclude_joining(running, link->conversation);
  const auto known = turn.groups.find(link->conversation);
  const bool is_signed = turn.memory.groups.changes.contains(running.id);
  if (!is_signed && known && known->find(turn.home.load().account) != nullptr) {
    return running.fail(ClientErrorCode::already_member);
  }
  if (!reading.is_complete) return read_invited(running, *link, reading);
  use_invitation(running, *link, *reading.group);
}

void run_command(RunningCommand& running, const ListJoinRequests& command) {
  const auto group = group_of(running, command.conversation);
  if (!group || !is_administrated(running, *group)) return;
  const auto* requests = requests_of(running, group->id);
  if (requests == nullptr || !names_are_known(running, *requests)) return;
  JoinRequestsShown shown{.conversation = group->id, .requests = {}};
  for (const wire::JoinRequest& request : *requests) {
    const auto contact = running.turn.contacts.find(request.account);
    const bool counts = contact && invitation_behind(running.turn, *group, *contact, request) != nullptr;
    shown.requests.push_back({.account = request.account,
                              .name = contact ? contact->name : std::string(),
                              .invitation = request.invitation,
                              .asked_at = request.asked_at,
                              .is_void = !counts});
  }
  running.answer(std::move(shown));
}

void run_command(RunningCommand& running, const ApproveJoin& command) {
  const auto group = group_of(running, command.conversation);
  if (!group || !is_administrated(running, *group)) return;
  const auto contact = running.contact_named(command.name);
  if (!contact) return;
  const auto* requests = requests_of(running, group->id);
  if (requests == nullptr) return;
  const auto request = std::ranges::find(*requests, contact->account, &wire::JoinRequest::account);
  if (request == requests->end()) return running.fail(ClientErrorCode::no_join_request);
  const membership::Invitation* invitation = invitation_behind(running.turn, *group, *contact, *request);
  if (invitation == nullptr) return running.fail(ClientErrorCode::join_request_void);
  const wire::GroupMember member{
      .account = contact->account, .account_key = contact->record.account_key, .role = invitation->role};
  change_group(running, *group, wire::MembersAdded{.members = {member}});
}

void run_command(RunningCommand& running, const DeclineJoin& command) {
  const auto group = group_of(running, command.conversation);
  if (!group || !is_administrated(running, *group)) return;
  const auto contact = running.contact_named(command.name);
  if (!contact || !running.can_ask()) return;
  running.ask(AskGroup{GroupQuestion::decline, group->id},
              wire::DeclineJoin{.conversation = group->id, .account = contact->account});
}

InvitationShown invitation_made(const OwnChange& own) {
  ShownInvitation shown;
  shown.invitation = own.link->invitation;
  shown.link = text_of_link(*own.link);
  const auto event = membership::read_event(own.change->event);
  if (const auto* created = event ? std::get_if<wire::InvitationCreated>(&event->change) : nullptr) {
    shown.expires_at = created->expires_at;
    shown.max_uses = created->max_uses;
    shown.needs_approval = created->needs_approval;
    shown.role = created->role;
  }
  return {.conversation = own.link->conversation, .invitation = std::move(shown)};
}

bool receive_joined(Turn& turn, const Asked& asked) {
  const auto found = turn.memory.groups.invited.find(asked.command);
  if (found == turn.memory.groups.invited.end()) return false;
  found->second.is_taken = true;
  // It tells of the conversation.
  turn.memory.resume_again = true;
  return true;
}

void read_invited_again(Turn& turn, const Asked& asked) {
  const auto found = turn.memory.groups.invited.find(asked.command);
  if (found != turn.memory.groups.invited.end()) found->second.is_complete = false;
}

bool receive_invitation_answer(Turn& turn, const Asked& asked, const AskGroup& question, const wire::Answer& answer) {
  if (const auto* page = std::get_if<wire::GroupPage>(&answer)) {
    if (question.question != GroupQuestion::read_invited) return false;
    receive_invited_page(turn, asked, question.conversation, *page);
    return true;
  }
  if (const auto* requests = std::get_if<wire::JoinRequests>(&answer)) {
    if (question.question != GroupQuestion::list_requests) return false;
    turn.memory.groups.requests[asked.command] = requests->requests;
    return true;
  }
  if (!std::holds_alternative<wire::Done>(answer)) return false;
  if (question.question == GroupQuestion::request_join) {
    turn.answer(asked.command, GroupJoined{.conversation = question.conversation, .waits_for_approval = true});
    return true;
  }
  if (question.question != GroupQuestion::decline) return false;
  turn.answer(asked.command, Done{});
  return true;
}

ClientError error_of_invitation(Turn& turn, const Asked& asked, const AskGroup& question, const wire::Error& error) {
  using enum wire::ErrorCode;
  if (question.question == GroupQuestion::decline && error.code == not_found) {
    return error_of(ClientErrorCode::no_join_request);
  }
  if (question.question == GroupQuestion::list_requests && error.code == forbidden) {
    return error_of(ClientErrorCode::not_allowed);
  }
  if (!turn.memory.groups.invited.contains(asked.command)) return error_of(error);
  if (error.code == not_found || error.code == forbidden) return error_of(ClientErrorCode::invitation_void);
  if (error.code == conflict) return error_of(ClientErrorCode::already_member);
  return error_of(error);
}

}  // namespace sotto::client
