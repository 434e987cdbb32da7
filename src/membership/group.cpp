#include "membership/group.h"

#include <algorithm>

#include "crypto/hash.h"
#include "membership/event_check.h"
#include "membership/group_changes.h"
#include "membership/labels.h"

namespace sotto::membership {
namespace {

std::expected<void, GroupError> check_place(const Group& group, const wire::GroupEvent& event) {
  if (event.conversation != group.id) return std::unexpected(GroupError::wrong_group);
  if (event.number != group.number + 1) return std::unexpected(GroupError::wrong_number);
  if (event.previous != group.head) return std::unexpected(GroupError::forked);
  if (group.closed) return std::unexpected(GroupError::closed);
  return {};
}

/// The key that the chain names for the actor; who joins brings its own, which the chain then names.
std::expected<Ed25519PublicKey, GroupError> account_key_of(const Member* actor, const wire::GroupEvent& event) {
  const auto* joined = std::get_if<wire::MemberJoined>(&event.change);
  if ((joined == nullptr) == (actor == nullptr)) return std::unexpected(GroupError::not_allowed);
  return joined != nullptr ? joined->account_key : actor->account_key;
}

/// A device that was taken off the list may keep an old list that names it: whoever has acted by a newer one does not
/// go back.
bool goes_back(const Member& actor, const CheckedEvent& checked) {
  if (checked.device_list_version < actor.device_list_version) return true;
  return checked.device_list_version == actor.device_list_version && checked.device_list != actor.device_list;
}

/// Notes the event as the newest one, and the list by which the actor acted if it is still in.
void conclude(Group& group, const CheckedEvent& checked) {
  group.number = checked.event.number;
  group.head = checked.digest;
  const auto actor = std::ranges::lower_bound(group.members, checked.event.actor, {}, &Member::account);
  if (actor == group.members.end() || actor->account != checked.event.actor) return;
  actor->device_list_version = checked.device_list_version;
  actor->device_list = checked.device_list;
}

std::expected<const wire::GroupMember*, GroupError> creator_of(const wire::GroupCreated& created, AccountId actor) {
  const auto found = std::ranges::find(created.members, actor, &wire::GroupMember::account);
  if (found == created.members.end()) return std::unexpected(GroupError::invalid_change);
  return &*found;
}

}  // namespace

const Member* Group::find(AccountId account) const {
  const auto found = std::ranges::lower_bound(members, account, {}, &Member::account);
  return found != members.end() && found->account == account ? &*found : nullptr;
}

const Invitation* Group::find(InvitationId invitation) const {
  const auto found = std::ranges::find(invitations, invitation, &Invitation::invitation);
  return found != invitations.end() ? &*found : nullptr;
}

std::string_view explain(GroupError error) {
  switch (error) {
    case GroupError::malformed:
      return "the event is not one";
    case GroupError::not_canonical:
      return "the event is not in its canonical encoding";
    case GroupError::bad_signature:
      return "a signature does not verify";
    case GroupError::device_not_vouched_for:
      return "the device list does not vouch for the acting device";
    case GroupError::old_device_list:
      return "the device list is older than one by which the actor has acted";
    case GroupError::wrong_group:
      return "the event belongs to another group";
    case GroupError::wrong_number:
      return "the event is not the next one";
    case GroupError::forked:
      return "the event follows another one than the newest";
    case GroupError::closed:
      return "the group is closed";
    case GroupError::not_allowed:
      return "the actor may not do this";
    case GroupError::invalid_change:
      return "the change does not fit the group";
    case GroupError::limit_reached:
      return "the group has as many members or invitations as it may have";
    case GroupError::invitation_void:
      return "the invitation is void";
    case GroupError::bad_proof:
      return "the invitation's proof does not verify";
  }
  return "unknown";
}

ConversationId group_id(ByteView first_event) {
  const Sha256Digest digest = crypto::Sha256().update(as_bytes(label::group_id)).update(first_event).finish();
  ConversationId id;
  std::copy_n(digest.bytes.begin(), ConversationId::size, id.bytes.begin());
  return id;
}

std::expected<Group, GroupError> create(const wire::SignedGroupEvent& signed_event) {
  auto event = read_event(signed_event);
  if (!event) return std::unexpected(event.error());
  if (event->number != 1) return std::unexpected(GroupError::wrong_number);
  if (event->conversation) return std::unexpected(GroupError::wrong_group);
  const auto* created = std::get_if<wire::GroupCreated>(&event->change);
  if (event->previous || created == nullptr) return std::unexpected(GroupError::invalid_change);
  const auto creator = creator_of(*created, event->actor);
  if (!creator) return std::unexpected(creator.error());
  const Ed25519PublicKey account_key = (*creator)->account_key;

  Group group{
      .id = group_id(signed_event.event), .head = {}, .members = {}, .policies = {}, .profile = {}, .invitations = {}};
  if (auto begun = begin_with(group, *created, event->actor); !begun) return std::unexpected(begun.error());
  const auto checked = check_event(signed_event, *std::move(event), account_key);
  if (!checked) return std::unexpected(checked.error());
  conclude(group, *checked);
  return group;
}

std::expected<Group, GroupError> apply(const Group& group, const wire::SignedGroupEvent& signed_event) {
  auto event = read_event(signed_event);
  if (!event) return std::unexpected(event.error());
  if (const auto placed = check_place(group, *event); !placed) return std::unexpected(placed.error());
  const Member* actor = group.find(event->actor);
  const auto account_key = account_key_of(actor, *event);
  if (!account_key) return std::unexpected(account_key.error());
  const auto checked = check_event(signed_event, *std::move(event), *account_key);
  if (!checked) return std::unexpected(checked.error());
  if (actor != nullptr && goes_back(*actor, *checked)) return std::unexpected(GroupError::old_device_list);

  Group next = group;
  const auto changed = change_group(next, {.event = checked->event, .member = actor});
  if (!changed) return std::unexpected(changed.error());
  conclude(next, *checked);
  return next;
}

}  // namespace sotto::membership
