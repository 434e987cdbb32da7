#include "service/join_requests.h"

#include <algorithm>

#include "membership/invitation_check.h"
#include "membership/permissions.h"
#include "service/conversations.h"
#include "service/group_refusals.h"

namespace sotto::service {
namespace {

using wire::ErrorCode;

std::expected<void, Refusal> check_administrator(UnitOfWork& unit, ConversationId conversation, const Caller& caller) {
  const auto membership = find_for_member(unit, conversation, caller.account);
  if (!membership || membership->conversation.kind == wire::ConversationKind::direct) return no_conversation();
  if (!membership::is_administrator(membership->member.role)) {
    return refuse(ErrorCode::forbidden, "only owners and administrators see requests to join", "conversation");
  }
  return {};
}

}  // namespace

std::expected<Checked<wire::RequestJoin>, Refusal> JoinRequests::check(UnitOfWork& unit, const Caller& caller,
                                                                       wire::RequestJoin request) const {
  const std::optional<membership::Group> group = find_group(unit, request.conversation);
  const membership::Invitation* const invitation = group ? group->find(request.invitation) : nullptr;
  const std::optional<StoredAccount> account = unit.accounts().find(caller.account);
  if (invitation == nullptr || !account) return no_conversation();
  const wire::JoinStatement statement{request.conversation, request.invitation, caller.account, account->account_key};
  // The time is for the writing unit to look at.
  const auto checked = membership::check_invitation(*group, statement, request.proof, UnixMillis{});
  if (!checked) return refusal_for(checked.error());
  if (!invitation->needs_approval) {
    return refuse(ErrorCode::invalid_value, "the invitation needs no approval", "invitation");
  }
  const UnixMillis ends = invitation->expires_at;
  return Checked<wire::RequestJoin>(std::move(request), {ends});
}

Outcome<wire::Done> JoinRequests::request(UnitOfWork& unit, const Caller& caller,
                                          const Checked<wire::RequestJoin>& checked, const Moment& moment) const {
  const wire::RequestJoin& request = checked.request();
  const UnixMillis ends = checked.findings().invitation_ends;
  if (ends.value != 0 && ends <= moment.now) return refusal_for(membership::GroupError::invitation_void);
  if (find_for_member(unit, request.conversation, caller.account)) {
    return refuse(ErrorCode::conflict, "the caller is a member", "conversation");
  }
  const std::vector<wire::JoinRequest> waiting = unit.groups().join_requests(request.conversation);
  if (std::ranges::find(waiting, caller.account, &wire::JoinRequest::account) != waiting.end()) {
    return Accepted<wire::Done>{};
  }
  if (waiting.size() >= max_join_requests) {
    return refuse(ErrorCode::limit_reached, "too many ask to join this group", "conversation");
  }
  unit.groups().insert_join_request(request.conversation,
                                    {caller.account, request.invitation, request.proof, moment.now});
  return Accepted<wire::Done>{};
}

Outcome<wire::JoinRequests> JoinRequests::list(UnitOfWork& unit, const Caller& caller,
                                               const wire::ListJoinRequests& request, const Moment& /*moment*/) const {
  if (auto right = check_administrator(unit, request.conversation, caller); !right) {
    return std::unexpected(std::move(right.error()));
  }
  return Accepted<wire::JoinRequests>{{unit.groups().join_requests(request.conversation)}, {}, {}};
}

Outcome<wire::Done> JoinRequests::decline(UnitOfWork& unit, const Caller& caller, const wire::DeclineJoin& request,
                                          const Moment& /*moment*/) const {
  if (auto right = check_administrator(unit, request.conversation, caller); !right) {
    return std::unexpected(std::move(right.error()));
  }
  if (!unit.groups().remove_join_request(request.conversation, request.account)) {
    return refuse(ErrorCode::not_found, "the account does not ask to join", "account");
  }
  return Accepted<wire::Done>{};
}

}  // namespace sotto::service
