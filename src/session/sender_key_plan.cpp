#include <algorithm>
#include <iterator>

#include "session/sender_key.h"

// A source of its own, so that a program of the tests can put another decision in its place and see that it is found
// out (`test/simulation`).

namespace sotto::session {
namespace {

bool is_over(const OwnSenderChain& chain, UnixMillis now) {
  if (chain.iteration >= max_sender_chain_messages) return true;
  // A clock that was set back would otherwise keep the chain for long.
  return now < chain.begun_at || chain.begun_at + max_sender_chain_age <= now;
}

}  // namespace

SenderKeyPlan plan_sender_key(const OwnSenderChain* chain, const SenderKeyAudience& audience, UnixMillis now) {
  const bool begins =
      chain == nullptr || is_over(*chain, now) || !std::ranges::includes(audience.entitled, audience.holders);
  if (begins) return {.begins_chain = true, .recipients = {audience.entitled.begin(), audience.entitled.end()}};
  SenderKeyPlan plan;
  std::ranges::set_difference(audience.entitled, audience.holders, std::back_inserter(plan.recipients));
  return plan;
}

}  // namespace sotto::session
