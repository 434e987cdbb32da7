#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "transport/http_request.h"
#include "transport/outgoing_queue.h"

namespace sotto::transport {

struct HttpResponse {
  unsigned status = 200;
  /// Besides Date, Connection and Content-Length, which `serialize` adds.
  std::vector<HttpField> fields;
  std::string body;
  /// Instead of `body`: octets that many answers send. `serialize` states their length; who sends it appends them.
  SharedBytes shared_body = {};
};

/// What `serialize` has to know of the request that is answered.
struct HttpExchange {
  UnixMillis now;
  /// Else the server closes the connection after the answer.
  bool keep_alive = false;
  /// The answer to HEAD has the length of the body and not the body.
  bool head_only = false;
};

/// The octets of the response as HTTP/1.1.
[[nodiscard]] Bytes serialize(const HttpResponse& response, const HttpExchange& exchange);

/// RFC 9110 section 15: "Not Found".
[[nodiscard]] std::string_view reason_phrase(unsigned status);

/// RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
[[nodiscard]] std::string http_date(UnixMillis time);

/// The value of Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 section 4.2.2).
[[nodiscard]] std::string websocket_accept(std::string_view key);
/// Whether it is base64 of 16 octets.
[[nodiscard]] bool is_websocket_key(std::string_view key);

}  // namespace sotto::transport
