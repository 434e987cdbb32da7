#include "membership/group_changes.h"

#include <algorithm>

#include "membership/invitation_check.h"
#include "membership/permissions.h"

namespace sotto::membership {
namespace {

using Outcome = std::expected<void, GroupError>;

Outcome refuse(GroupError error) { return std::unexpected(error); }

template <class T, class Key>
bool is_ascending(const std::vector<T>& values, Key key) {
  const auto not_before = [&](const T& left, const T& right) {
    return std::invoke(key, left) >= std::invoke(key, right);
  };
  return std::ranges::adjacent_find(values, not_before) == values.end();
}

bool are_acceptable(const std::vector<wire::GroupMember>& members) {
  const auto is_unset = [](const wire::GroupMember& member) {
    return member.account.is_zero() || member.account_key.is_zero();
  };
  return !members.empty() && is_ascending(members, &wire::GroupMember::account) &&
         std::ranges::none_of(members, is_unset);
}

Member* find_in(Group& group, AccountId account) {
  const auto found = std::ranges::lower_bound(group.members, account, {}, &Member::account);
  return found != group.members.end() && found->account == account ? &*found : nullptr;
}

void insert(Group& group, const wire::GroupMember& added) {
  const auto place = std::ranges::lower_bound(group.members, added.account, {}, &Member::account);
  group.members.insert(
      place, {.account = added.account, .account_key = added.account_key, .role = added.role, .device_list = {}});
}

/// One overload for each kind of change.
class Changer {
 public:
  Changer(Group& next, const Acting& acting) : next_(next), acting_(acting) {}

  Outcome operator()(std::monostate) const { return refuse(GroupError::malformed); }
  Outcome operator()(const wire::GroupCreated&) const { return refuse(GroupError::invalid_change); }

  Outcome operator()(const wire::MembersAdded& added) const {
    if (!are_acceptable(added.members)) return refuse(GroupError::invalid_change);
    for (const wire::GroupMember& member : added.members) {
      if (!may_add(next_, role(), member.role)) return refuse(GroupError::not_allowed);
      if (next_.find(member.account) != nullptr) return refuse(GroupError::invalid_change);
    }
    if (next_.members.size() + added.members.size() > wire::max_members) return refuse(GroupError::limit_reached);
    for (const wire::GroupMember& member : added.members) insert(next_, member);
    return {};
  }

  Outcome operator()(const wire::MembersRemoved& removed) const {
    if (removed.accounts.empty() || !is_ascending(removed.accounts, std::identity())) {
      return refuse(GroupError::invalid_change);
    }
    const bool leaves = removed.accounts.size() == 1 && removed.accounts.front() == acting_.event.actor;
    for (const AccountId account : removed.accounts) {
      const Member* member = next_.find(account);
      if (member == nullptr) return refuse(GroupError::invalid_change);
      const bool allowed = leaves ? role() != wire::Role::owner : may_remove(role(), member->role);
      if (!allowed) return refuse(GroupError::not_allowed);
    }
    const auto goes = [&](const Member& member) {
      return std::ranges::binary_search(removed.accounts, member.account);
    };
    std::erase_if(next_.members, goes);
    return {};
  }

  Outcome operator()(const wire::RoleChanged& changed) const {
    Member* member = find_in(next_, changed.account);
    if (member == nullptr || member->role == changed.role) return refuse(GroupError::invalid_change);
    if (!may_change_role(role(), {.from = member->role, .to = changed.role})) return refuse(GroupError::not_allowed);
    member->role = changed.role;
    if (changed.role == wire::Role::owner) find_in(next_, acting_.event.actor)->role = wire::Role::admin;
    return {};
  }

  Outcome operator()(const wire::ProfileChanged& changed) const {
    if (!may_edit_profile(next_, role())) return refuse(GroupError::not_allowed);
    next_.profile = changed.profile;
    return {};
  }

  Outcome operator()(const wire::PoliciesChanged& changed) const {
    if (!may_govern(role())) return refuse(GroupError::not_allowed);
    next_.policies = changed.policies;
    return {};
  }

  Outcome operator()(const wire::InvitationCreated& created) const {
    if (!may_invite(role())) return refuse(GroupError::not_allowed);
    const bool grants_little = created.role == wire::Role::member || created.role == wire::Role::read_only;
    if (!grants_little || created.key.is_zero() || created.invitation.is_zero() ||
        next_.find(created.invitation) != nullptr) {
      return refuse(GroupError::invalid_change);
    }
    std::erase_if(next_.invitations,
                  [&](const Invitation& invitation) { return has_expired(invitation, acting_.event.at); });
    if (next_.invitations.size() >= wire::max_invitations) return refuse(GroupError::limit_reached);
    next_.invitations.push_back({.invitation = created.invitation,
                                 .key = created.key,
                                 .expires_at = created.expires_at,
                                 .max_uses = created.max_uses,
                                 .needs_approval = created.needs_approval,
                                 .role = created.role});
    return {};
  }

  Outcome operator()(const wire::InvitationRevoked& revoked) const {
    if (!may_invite(role())) return refuse(GroupError::not_allowed);
    if (next_.find(revoked.invitation) == nullptr) return refuse(GroupError::invitation_void);
    std::erase_if(next_.invitations,
                  [&](const Invitation& invitation) { return invitation.invitation == revoked.invitation; });
    return {};
  }

  Outcome operator()(const wire::MemberJoined& joined) const {
    const wire::JoinStatement statement{.conversation = next_.id,
                                        .invitation = joined.invitation,
                                        .account = acting_.event.actor,
                                        .account_key = joined.account_key};
    const auto invitation = check_invitation(next_, statement, joined.proof, acting_.event.at);
    if (!invitation) return refuse(invitation.error());
    if ((*invitation)->needs_approval) return refuse(GroupError::invitation_void);
    if (next_.members.size() >= wire::max_members) return refuse(GroupError::limit_reached);
    insert(next_, {.account = statement.account, .account_key = joined.account_key, .role = (*invitation)->role});
    use_up(joined.invitation);
    return {};
  }

  Outcome operator()(const wire::GroupClosed&) const {
    if (!may_govern(role())) return refuse(GroupError::not_allowed);
    next_.closed = true;
    next_.invitations.clear();
    return {};
  }

 private:
  /// Only MemberJoined comes without a member, and asks for no role.
  [[nodiscard]] wire::Role role() const { return acting_.member->role; }

  void use_up(InvitationId id) const {
    const auto used = std::ranges::find(next_.invitations, id, &Invitation::invitation);
    ++used->uses;
    if (used->max_uses != 0 && used->uses >= used->max_uses) next_.invitations.erase(used);
  }

  Group& next_;
  const Acting& acting_;
};

}  // namespace

std::expected<void, GroupError> begin_with(Group& group, const wire::GroupCreated& created, AccountId actor) {
  if (created.kind == wire::ConversationKind::direct || !are_acceptable(created.members)) {
    return refuse(GroupError::invalid_change);
  }
  for (const wire::GroupMember& member : created.members) {
    if ((member.role == wire::Role::owner) != (member.account == actor)) return refuse(GroupError::invalid_change);
    insert(group, member);
  }
  if (group.find(actor) == nullptr) return refuse(GroupError::invalid_change);
  group.kind = created.kind;
  group.policies = created.policies;
  group.profile = created.profile;
  return {};
}

std::expected<void, GroupError> change_group(Group& next, const Acting& acting) {
  return std::visit(Changer(next, acting), acting.event.change);
}

}  // namespace sotto::membership
