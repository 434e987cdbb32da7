// The request reader yields the same request however its octets are cut, holds its limits while it reads, and refuses
// what two readers could understand differently.
#include "transport/http_request.h"

#include <gtest/gtest.h>

namespace sotto::transport {
namespace {

struct Read {
  std::optional<HttpRequest> request;
  std::optional<HttpError> error;
  std::string rest;
};

/// Offers the text in pieces of `piece` octets, as a connection would.
Read read_in_pieces(std::string_view text, std::size_t piece, const HttpLimits& limits = {}) {
  HttpRequestReader reader(limits);
  std::string waiting;
  while (!text.empty()) {
    waiting += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    const auto consumed = reader.read(as_bytes(waiting));
    if (!consumed) return {.request = {}, .error = consumed.error(), .rest = {}};
    waiting.erase(0, *consumed);
    if (reader.finished()) return {.request = reader.take(), .error = {}, .rest = waiting + std::string(text)};
  }
  return {.request = {}, .error = {}, .rest = waiting};
}

constexpr std::string_view post =
    "POST /api/v1/send HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\nhello"
    "GET / HTTP/1.1\r\n";

TEST(HttpRequestReader, AnyCutYieldsTheSameRequest) {
  for (std::size_t piece = 1; piece <= post.size(); ++piece) {
    const Read read = read_in_pieces(post, piece);
    ASSERT_TRUE(read.request) << piece;
    EXPECT_EQ(read.request->method, "POST");
    EXPECT_EQ(read.request->target, "/api/v1/send");
    EXPECT_EQ(read.request->body, "hello");
    EXPECT_TRUE(read.request->keep_alive);
    EXPECT_EQ(read.request->field("HOST"), "a.example");
    EXPECT_EQ(read.rest, "GET / HTTP/1.1\r\n") << piece;
  }
}

TEST(HttpRequestReader, AFieldThatComesTwiceIsBelievedInNeitherForm) {
  const Read read = read_in_pieces("GET / HTTP/1.1\r\nHost: a\r\nOrigin: x\r\norigin: y\r\n\r\n", 1'000);
  ASSERT_TRUE(read.request);
  EXPECT_EQ(read.request->field("Origin"), "");
  EXPECT_EQ(read.request->field("Cookie"), std::nullopt);
}

TEST(HttpRequestReader, AHeaderBeyondTheLimitIsRefusedWhereverItIsCut) {
  const std::string long_field = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n";
  const std::string endless = std::string(9'000, 'G');
  for (const std::size_t piece : {1u, 7u, 1'000u, 100'000u}) {
    EXPECT_EQ(read_in_pieces(long_field, piece).error, HttpError::header_too_large) << piece;
    EXPECT_TRUE(read_in_pieces(endless, piece).error) << piece;
  }
}

TEST(HttpRequestReader, ABodyBeyondTheLimitIsRefusedAtItsLengthOrWhileReading) {
  const std::string stated = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n";
  EXPECT_EQ(read_in_pieces(stated, 10).error, HttpError::body_too_large);
  std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int chunk = 0; chunk < 20; ++chunk) chunked += "1000\r\n" + std::string(4'096, 'x') + "\r\n";
  EXPECT_EQ(read_in_pieces(chunked, 500).error, HttpError::body_too_large);
}

TEST(HttpRequestReader, ReadsAChunkedBody) {
  const Read read = read_in_pieces(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 3);
  ASSERT_TRUE(read.request);
  EXPECT_EQ(read.request->body, "abcde");
}

TEST(HttpRequestReader, RefusesWhatIsAmbiguousOrNotHttp) {
  for (const std::string_view text :
       {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n folded\r\nX\x01: b\r\n\r\n",
        "GET /\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello from TLS\r\n\r\n"}) {
    EXPECT_EQ(read_in_pieces(text, 1'000).error, HttpError::malformed) << text;
  }
}

TEST(HttpRequestReader, AsksForTheBodyOnceWhenTheClientWaitsForThat) {
  HttpRequestReader reader(HttpLimits{});
  const std::string_view head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
  ASSERT_EQ(reader.read(as_bytes(head)), head.size());
  EXPECT_TRUE(reader.header_is_read());
  EXPECT_TRUE(reader.wants_continue());
  EXPECT_FALSE(reader.wants_continue());
  ASSERT_EQ(reader.read(as_bytes("ok")), 2u);
  EXPECT_TRUE(reader.finished());
}

TEST(HttpRequest, KnowsAnUpgrade) {
  const Read read = read_in_pieces(
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n", 1'000);
  ASSERT_TRUE(read.request);
  EXPECT_TRUE(read.request->upgrade);
}

}  // namespace
}  // namespace sotto::transport
