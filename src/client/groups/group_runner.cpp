#include "client/groups/group_runner.h"

#include <algorithm>

#include "client/directory.h"
#include "client/groups/audience.h"
#include "client/groups/changing.h"
#include "client/groups/invitation_runner.h"
#include "client/groups/learning.h"
#include "client/sending.h"
#include "client/views.h"
#include "client/wording.h"
#include "crypto/hash.h"
#include "membership/own_event.h"
#include "wire/binary.h"

namespace sotto::client {
namespace {

/// Lost races after which a command gives up.
constexpr unsigned most_attempts = 8;

bool is_known_name(Turn& turn, std::string_view name) {
  Query query(turn.context.database, "SELECT 1 FROM contacts WHERE name = ? LIMIT 1", name);
  return query.step();
}

/// Whether every name that an account can have is known. Looks up the first that are not; what any of them is refused
/// for is told when it is the first.
bool are_known(RunningCommand& running, const std::vector<std::string>& names) {
  constexpr std::size_t names_at_a_time = 8;
  Turn& turn = running.turn;
  std::size_t unknown = 0;
  for (const std::string& wanted : names) {
    const std::optional<std::string> name = account_name(wanted);
    if (!name || is_known_name(turn, *name)) continue;
    if (++unknown > names_at_a_time) break;
    if (unknown == 1) {
      (void)running.contact_named(*name);
    } else if (running.can_ask()) {
      turn.ask(AskFindAccount{*name}, wire::FindAccount{.name = *name});
    }
  }
  return unknown == 0;
}

/// The named accounts; nothing while one has to be looked up, or the command has failed.
std::optional<std::vector<Contact>> contacts_named(RunningCommand& running, const std::vector<std::string>& names) {
  // Hundreds of names are not all read anew for each that comes.
  if (!are_known(running, names)) return std::nullopt;
  std::vector<Contact> found;
  for (const std::string& name : names) {
    auto contact = running.contact_named(name);
    if (!contact) return std::nullopt;
    found.push_back(std::move(*contact));
  }
  std::ranges::sort(found, {}, &Contact::account);
  const auto repeated = std::ranges::unique(found, {}, &Contact::account);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::vector<wire::GroupMember> members_of(const std::vector<Contact>& contacts, wire::Role role) {
  std::vector<wire::GroupMember> members;
  for (const Contact& contact : contacts) {
    members.push_back({.account = contact.account, .account_key = contact.record.account_key, .role = role});
  }
  return members;
}

void tell_profile(Turn& turn, ConversationId conversation, const wire::GroupProfile& profile) {
  turn.groups.save_profile(conversation, profile);
  wire::Content content;
  content.kind = profile;
  queue_content(turn, {.conversation = conversation, .content = std::move(content)});
}

bool receive_created(Turn& turn, const Asked& asked, const wire::Answer& answer) {
  const auto* conversation = std::get_if<wire::Conversation>(&answer);
  if (conversation == nullptr) return false;
  const auto own = turn.memory.groups.changes.find(asked.command);
  if (own == turn.memory.groups.changes.end() || !own->second.create) return true;
  const auto group = membership::create(own->second.create->event);
  const bool is_right = group && group->id == conversation->conversation;
  if (!is_right || !learn_group(turn, *conversation)) {
    turn.fail(asked.command, ClientErrorCode::server_distrusted);
    return true;
  }
  tell_profile(turn, group->id, *own->second.profile);
  const auto row = turn.conversations.find(group->id);
  turn.answer(asked.command, Opened{summary(turn, *row)});
  return true;
}

bool receive_changed(Turn& turn, const Asked& asked, const AskGroup& question, const wire::Answer& answer) {
  const auto* sent = std::get_if<wire::Sent>(&answer);
  if (sent == nullptr) return false;
  if (receive_joined(turn, asked)) return true;
  if (auto row = turn.conversations.find(question.conversation)) {
    row->known_head = std::max(row->known_head, sent->seq);
    turn.conversations.save(*row);
  }
  const auto own = turn.memory.groups.changes.find(asked.command);
  if (own != turn.memory.groups.changes.end() && own->second.profile) {
    tell_profile(turn, question.conversation, *own->second.profile);
  }
  if (own != turn.memory.groups.changes.end() && own->second.link) {
    turn.answer(asked.command, invitation_made(own->second));
  } else {
    turn.answer(asked.command, Done{});
  }
  return true;
}

}  // namespace

void run_command(RunningCommand& running, const CreateGroup& command) {
  Turn& turn = running.turn;
  if (command.name.empty()) return running.fail(ClientErrorCode::invalid_text);
  if (!running.can_ask()) return;
  const auto contacts = contacts_named(running, command.members);
  if (!contacts) return;
  OwnChange& own = turn.memory.groups.changes[running.id];
  if (!own.create) {
    const Home home = turn.home.load();
    const auto kind = command.is_channel ? wire::ConversationKind::channel : wire::ConversationKind::group;
    own.profile = wire::GroupProfile{.salt = turn.random.next<MessageId>(),
                                     .name = command.name,
                                     .description = command.description,
                                     .subject = {},
                                     .context = {},
                                     .picture = {}};
    wire::GroupCreated created{.salt = turn.random.next<MessageId>(),
                               .kind = kind,
                               .members = members_of(*contacts, wire::Role::member),
                               .policies = command.policies,
                               .profile = crypto::sha256(wire::encode(*own.profile))};
    created.members.push_back({.account = home.account, .account_key = home.account_key, .role = wire::Role::owner});
    std::ranges::sort(created.members, {}, &wire::GroupMember::account);
    const auto event = sign_event(turn, membership::first_event(actor_of(home), std::move(created), turn.now));
    if (!event) return running.fail(ClientErrorCode::server_distrusted);
    own.create = wire::CreateGroup{.message = turn.random.next<MessageId>(), .event = *event};
  }
  ask_again(running, own, membership::group_id(own.create->event.event));
}

void run_command(RunningCommand& running, const ShowGroup& command) {
  Turn& turn = running.turn;
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  const Home home = turn.home.load();
  GroupShown shown;
  shown.conversation = group->id;
  shown.kind = turn.conversations.find(group->id)->kind;
  shown.profile = turn.groups.profile(*group).value_or(wire::GroupProfile{});
  shown.policies = group->policies;
  shown.number = group->number;
  shown.closed = group->closed;
  const std::vector<MemberMarks> marks = turn.conversations.marks(group->id);
  for (const membership::Member& member : group->members) {
    const auto contact = turn.contacts.find(member.account);
    const auto mark = std::ranges::find(marks, member.account, &MemberMarks::account);
    if (member.account == home.account) shown.own_role = member.role;
    shown.members.push_back({.account = member.account,
                             .name = contact ? contact->name : std::string(),
                             .role = member.role,
                             .delivered = mark != marks.end() ? mark->delivered : 0,
                             .read = mark != marks.end() ? mark->read : 0,
                             .identity_differs = contact && contact->record.account_key != member.account_key});
  }
  running.answer(std::move(shown));
}

void run_command(RunningCommand& running, const AddMembers& command) {
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  const auto contacts = contacts_named(running, command.names);
  if (contacts) change_group(running, *group, wire::MembersAdded{.members = members_of(*contacts, command.role)});
}

void run_command(RunningCommand& running, const RemoveMembers& command) {
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  const auto contacts = contacts_named(running, command.names);
  if (!contacts) return;
  wire::MembersRemoved removed;
  for (const Contact& contact : *contacts) removed.accounts.push_back(contact.account);
  change_group(running, *group, std::move(removed));
}

void run_command(RunningCommand& running, const LeaveGroup& command) {
  const auto group = group_of(running, command.conversation);
  if (group) change_group(running, *group, wire::MembersRemoved{.accounts = {running.turn.home.load().account}});
}

void run_command(RunningCommand& running, const SetRole& command) {
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  const auto contact = running.contact_named(command.name);
  if (contact) change_group(running, *group, wire::RoleChanged{.account = contact->account, .role = command.role});
}

void run_command(RunningCommand& running, const ChangeGroupProfile& command) {
  const auto group = group_of(running, command.conversation);
  if (!group) return;
  auto profile = running.turn.groups.profile(*group).value_or(wire::GroupProfile{});
  profile.salt = running.turn.random.next<MessageId>();
  if (command.name) profile.name = *command.name;
  if (command.description) profile.description = *command.description;
  if (command.subject) profile.subject = *command.subject;
  if (command.context) profile.context = *command.context;
  if (command.picture) profile.picture = *command.picture;
  if (profile.name.empty()) return running.fail(ClientErrorCode::invalid_text);
  const wire::ProfileChanged changed{.profile = crypto::sha256(wire::encode(profile))};
  change_group(running, *group, changed, std::move(profile));
}

void run_command(RunningCommand& running, const ChangeGroupPolicies& command) {
  const auto group = group_of(running, command.conversation);
  if (group) change_group(running, *group, wire::PoliciesChanged{.policies = command.policies});
}

void run_command(RunningCommand& running, const CloseGroup& command) {
  const auto group = group_of(running, command.conversation);
  if (group) change_group(running, *group, wire::GroupClosed{});
}

std::optional<ConversationRow> group_named(Turn& turn, std::string_view name) {
  if (!name.starts_with('#')) return std::nullopt;
  name.remove_prefix(1);
  std::optional<ConversationId> found;
  for (const ConversationId conversation : turn.groups.all()) {
    const auto profile = group_profile(turn, conversation);
    if (!profile || profile->name != name) continue;
    if (found) return std::nullopt;
    found = conversation;
  }
  return found ? turn.conversations.find(*found) : std::nullopt;
}

bool receive_group_answer(Turn& turn, const Asked& asked, const AskGroup& question, const wire::Answer& answer) {
  switch (question.question) {
    case GroupQuestion::create:
      return receive_created(turn, asked, answer);
    case GroupQuestion::change:
      return receive_changed(turn, asked, question, answer);
    case GroupQuestion::read_chain:
      if (const auto* page = std::get_if<wire::GroupPage>(&answer)) {
        receive_chain_page(turn, question.conversation, *page);
        return true;
      }
      return false;
    case GroupQuestion::read_members:
      if (const auto* page = std::get_if<wire::MembersPage>(&answer)) {
        receive_members_page(turn, question.conversation, *page);
        return true;
      }
      return false;
    case GroupQuestion::accounts:
      if (const auto* accounts = std::get_if<wire::Accounts>(&answer)) {
        receive_member_records(turn, question.conversation, *accounts);
        return true;
      }
      return false;
    case GroupQuestion::read_invited:
    case GroupQuestion::request_join:
    case GroupQuestion::list_requests:
    case GroupQuestion::decline:
      return receive_invitation_answer(turn, asked, question, answer);
  }
  return false;
}

void receive_group_refused(Turn& turn, const Asked& asked, const AskGroup& question, const wire::Error& error) {
  const auto own = turn.memory.groups.changes.find(asked.command);
  const bool lost = question.question == GroupQuestion::change && error.code == wire::ErrorCode::stale_epoch;
  if (lost && own != turn.memory.groups.changes.end() && ++own->second.attempts < most_attempts) {
    // Another event came first: the log brings it, and the command is carried out on top of it.
    own->second.change.reset();
    read_invited_again(turn, asked);
    turn.memory.resume_again = true;
    turn.memory.link.pause(key_of(Question(question), asked.command), turn.now + seconds(1));
    return;
  }
  if (is_passing(error)) {
    pause_after(turn, question, error);
    return;
  }
  turn.fail(asked.command, error_of_invitation(turn, asked, question, error));
  if (asked.command == 0) turn.memory.link.pause(key_of(Question(question)), turn.now + seconds(30));
}

}  // namespace sotto::client
