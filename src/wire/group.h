#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "wire/directory.h"

namespace sotto::wire {

// The membership of groups and channels: a hash chain of events, each signed by a device of a member who may do what it
// says. Everybody, the server included, replays the chain and comes to the same members; nobody but a member's device
// can add to it. What a group is called is not in here (`content.h`, GroupProfile): the chain holds its hash.
//
// A group's id is the first 16 octets of SHA-256("sotto group v1" || encoding of its first event).

enum class ConversationKind : std::uint8_t { direct, group, channel };

constexpr auto describe(std::type_identity<ConversationKind>) {
  using enum ConversationKind;
  using Value = EnumValue<ConversationKind>;
  return enumeration("ConversationKind", "What a conversation is.",
                     Value{direct, "direct", "Of two accounts, or of one with itself."},
                     Value{group, "group", "Members write."},
                     Value{channel, "channel", "Owners and administrators write, everybody reads."});
}

enum class Role : std::uint8_t { member, admin, owner, read_only };

constexpr auto describe(std::type_identity<Role>) {
  using enum Role;
  using Value = EnumValue<Role>;
  return enumeration("Role", "What a member may do.", Value{member, "member", "Writes in groups, reads in channels."},
                     Value{admin, "admin", "Also manages members, invitations and the profile."},
                     Value{owner, "owner", "Also makes administrators, sets policies, closes; there is one."},
                     Value{read_only, "read_only", "Reads."});
}

struct GroupMember {
  AccountId account;
  Ed25519PublicKey account_key;
  Role role = Role::member;

  static constexpr auto describe() {
    return message("GroupMember", "A member as the chain vouches for it.",
                   field(1, "account", &GroupMember::account, "Who."),
                   field(2, "account_key", &GroupMember::account_key,
                         "Its account key. Devices that another key vouches for are none of this member's."),
                   field(3, "role", &GroupMember::role, "What it may do."));
  }
};

struct GroupPolicies {
  bool shares_history = false;
  bool members_add = false;
  bool members_edit_profile = false;
  std::uint64_t expires_after_ms = 0;

  friend bool operator==(const GroupPolicies&, const GroupPolicies&) = default;
  static constexpr auto describe() {
    using Self = GroupPolicies;
    return message(
        "GroupPolicies", "What holds in a group.",
        field(1, "shares_history", &Self::shares_history, "Whoever is added gets the keys of what was written before."),
        field(2, "members_add", &Self::members_add, "Not only administrators add members."),
        field(3, "members_edit_profile", &Self::members_edit_profile, "Not only administrators change the profile."),
        field(4, "expires_after_ms", &Self::expires_after_ms,
              "Messages disappear so long after sending; 0 for never."));
  }
};

/// The first event, number 1.
struct GroupCreated {
  MessageId salt;
  ConversationKind kind = ConversationKind::direct;
  std::vector<GroupMember> members;
  GroupPolicies policies;
  Sha256Digest profile;

  static constexpr auto describe() {
    using Self = GroupCreated;
    return message("GroupCreated", "The first event of a chain.",
                   field(1, "salt", &Self::salt, "Random; makes the group's id unique."),
                   field(2, "kind", &Self::kind, "Group or channel."),
                   field(3, "members", &Self::members, at_most(max_members_at_once),
                         "In ascending order of account; the actor is the one owner among them."),
                   field(4, "policies", &Self::policies, "What holds."),
                   field(5, "profile", &Self::profile, "SHA-256 of the first GroupProfile's encoding."));
  }
};

struct MembersAdded {
  std::vector<GroupMember> members;

  static constexpr auto describe() {
    return message("MembersAdded", "New members; none is an owner.",
                   field(1, "members", &MembersAdded::members, at_most(max_members_at_once),
                         "In ascending order of account; not members yet."));
  }
};

/// One's own account alone: leaving, which everybody but the owner may do.
struct MembersRemoved {
  std::vector<AccountId> accounts;

  static constexpr auto describe() {
    return message("MembersRemoved", "Members who leave or are removed.",
                   field(1, "accounts", &MembersRemoved::accounts, at_most(max_members_at_once),
                         "In ascending order; of lower rank than the actor, or the actor alone."));
  }
};

/// `owner` hands the group over: the actor, who was the owner, becomes an administrator.
struct RoleChanged {
  AccountId account;
  Role role = Role::member;

  static constexpr auto describe() {
    return message("RoleChanged", "A member's new role.", field(1, "account", &RoleChanged::account, "Whose."),
                   field(2, "role", &RoleChanged::role, "The new one; differs from the old one."));
  }
};

struct ProfileChanged {
  Sha256Digest profile;

  static constexpr auto describe() {
    return message("ProfileChanged", "A new name, picture or description.",
                   field(1, "profile", &ProfileChanged::profile, "SHA-256 of the GroupProfile's encoding."));
  }
};

struct PoliciesChanged {
  GroupPolicies policies;

  static constexpr auto describe() {
    return message("PoliciesChanged", "What holds from now on.",
                   field(1, "policies", &PoliciesChanged::policies, "All of them."));
  }
};

/// Whoever knows the private half of `key`, which travels in a link, may add itself (or, with approval, ask to be
/// added) until the invitation is used up, expired or revoked.
struct InvitationCreated {
  InvitationId invitation;
  Ed25519PublicKey key;
  UnixMillis expires_at;
  std::uint32_t max_uses = 0;
  bool needs_approval = false;
  Role role = Role::member;

  static constexpr auto describe() {
    using Self = InvitationCreated;
    return message("InvitationCreated", "An invitation that a link carries.",
                   field(1, "invitation", &Self::invitation, "Random."),
                   field(2, "key", &Self::key, "Verifies who holds the link."),
                   field(3, "expires_at", &Self::expires_at, "Void from then on; 0 for never."),
                   field(4, "max_uses", &Self::max_uses, "Void after so many; 0 for any number."),
                   field(5, "needs_approval", &Self::needs_approval, "Holders only ask; somebody else adds them."),
                   field(6, "role", &Self::role, "Member or read_only."));
  }
};

struct InvitationRevoked {
  InvitationId invitation;

  static constexpr auto describe() {
    return message("InvitationRevoked", "An invitation that is void from now on.",
                   field(1, "invitation", &InvitationRevoked::invitation, "Which."));
  }
};

/// The actor adds itself by an invitation that needs no approval.
struct MemberJoined {
  InvitationId invitation;
  Ed25519PublicKey account_key;
  Ed25519Signature proof;

  static constexpr auto describe() {
    return message("MemberJoined", "The actor joins by invitation.",
                   field(1, "invitation", &MemberJoined::invitation, "Which."),
                   field(2, "account_key", &MemberJoined::account_key, "The actor's account key."),
                   field(3, "proof", &MemberJoined::proof,
                         "Ed25519 by the invitation's key over a JoinStatement, context 'sotto group join v1'."));
  }
};

/// What the holder of an invitation signs; never sent.
struct JoinStatement {
  ConversationId conversation;
  InvitationId invitation;
  AccountId account;
  Ed25519PublicKey account_key;

  static constexpr auto describe() {
    return message("JoinStatement", "What the holder of an invitation signs; never sent.",
                   field(1, "conversation", &JoinStatement::conversation, "The group."),
                   field(2, "invitation", &JoinStatement::invitation, "Which invitation."),
                   field(3, "account", &JoinStatement::account, "Who joins."),
                   field(4, "account_key", &JoinStatement::account_key, "Its account key."));
  }
};

struct GroupClosed {
  static constexpr auto describe() { return message("GroupClosed", "Nothing is sent or changed any more."); }
};

using GroupChange =
    std::variant<std::monostate, GroupCreated, MembersAdded, MembersRemoved, RoleChanged, ProfileChanged,
                 PoliciesChanged, InvitationCreated, InvitationRevoked, MemberJoined, GroupClosed>;

/// One link of a membership chain. Its canonical encoding is what is signed, hashed and sent.
struct GroupEvent {
  std::optional<ConversationId> conversation;
  std::uint64_t number = 0;
  std::optional<Sha256Digest> previous;
  UnixMillis at;
  AccountId actor;
  DeviceId actor_device;
  GroupChange change;

  static constexpr auto describe() {
    using Self = GroupEvent;
    return message(
        "GroupEvent", "One change of a group.",
        field(1, "conversation", &Self::conversation, "The group; absent in the first event, whose hash is its id."),
        field(2, "number", &Self::number, "1, 2, 3 and so on."),
        field(3, "previous", &Self::previous, "SHA-256 of the event before; absent in the first."),
        field(4, "at", &Self::at, "By the actor's clock."), field(5, "actor", &Self::actor, "The acting account."),
        field(6, "actor_device", &Self::actor_device, "Its device, which signs."),
        one_of("change", &Self::change, "What changes; an event of a kind that is not known is refused.",
               alternative<GroupCreated>(7, "created"), alternative<MembersAdded>(8, "members_added"),
               alternative<MembersRemoved>(9, "members_removed"), alternative<RoleChanged>(10, "role_changed"),
               alternative<ProfileChanged>(11, "profile_changed"), alternative<PoliciesChanged>(12, "policies_changed"),
               alternative<InvitationCreated>(13, "invitation_created"),
               alternative<InvitationRevoked>(14, "invitation_revoked"), alternative<MemberJoined>(15, "member_joined"),
               alternative<GroupClosed>(16, "closed")));
  }
};

/// An event with all it takes to check it: the actor's device list, signed by the account key that the chain names for
/// the actor, vouches for the device; the device signs.
struct SignedGroupEvent {
  Bytes event;
  SignedDeviceList device_list;
  Ed25519Signature signature;

  static constexpr auto describe() {
    using Self = SignedGroupEvent;
    return message("SignedGroupEvent", "A group's event as a member's device signed it.",
                   field(1, "event", &Self::event, at_most(max_body_size), "Canonical encoding of a GroupEvent."),
                   field(2, "device_list", &Self::device_list, "The actor's list at that time; names its device."),
                   field(3, "signature", &Self::signature,
                         "Ed25519 by the device's signing key, context 'sotto group event v1'."));
  }
};

/// Creates a group. Repeating it gives the same answer.
struct CreateGroup {
  MessageId message;
  SignedGroupEvent event;

  static constexpr auto describe() {
    return wire::message("CreateGroup", "Creates a group or channel; its event becomes the first entry of its log.",
                         field(1, "message", &CreateGroup::message, "The entry's id; makes it repeatable."),
                         field(2, "event", &CreateGroup::event, "Number 1."));
  }
};

/// Adds an event to a group's chain and log. Refused with `stale_epoch` if another event came first.
struct ChangeGroup {
  ConversationId conversation;
  MessageId message;
  SignedGroupEvent event;

  static constexpr auto describe() {
    return wire::message("ChangeGroup", "Changes a group; the event becomes an entry of its log.",
                         field(1, "conversation", &ChangeGroup::conversation, "Which."),
                         field(2, "message", &ChangeGroup::message, "The entry's id; makes it repeatable."),
                         field(3, "event", &ChangeGroup::event, "The next number."));
  }
};

/// Reads a group's chain. A member needs no `invitation`; anyone else names one that is open.
struct ReadGroup {
  ConversationId conversation;
  std::uint64_t after = 0;
  std::optional<InvitationId> invitation;

  static constexpr auto describe() {
    return message("ReadGroup", "Reads a group's membership chain.",
                   field(1, "conversation", &ReadGroup::conversation, "Which."),
                   field(2, "after", &ReadGroup::after, "The number of the last event already held."),
                   field(3, "invitation", &ReadGroup::invitation, "Shown by who is not a member yet."));
  }
};

struct GroupPage {
  std::vector<SignedGroupEvent> events;
  bool more = false;

  static constexpr auto describe() {
    return message("GroupPage", "Consecutive events of a chain.",
                   field(1, "events", &GroupPage::events, at_most(max_page_entries), "Ascending, without a gap."),
                   field(2, "more", &GroupPage::more, "Whether more follow."));
  }
};

/// Reads who is in a conversation and how far they are, in ascending order of account.
struct ReadMembers {
  ConversationId conversation;
  std::optional<AccountId> after;

  static constexpr auto describe() {
    return message("ReadMembers", "Reads the members of a conversation.",
                   field(1, "conversation", &ReadMembers::conversation, "Which."),
                   field(2, "after", &ReadMembers::after, "The last account already held."));
  }
};

struct MemberState {
  AccountId account;
  std::uint64_t device_list_version = 0;
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;

  static constexpr auto describe() {
    using Self = MemberState;
    return message("MemberState", "A member as the server sees it.", field(1, "account", &Self::account, "Who."),
                   field(2, "device_list_version", &Self::device_list_version, "Of its newest device list."),
                   field(3, "delivered", &Self::delivered, "As in Member."),
                   field(4, "read", &Self::read, "As in Member."));
  }
};

struct MembersPage {
  std::uint64_t epoch = 0;
  std::vector<MemberState> members;
  bool more = false;

  static constexpr auto describe() {
    return message("MembersPage", "Members of a conversation.",
                   field(1, "epoch", &MembersPage::epoch, "The conversation's epoch at the time of this page."),
                   field(2, "members", &MembersPage::members, at_most(max_members_at_once), "Ascending by account."),
                   field(3, "more", &MembersPage::more, "Whether more follow."));
  }
};

/// Asks to be let in by an invitation that needs approval. Repeating it changes nothing.
struct RequestJoin {
  ConversationId conversation;
  InvitationId invitation;
  Ed25519Signature proof;

  static constexpr auto describe() {
    return message("RequestJoin", "Asks to be added to a group.",
                   field(1, "conversation", &RequestJoin::conversation, "Which group."),
                   field(2, "invitation", &RequestJoin::invitation, "By which invitation."),
                   field(3, "proof", &RequestJoin::proof, "As in MemberJoined."));
  }
};

/// For owners and administrators.
struct ListJoinRequests {
  ConversationId conversation;

  static constexpr auto describe() {
    return message("ListJoinRequests", "Lists who asks to be added to a group.",
                   field(1, "conversation", &ListJoinRequests::conversation, "Which."));
  }
};

struct JoinRequest {
  AccountId account;
  InvitationId invitation;
  Ed25519Signature proof;
  UnixMillis asked_at;

  static constexpr auto describe() {
    return message("JoinRequest", "Somebody who asks to be added.", field(1, "account", &JoinRequest::account, "Who."),
                   field(2, "invitation", &JoinRequest::invitation, "By which invitation."),
                   field(3, "proof", &JoinRequest::proof, "As in MemberJoined."),
                   field(4, "asked_at", &JoinRequest::asked_at, "By the server's clock."));
  }
};

struct JoinRequests {
  std::vector<JoinRequest> requests;

  static constexpr auto describe() {
    return message("JoinRequests", "Who asks to be added, oldest first.",
                   field(1, "requests", &JoinRequests::requests, at_most(max_members_at_once), "At most 250."));
  }
};

/// Forgets a request; adding the account does so too.
struct DeclineJoin {
  ConversationId conversation;
  AccountId account;

  static constexpr auto describe() {
    return message("DeclineJoin", "Turns down a request to be added.",
                   field(1, "conversation", &DeclineJoin::conversation, "Which group."),
                   field(2, "account", &DeclineJoin::account, "Whose request."));
  }
};

}  // namespace sotto::wire
