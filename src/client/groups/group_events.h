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

/// An invitation that is neither used up nor revoked.
struct ShownInvitation {
  InvitationId invitation;
  UnixMillis expires_at;
  std::uint32_t max_uses = 0;
  std::uint32_t uses = 0;
  bool needs_approval = false;
  wire::Role role = wire::Role::member;
  bool expired = false;
  std::string link;

  static constexpr auto describe() {
    using Self = ShownInvitation;
    return wire::message("ShownInvitation", "An invitation to a group.",
                         field(1, "invitation", &Self::invitation, "Its id."),
                         field(2, "expires_at", &Self::expires_at, "Void from then on; 0 for never."),
                         field(3, "max_uses", &Self::max_uses, "Void after so many; 0 for any number."),
                         field(4, "uses", &Self::uses, "How many have joined by it."),
                         field(5, "needs_approval", &Self::needs_approval, "Who has the link only asks."),
                         field(6, "role", &Self::role, "What who joins becomes."),
                         field(7, "expired", &Self::expired, "Its time is over."),
                         field(8, "link", &Self::link, at_most(1024),
                               "Its link, for a QR code and for copying; empty on all devices but its maker's."));
  }
};

/// Answers `create_invitation`.
struct InvitationShown {
  ConversationId conversation;
  ShownInvitation invitation;

  static constexpr auto describe() {
    return wire::message("InvitationShown", "The invitation that was made.",
                         field(1, "conversation", &InvitationShown::conversation, "To which group."),
                         field(2, "invitation", &InvitationShown::invitation, "It, with its link."));
  }
};

/// Answers `list_invitations`.
struct InvitationsShown {
  ConversationId conversation;
  std::vector<ShownInvitation> invitations;

  static constexpr auto describe() {
    using Self = InvitationsShown;
    return wire::message("InvitationsShown", "The invitations of a group.",
                         field(1, "conversation", &Self::conversation, "Which group's."),
                         field(2, "invitations", &Self::invitations, at_most(wire::max_invitations), "Oldest first."));
  }
};

/// Answers `join_group`.
struct GroupJoined {
  ConversationId conversation;
  bool waits_for_approval = false;

  static constexpr auto describe() {
    return wire::message("GroupJoined", "The invitation was used.",
                         field(1, "conversation", &GroupJoined::conversation, "The group."),
                         field(2, "waits_for_approval", &GroupJoined::waits_for_approval,
                               "This account is no member yet: an administrator decides."));
  }
};

struct ShownJoinRequest {
  AccountId account;
  std::string name;
  InvitationId invitation;
  UnixMillis asked_at;
  bool is_void = false;

  static constexpr auto describe() {
    using Self = ShownJoinRequest;
    return wire::message("ShownJoinRequest", "Somebody who asks to be let in.",
                         field(1, "account", &Self::account, "Who."),
                         field(2, "name", &Self::name, at_most(wire::max_name_size), "Its name, if known."),
                         field(3, "invitation", &Self::invitation, "By which invitation."),
                         field(4, "asked_at", &Self::asked_at, "When."),
                         field(5, "is_void", &Self::is_void,
                               "Its invitation is not valid any more, or the proof is not right: not to be approved."));
  }
};

/// Answers `list_join_requests`.
struct JoinRequestsShown {
  ConversationId conversation;
  std::vector<ShownJoinRequest> requests;

  static constexpr auto describe() {
    using Self = JoinRequestsShown;
    return wire::message("JoinRequestsShown", "Who asks to be let into a group.",
                         field(1, "conversation", &Self::conversation, "Which."),
                         field(2, "requests", &Self::requests, at_most(wire::max_members_at_once), "Oldest first."));
  }
};

}  // namespace sotto::client
