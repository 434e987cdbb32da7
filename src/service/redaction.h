#pragma once

#include "service/context.h"
#include "wire/account.h"
#include "wire/conversation.h"

namespace sotto::service {

/// Drops bodies for good. Their entries stay, so that the log has no gap.
class Redaction {
 public:
  /// All or none: `forbidden` if one of the entries is another's and the caller no administrator of the group,
  /// `invalid_value` if one is a group event, `not_found` if the caller may not read one. What was dropped before stays
  /// so and is told to nobody.
  [[nodiscard]] Outcome<wire::Done> redact(UnitOfWork& unit, const Caller& caller, const wire::Redact& request,
                                           const Moment& moment) const;
};

}  // namespace sotto::service
