#pragma once

#include "client/timeline_types.h"
#include "wire/group.h"

namespace sotto::client {

struct ShownMember {
  AccountId account;
  std::string name;
  wire::Role role = wire::Role::member;
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;
  bool identity_differs = false;

  static constexpr auto describe() {
    using Self = ShownMember;
    return wire::message(
        "ShownMember", "A member of a group.", field(1, "account", &Self::account, "Who."),
        field(2, "name", &Self::name, at_most(wire::max_name_size), "Its name, if known."),
        field(3, "role", &Self::role, "What it may do."),
        field(4, "delivered", &Self::delivered, "How far it has opened all; 0 if the server does not tell."),
        field(5, "read", &Self::read, "How far it has read all; 0 if the server does not tell."),
        field(6, "identity_differs", &Self::identity_differs,
              "Its account key is another one than the group's; nothing is encrypted to it."));
  }
};

struct GroupShown {
  ConversationId conversation;
  ConversationKind kind = ConversationKind::group;
  wire::GroupProfile profile;
  wire::GroupPolicies policies;
  std::vector<ShownMember> members;
  std::uint64_t number = 0;
  bool closed = false;
  /// Absent for who is no member any more.
  std::optional<wire::Role> own_role;

  static constexpr auto describe() {
    using Self = GroupShown;
    return wire::message("GroupShown", "A group as this device knows it.",
                         field(1, "conversation", &Self::conversation, "Its id."),
                         field(2, "kind", &Self::kind, "Group or channel."),
                         field(3, "profile", &Self::profile, "What it is called; empty while that is not known."),
                         field(4, "policies", &Self::policies, "What holds."),
                         field(5, "members", &Self::members, at_most(wire::max_members), "Ascending by account."),
                         field(6, "number", &Self::number, "Events of its chain."),
                         field(7, "closed", &Self::closed, "Nothing changes any more."),
                         field(8, "own_role", &Self::own_role, "What this account may do; absent once it has left."));
  }
};

}  // namespace sotto::client
