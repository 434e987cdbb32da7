#include "gateway/http_body.h"
#include "gateway/http_session.h"

namespace sotto::gateway {

void HttpSession::serve_page(const transport::HttpRequest& request) {
  const auto value_of = [&request](std::string_view name) { return request.field(name).value_or(""); };
  auto response = surroundings_.web.answer({.target = request.target,
                                            .accept = value_of("Accept"),
                                            .accept_encoding = value_of("Accept-Encoding"),
                                            .none_match = value_of("If-None-Match")});
  if (response) return answer(std::move(*response));
  answer(error_of(wire::ErrorCode::unknown_operation, "There is no such route."));
}

}  // namespace sotto::gateway
