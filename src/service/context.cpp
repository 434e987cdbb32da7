#include "service/context.h"

namespace sotto::service {

std::unexpected<Refusal> refuse(wire::ErrorCode code, std::string_view message, std::string_view field) {
  Refusal refusal;
  refusal.error.code = code;
  refusal.error.message = message;
  refusal.error.field = field;
  return std::unexpected(std::move(refusal));
}

std::shared_ptr<const wire::ServerFrame> push_frame(wire::Answer push) {
  auto frame = std::make_shared<wire::ServerFrame>();
  frame->answer = std::move(push);
  return frame;
}

}  // namespace sotto::service
