#pragma once

#include <expected>
#include <vector>

#include "wire/group.h"

namespace sotto::membership {

// A group as its membership chain says it is. Server and clients replay the same events by the same rules, one at a
// time from number 1, and hold equal values afterwards. Nothing in here depends on who replays, or when.

/// Somebody in a group.
struct Member {
  AccountId account;
  /// Its account key as the chain vouches for it. Devices that another key vouches for are none of this member's.
  Ed25519PublicKey account_key;
  wire::Role role = wire::Role::member;
  /// The newest device list by which this member has acted since it is in; version 0 if it has not.
  std::uint64_t device_list_version = 0;
  /// SHA-256 of that list; zero if it has not acted.
  Sha256Digest device_list;

  friend bool operator==(const Member&, const Member&) = default;
  static constexpr auto describe() {
    using wire::field;
    return wire::message(
        "StoredMember", "Somebody in a group.", field(1, "account", &Member::account, "Who."),
        field(2, "account_key", &Member::account_key, "Its account key."),
        field(3, "role", &Member::role, "What it may do."),
        field(4, "device_list_version", &Member::device_list_version, "The newest list by which it acted; 0 for none."),
        field(5, "device_list", &Member::device_list, "SHA-256 of that list."));
  }
};

/// An invitation that is neither revoked nor used up. It may have expired.
struct Invitation {
  InvitationId invitation;
  Ed25519PublicKey key;
  UnixMillis expires_at;
  std::uint32_t max_uses = 0;
  bool needs_approval = false;
  wire::Role role = wire::Role::member;
  /// How many have joined by it.
  std::uint32_t uses = 0;

  friend bool operator==(const Invitation&, const Invitation&) = default;
  static constexpr auto describe() {
    using Self = Invitation;
    using wire::field;
    return wire::message("StoredInvitation", "An invitation that is neither revoked nor used up.",
                         field(1, "invitation", &Self::invitation, "Its id."),
                         field(2, "key", &Self::key, "Verifies who holds the link."),
                         field(3, "expires_at", &Self::expires_at, "Void from then on; 0 for never."),
                         field(4, "max_uses", &Self::max_uses, "Void after so many; 0 for any number."),
                         field(5, "needs_approval", &Self::needs_approval, "Holders only ask."),
                         field(6, "role", &Self::role, "What its holders become."),
                         field(7, "uses", &Self::uses, "How many have joined by it."));
  }
};

/// The state after `number` events. Its canonical encoding may be stored; it holds nothing secret.
struct Group {
  /// First 16 octets of SHA-256("sotto group v1" || first event).
  ConversationId id;
  wire::ConversationKind kind = wire::ConversationKind::group;
  /// Of the newest event.
  std::uint64_t number = 0;
  /// SHA-256 of the newest event; the next one's `previous`.
  Sha256Digest head;
  /// In ascending order of account; never empty, exactly one owner.
  std::vector<Member> members;
  wire::GroupPolicies policies;
  /// SHA-256 of the current GroupProfile's encoding.
  Sha256Digest profile;
  /// In the order in which they were created.
  std::vector<Invitation> invitations;
  /// Nothing is sent or changed any more.
  bool closed = false;

  /// Nothing if the account is not in the group. Valid until the group is changed.
  [[nodiscard]] const Member* find(AccountId account) const;
  [[nodiscard]] const Invitation* find(InvitationId invitation) const;

  friend bool operator==(const Group&, const Group&) = default;
  static constexpr auto describe() {
    using wire::field;
    return wire::message(
        "StoredGroup", "A group after its newest event.", field(1, "id", &Group::id, "Its id."),
        field(2, "kind", &Group::kind, "Group or channel."), field(3, "number", &Group::number, "The newest event's."),
        field(4, "head", &Group::head, "SHA-256 of the newest event."),
        field(5, "members", &Group::members, wire::at_most(wire::max_members), "Ascending by account."),
        field(6, "policies", &Group::policies, "What holds."),
        field(7, "profile", &Group::profile, "SHA-256 of the profile."),
        field(8, "invitations", &Group::invitations, wire::at_most(wire::max_invitations), "Oldest first."),
        field(9, "closed", &Group::closed, "Nothing changes any more."));
  }
};

/// Why an event is no part of a chain. The group is as it was before.
enum class GroupError : std::uint8_t {
  /// The event or the device list is not a message, or it is of a kind that is not known.
  malformed,
  /// Well-formed octets, but not the one encoding of their fields.
  not_canonical,
  /// The device's signature or the account key's does not verify.
  bad_signature,
  /// The device list is another account's, is not in order, or does not name the acting device.
  device_not_vouched_for,
  /// The device list is older than one by which the actor has acted here, or contradicts it.
  old_device_list,
  /// The event names another group, or a first event names one.
  wrong_group,
  /// Not the next number. A lower one lost a race or is repeated; a higher one needs those in between first.
  wrong_number,
  /// The next number, but on top of another event than the newest one here.
  forked,
  /// The group is closed.
  closed,
  /// The actor is no member (or, joining, already one) or lacks the right to this change.
  not_allowed,
  /// The change names members, roles, keys or an invitation that do not fit the group as it is.
  invalid_change,
  /// More members or open invitations than a group may have.
  limit_reached,
  /// The invitation is not there, revoked, used up, expired, or needs approval.
  invitation_void,
  /// The proof was not made with the invitation's key for this account and group.
  bad_proof,
};

/// The reason in English, for developers and logs.
[[nodiscard]] std::string_view explain(GroupError error);

/// First 16 octets of SHA-256("sotto group v1" || `first_event`), which is the event's canonical encoding.
[[nodiscard]] ConversationId group_id(ByteView first_event);

/// The group after its first event, which is number 1 and a GroupCreated.
[[nodiscard]] std::expected<Group, GroupError> create(const wire::SignedGroupEvent& signed_event);

/// The group after its next event. `group` itself never changes.
///
/// Invitations expire by the event's own time `at`, the only one that everybody sees alike. A server therefore also
/// checks MemberJoined against its own clock (`check_invitation`), and that `device_list` is the actor's newest.
[[nodiscard]] std::expected<Group, GroupError> apply(const Group& group, const wire::SignedGroupEvent& signed_event);

/// What an event says, unchecked: for showing and for routing. Errors: malformed, not_canonical.
[[nodiscard]] std::expected<wire::GroupEvent, GroupError> read_event(const wire::SignedGroupEvent& signed_event);

}  // namespace sotto::membership
