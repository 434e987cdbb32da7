#pragma once

#include "service/context.h"
#include "wire/account.h"
#include "wire/conversation.h"

namespace sotto::service {

/// Requests to join that wait for a group's administrators at the same time; what `wire::JoinRequests` can hold.
inline constexpr std::size_t max_join_requests = wire::max_members_at_once;

template <>
struct Findings<wire::RequestJoin> {
  /// When the invitation ends; 0 for never.
  UnixMillis invitation_ends;
};

/// Asking to be let in by an invitation that needs approval. Whoever shows no open invitation is told that there is no
/// such group.
class JoinRequests {
 public:
  [[nodiscard]] std::expected<Checked<wire::RequestJoin>, Refusal> check(UnitOfWork& unit, const Caller& caller,
                                                                         wire::RequestJoin request) const;
  [[nodiscard]] Outcome<wire::Done> request(UnitOfWork& unit, const Caller& caller,
                                            const Checked<wire::RequestJoin>& checked, const Moment& moment) const;
  [[nodiscard]] Outcome<wire::JoinRequests> list(UnitOfWork& unit, const Caller& caller,
                                                 const wire::ListJoinRequests& request, const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Done> decline(UnitOfWork& unit, const Caller& caller, const wire::DeclineJoin& request,
                                            const Moment& moment) const;
};

}  // namespace sotto::service
