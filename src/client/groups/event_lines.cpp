#include "client/groups/event_lines.h"

#include <algorithm>

#include "wire/json.h"

namespace sotto::client {
namespace {

/// What each kind of change puts into the line.
struct NoteChange {
  AccountId acting;
  ShownGroupEvent& line;

  void name(AccountId account) const {
    if (line.accounts.size() < max_shown_accounts) {
      line.accounts.push_back({.account = account, .name = {}});
    } else {
      ++line.more;
    }
  }
  void operator()(std::monostate) const {}
  void operator()(const wire::GroupCreated&) const { line.change = GroupChange::created; }
  void operator()(const wire::MembersAdded& added) const {
    line.change = GroupChange::members_added;
    for (const wire::GroupMember& member : added.members) name(member.account);
  }
  void operator()(const wire::MembersRemoved& removed) const {
    const bool leaves = removed.accounts.size() == 1 && removed.accounts.front() == acting;
    line.change = leaves ? GroupChange::left : GroupChange::members_removed;
    if (!leaves) std::ranges::for_each(removed.accounts, [&](AccountId account) { name(account); });
  }
  void operator()(const wire::RoleChanged& changed) const {
    line.change = GroupChange::role_changed;
    line.role = changed.role;
    name(changed.account);
  }
  void operator()(const wire::ProfileChanged&) const { line.change = GroupChange::profile_changed; }
  void operator()(const wire::PoliciesChanged& changed) const {
    line.change = GroupChange::policies_changed;
    line.policies = changed.policies;
  }
  void operator()(const wire::InvitationCreated&) const { line.change = GroupChange::invitation_created; }
  void operator()(const wire::InvitationRevoked&) const { line.change = GroupChange::invitation_revoked; }
  void operator()(const wire::MemberJoined&) const { line.change = GroupChange::joined; }
  void operator()(const wire::GroupClosed&) const { line.change = GroupChange::closed; }
};

}  // namespace

wire::TypedContent event_line(const wire::GroupEvent& event) {
  ShownGroupEvent line;
  line.actor.account = event.actor;
  std::visit(NoteChange{event.actor, line}, event.change);
  return {.type = "group.event", .data = wire::to_json(line), .fallback = {}};
}

ShownGroupEvent shown_event(Turn& turn, const wire::TypedContent& line) {
  ShownGroupEvent event = wire::from_json<ShownGroupEvent>(line.data).value_or(ShownGroupEvent{});
  const Home self = turn.home.load();
  const auto put_name = [&](KnownAccount& account) {
    account.name = account.account == self.account ? self.name : turn.contacts.name_of(account.account);
  };
  put_name(event.actor);
  std::ranges::for_each(event.accounts, put_name);
  return event;
}

}  // namespace sotto::client
