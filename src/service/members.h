#pragma once

#include "service/context.h"
#include "wire/conversation.h"

namespace sotto::service {

/// Who is in a conversation, for those who are.
class Members {
 public:
  [[nodiscard]] Outcome<wire::MembersPage> read(UnitOfWork& unit, const Caller& caller,
                                                const wire::ReadMembers& request, const Moment& moment) const;
};

}  // namespace sotto::service
