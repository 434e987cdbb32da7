#pragma once

#include "client/timeline_types.h"
#include "wire/group.h"

namespace sotto::client {

// What a user may do with groups and channels. Who may do it is said by the membership rules, here and on the server.
// A command on a group is answered when the server has taken the event, with `done`.

inline constexpr std::size_t max_named = wire::max_members_at_once;

/// Members are named by their account names; all become members, or readers in a channel.
struct CreateGroup {
  using Answer = struct Opened;
  std::string name;
  bool is_channel = false;
  std::vector<std::string> members;
  std::string description;
  wire::GroupPolicies policies;

  static constexpr auto describe() {
    using Self = CreateGroup;
    return wire::message(
        "CreateGroup", "Creates a group or a channel, whose owner this account is.",
        field(1, "name", &Self::name, at_most(wire::max_group_name_size), "Not empty."),
        field(2, "is_channel", &Self::is_channel, "Only administrators write."),
        field(3, "members", &Self::members, at_most(max_named, wire::max_name_size), "Names of accounts."),
        field(4, "description", &Self::description, at_most(wire::max_description_size), "Markdown."),
        field(5, "policies", &Self::policies, "What holds."));
  }
};

/// Asks no server.
struct ShowGroup {
  using Answer = struct GroupShown;
  ConversationId conversation;

  static constexpr auto describe() {
    return wire::message("ShowGroup", "Shows a group with its members, roles and marks.",
                         field(1, "conversation", &ShowGroup::conversation, "Which."));
  }
};

struct AddMembers {
  using Answer = struct Done;
  ConversationId conversation;
  std::vector<std::string> names;
  wire::Role role = wire::Role::member;

  static constexpr auto describe() {
    using Self = AddMembers;
    return wire::message("AddMembers", "Adds accounts to a group.",
                         field(1, "conversation", &Self::conversation, "Which."),
                         field(2, "names", &Self::names, at_most(max_named, wire::max_name_size), "At least one."),
                         field(3, "role", &Self::role, "What they become."));
  }
};

struct RemoveMembers {
  using Answer = struct Done;
  ConversationId conversation;
  std::vector<std::string> names;

  static constexpr auto describe() {
    using Self = RemoveMembers;
    return wire::message("RemoveMembers", "Removes members from a group.",
                         field(1, "conversation", &Self::conversation, "Which."),
                         field(2, "names", &Self::names, at_most(max_named, wire::max_name_size), "At least one."));
  }
};

struct LeaveGroup {
  using Answer = struct Done;
  ConversationId conversation;

  static constexpr auto describe() {
    return wire::message("LeaveGroup", "Leaves a group; its owner hands it over first.",
                         field(1, "conversation", &LeaveGroup::conversation, "Which."));
  }
};

/// To `owner`: hands the group over.
struct SetRole {
  using Answer = struct Done;
  ConversationId conversation;
  std::string name;
  wire::Role role = wire::Role::member;

  static constexpr auto describe() {
    using Self = SetRole;
    return wire::message("SetRole", "Changes what a member may do.",
                         field(1, "conversation", &Self::conversation, "Where."),
                         field(2, "name", &Self::name, at_most(wire::max_name_size), "Whose."),
                         field(3, "role", &Self::role, "The new role."));
  }
};

/// What is absent stays.
struct ChangeGroupProfile {
  using Answer = struct Done;
  ConversationId conversation;
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<std::string> subject;
  std::optional<std::string> context;
  std::optional<Bytes> picture;

  static constexpr auto describe() {
    using Self = ChangeGroupProfile;
    return wire::message(
        "ChangeGroupProfile", "Changes what a group is called.",
        field(1, "conversation", &Self::conversation, "Which."),
        field(2, "name", &Self::name, at_most(wire::max_group_name_size), "Not empty."),
        field(3, "description", &Self::description, at_most(wire::max_description_size), "Markdown."),
        field(4, "subject", &Self::subject, at_most(wire::max_subject_size), "One line."),
        field(5, "context", &Self::context, at_most(wire::max_subject_size), "What it belongs to elsewhere."),
        field(6, "picture", &Self::picture, at_most(wire::max_picture_size), "PNG, JPEG or WebP; empty for none."));
  }
};

struct ChangeGroupPolicies {
  using Answer = struct Done;
  ConversationId conversation;
  wire::GroupPolicies policies;

  static constexpr auto describe() {
    using Self = ChangeGroupPolicies;
    return wire::message("ChangeGroupPolicies", "Changes what holds in a group.",
                         field(1, "conversation", &Self::conversation, "Where."),
                         field(2, "policies", &Self::policies, "All of them."));
  }
};

/// Answer: `invitation_shown`, with the link. An invitation that needs approval may be used any number of times.
struct CreateInvitation {
  using Answer = struct InvitationShown;
  ConversationId conversation;
  std::string server;
  std::uint64_t expires_after_ms = 0;
  std::uint32_t max_uses = 0;
  bool needs_approval = false;
  wire::Role role = wire::Role::member;

  static constexpr auto describe() {
    using Self = CreateInvitation;
    return wire::message(
        "CreateInvitation", "Makes an invitation to a group.",
        field(1, "conversation", &Self::conversation, "Which group."),
        field(2, "server", &Self::server, at_most(256), "The server's address, for who gets the link."),
        field(3, "expires_after_ms", &Self::expires_after_ms, "From now on so long; 0 for ever."),
        field(4, "max_uses", &Self::max_uses, "Joins after which it is void; 0 for any number."),
        field(5, "needs_approval", &Self::needs_approval, "Who has the link only asks; `max_uses` is 0 then."),
        field(6, "role", &Self::role, "What who joins becomes: member or read_only."));
  }
};

/// Asks no server.
struct ListInvitations {
  using Answer = struct InvitationsShown;
  ConversationId conversation;
  std::string server;

  static constexpr auto describe() {
    using Self = ListInvitations;
    return wire::message("ListInvitations", "Shows the invitations of a group that are not used up or revoked.",
                         field(1, "conversation", &Self::conversation, "Which group."),
                         field(2, "server", &Self::server, at_most(256), "The server's address, for the links."));
  }
};

struct RevokeInvitation {
  using Answer = struct Done;
  ConversationId conversation;
  InvitationId invitation;

  static constexpr auto describe() {
    using Self = RevokeInvitation;
    return wire::message("RevokeInvitation", "Makes an invitation void.",
                         field(1, "conversation", &Self::conversation, "Of which group."),
                         field(2, "invitation", &Self::invitation, "Which."));
  }
};

/// Joins, or asks to be let in. The whole chain of the group is checked before anything is signed.
struct JoinGroup {
  using Answer = struct GroupJoined;
  std::string link;
  std::string server;

  static constexpr auto describe() {
    using Self = JoinGroup;
    return wire::message("JoinGroup", "Uses the link of an invitation.",
                         field(1, "link", &Self::link, at_most(1024), "As `invitation_shown` has it."),
                         field(2, "server", &Self::server, at_most(256),
                               "This home's server; the link of another one is refused. Empty skips that check."));
  }
};

/// For owners and administrators.
struct ListJoinRequests {
  using Answer = struct JoinRequestsShown;
  ConversationId conversation;

  static constexpr auto describe() {
    return wire::message("ListJoinRequests", "Shows who asks to be let into a group.",
                         field(1, "conversation", &ListJoinRequests::conversation, "Which."));
  }
};

struct ApproveJoin {
  using Answer = struct Done;
  ConversationId conversation;
  std::string name;

  static constexpr auto describe() {
    return wire::message("ApproveJoin", "Adds somebody who asks to be let in.",
                         field(1, "conversation", &ApproveJoin::conversation, "To which group."),
                         field(2, "name", &ApproveJoin::name, at_most(wire::max_name_size), "Whom."));
  }
};

struct DeclineJoin {
  using Answer = struct Done;
  ConversationId conversation;
  std::string name;

  static constexpr auto describe() {
    return wire::message("DeclineJoin", "Turns somebody down who asks to be let in; nobody is told.",
                         field(1, "conversation", &DeclineJoin::conversation, "From which group."),
                         field(2, "name", &DeclineJoin::name, at_most(wire::max_name_size), "Whom."));
  }
};

struct CloseGroup {
  using Answer = struct Done;
  ConversationId conversation;

  static constexpr auto describe() {
    return wire::message("CloseGroup", "Closes a group for good: nothing is sent or changed any more.",
                         field(1, "conversation", &CloseGroup::conversation, "Which."));
  }
};

}  // namespace sotto::client
