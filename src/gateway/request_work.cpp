#include "gateway/request_work.h"

namespace sotto::gateway {
namespace {

wire::Error unavailable(std::string_view message) {
  return {.code = wire::ErrorCode::unavailable,
          .message = std::string(message),
          .field = {},
          .retry_after_ms = 1'000,
          .stale_epoch = {}};
}

void record(const WorkParts& parts, const Asked& asked, std::vector<service::SecurityEvent>& events) {
  for (service::SecurityEvent& event : events) {
    event.address = asked.address;
    parts.events.record(event);
  }
}

}  // namespace

void publish(const WorkParts& parts, const Asked& asked, service::WorkOutcome outcome, Settled settled) {
  if (outcome == service::WorkOutcome::failed) {
    return parts.replies.put({asked.tag, unavailable("The storage failed; nothing was changed."), {}});
  }
  parts.replies.put({asked.tag, std::move(settled.answer), asked.caller});
  for (const service::Notice& notice : settled.notices) parts.bus.publish(notice);
  record(parts, asked, settled.events);
}

void turn_down(const WorkParts& parts, const Asked& asked, service::Refusal refusal) {
  parts.replies.put({asked.tag, std::move(refusal.error), {}});
  record(parts, asked, refusal.events);
}

void turn_down_busy(const WorkParts& parts, const Asked& asked) {
  parts.replies.put({asked.tag, unavailable("The server is busy; nothing was changed."), {}});
}

}  // namespace sotto::gateway
