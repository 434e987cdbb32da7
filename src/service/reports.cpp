#include "service/reports.h"

namespace sotto::service {

Outcome<wire::Done> Reports::report(UnitOfWork& unit, const Caller& caller, const wire::ReportConversation& request,
                                    const Moment& moment) const {
  if (!unit.conversations().find(request.conversation, caller.account)) {
    return refuse(wire::ErrorCode::not_found, "the caller has no such conversation", "conversation");
  }
  unit.reports().put({.reporter = caller.account,
                      .conversation = request.conversation,
                      .reason = request.reason,
                      .reported_at = moment.now});
  Accepted<wire::Done> accepted;
  accepted.events.push_back({.kind = SecurityEventKind::conversation_reported,
                             .at = moment.now,
                             .account = caller.account,
                             .device = caller.device,
                             .login = std::nullopt,
                             .address = {}});
  return accepted;
}

}  // namespace sotto::service
