// A response is written as RFC 9112 wants it, and the WebSocket handshake answers as RFC 6455's example does.
#include "transport/http_response.h"

#include <gtest/gtest.h>

namespace sotto::transport {
namespace {

constexpr UnixMillis example_time{784'111'777'000};

TEST(HttpResponse, IsWrittenWithLengthAndDate) {
  const HttpResponse response{.status = 404, .fields = {{"X-Field", "value"}}, .body = "{}"};
  EXPECT_EQ(as_text(serialize(response, {.now = example_time, .keep_alive = true})),
            "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nConnection: keep-alive\r\n"
            "Content-Length: 2\r\nX-Field: value\r\n\r\n{}");
}

TEST(HttpResponse, ToHeadHasTheLengthOnly) {
  const HttpResponse response{.status = 200, .fields = {}, .body = "{}"};
  const Bytes octets = serialize(response, {.now = example_time, .keep_alive = false, .head_only = true});
  EXPECT_TRUE(as_text(octets).ends_with("Connection: close\r\nContent-Length: 2\r\n\r\n"));
}

TEST(HttpResponse, StatesTheLengthOfWhatManyAnswersSend) {
  HttpResponse response{.status = 200, .fields = {}, .body = {}};
  response.shared_body = std::make_shared<const Bytes>(7);
  const Bytes octets = serialize(response, {.now = example_time, .keep_alive = true});
  EXPECT_TRUE(as_text(octets).ends_with("Content-Length: 7\r\n\r\n"));
}

TEST(HttpResponse, OfWhatWasNotModifiedStatesNoLength) {
  const HttpResponse response{.status = 304, .fields = {}, .body = {}};
  const Bytes octets = serialize(response, {.now = example_time, .keep_alive = true});
  EXPECT_TRUE(as_text(octets).ends_with("Connection: keep-alive\r\n\r\n"));
}

TEST(WebSocketHandshake, AnswersTheExampleOfTheSpecification) {
  EXPECT_EQ(websocket_accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_TRUE(is_websocket_key("dGhlIHNhbXBsZSBub25jZQ=="));
  EXPECT_FALSE(is_websocket_key("dGhlIHNhbXBsZSBub25j"));
  EXPECT_FALSE(is_websocket_key("not base64"));
}

}  // namespace
}  // namespace sotto::transport
