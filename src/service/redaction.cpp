#include "service/redaction.h"

#include <algorithm>

#include "membership/permissions.h"
#include "service/conversations.h"
#include "service/notices.h"

namespace sotto::service {
namespace {

using wire::ErrorCode;

std::expected<void, Refusal> check_range(const wire::Redact& request, const StoredMembership& membership) {
  if (request.seqs.empty()) return refuse(ErrorCode::invalid_value, "no entry is named", "seqs");
  const auto is_readable = [&](std::uint64_t seq) {
    return seq > membership.member.log_start && seq <= membership.conversation.head;
  };
  if (!std::ranges::all_of(request.seqs, is_readable)) {
    return refuse(ErrorCode::not_found, "the caller has no such entry", "seqs");
  }
  return {};
}

std::expected<void, Refusal> check_right(const EntryOutline& entry, const StoredMembership& membership) {
  if (entry.kind == wire::EntryKind::group_event) {
    return refuse(ErrorCode::invalid_value, "events of the group stay", "seqs");
  }
  const bool is_moderator = membership.conversation.kind != wire::ConversationKind::direct &&
                            membership::is_administrator(membership.member.role);
  if (entry.sender != membership.member.account && !is_moderator) {
    return refuse(ErrorCode::forbidden, "the entry is another member's", "seqs");
  }
  return {};
}

}  // namespace

Outcome<wire::Done> Redaction::redact(UnitOfWork& unit, const Caller& caller, const wire::Redact& request,
                                      const Moment& /*moment*/) const {
  const auto membership = find_for_member(unit, request.conversation, caller.account);
  if (!membership) return no_conversation();
  if (auto checked = check_range(request, *membership); !checked) return std::unexpected(std::move(checked.error()));
  wire::Redacted redacted{request.conversation, {}};
  for (const EntryOutline& entry : unit.conversations().outline(request.conversation, request.seqs)) {
    if (auto right = check_right(entry, *membership); !right) return std::unexpected(std::move(right.error()));
    if (!entry.redacted) redacted.seqs.push_back(entry.seq);
  }
  Accepted<wire::Done> accepted;
  if (redacted.seqs.empty()) return accepted;
  unit.conversations().drop_bodies(request.conversation, redacted.seqs);
  notify(unit.conversations().accounts_of(request.conversation), &caller, std::move(redacted), accepted.notices);
  return accepted;
}

}  // namespace sotto::service
