#pragma once

#include "service/context.h"
#include "wire/account.h"
#include "wire/report.h"

namespace sotto::service {

/// Reports of conversations, for those who run the server.
class Reports {
 public:
  /// `not_found` for a conversation that the caller was never a member of.
  [[nodiscard]] Outcome<wire::Done> report(UnitOfWork& unit, const Caller& caller,
                                           const wire::ReportConversation& request, const Moment& moment) const;
};

}  // namespace sotto::service
