// Linked in place of the session room's own decision: a chain that somebody holds who may not read any more goes on.
// The simulation has to find that out (threats 2 and 10); no other program has this.

#include <algorithm>
#include <iterator>

#include "session/sender_key.h"

namespace sotto::session {

SenderKeyPlan plan_sender_key(const OwnSenderChain* chain, const SenderKeyAudience& audience, UnixMillis /*now*/) {
  if (chain == nullptr)
    return {.begins_chain = true, .recipients = {audience.entitled.begin(), audience.entitled.end()}};
  SenderKeyPlan plan;
  std::ranges::set_difference(audience.entitled, audience.holders, std::back_inserter(plan.recipients));
  return plan;
}

}  // namespace sotto::session
