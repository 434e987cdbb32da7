// An address to listen on is read exactly or not at all.
#include "transport/listener.h"

#include <gtest/gtest.h>

namespace sotto::transport {
namespace {

TEST(ParseEndpoint, ReadsWhatItPrints) {
  for (const std::string_view text : {"127.0.0.1:7380", "0.0.0.0:0", "[::1]:65535", "[::]:80"}) {
    const auto endpoint = parse_endpoint(text);
    ASSERT_TRUE(endpoint) << text;
    EXPECT_EQ(to_text(*endpoint), text);
  }
}

TEST(ParseEndpoint, RefusesEverythingElse) {
  for (const std::string_view text : {"", ":", "7380", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                                      "127.0.0.1:80 ", "::1:80", "[127.0.0.1]:80", "[::1]", "example.org:80"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

}  // namespace
}  // namespace sotto::transport
