// A page may speak to the server if it is on the list, letter for letter, or was asked of this very server by address;
// nothing that only looks alike passes.
#include "gateway/origin_policy.h"

#include <gtest/gtest.h>

namespace sotto::gateway {
namespace {

const OriginPolicy policy({"https://chat.example.org", "https://admin.example.org:8443"});

bool allows(std::string_view origin, std::string_view host) { return policy.allows({.origin = origin, .host = host}); }

TEST(OriginPolicy, AProgramWithoutOriginMaySpeak) {
  EXPECT_TRUE(policy.allows({.origin = std::nullopt, .host = "chat.example.org"}));
}

TEST(OriginPolicy, TheListIsMatchedExactly) {
  EXPECT_TRUE(allows("https://chat.example.org", "chat.example.org"));
  EXPECT_TRUE(allows("https://admin.example.org:8443", "other"));
  for (const std::string_view origin :
       {"", "null", "http://chat.example.org", "https://chat.example.org/", "https://chat.example.org:443",
        "https://CHAT.example.org", "https://chat.example.org.evil.example", "https://evil-chat.example.org",
        "https://admin.example.org", "https://evil.example"}) {
    EXPECT_FALSE(allows(origin, "chat.example.org")) << origin;
  }
}

TEST(OriginPolicy, TheServersOwnAddressIsAllowedButNoNameThatPointsToIt) {
  EXPECT_TRUE(allows("http://127.0.0.1:7380", "127.0.0.1:7380"));
  EXPECT_TRUE(allows("http://localhost:7380", "localhost:7380"));
  EXPECT_TRUE(allows("https://[::1]", "[::1]"));
  EXPECT_FALSE(allows("http://127.0.0.1:7380", "127.0.0.1:7381"));
  EXPECT_FALSE(allows("http://127.0.0.1:99999999", "127.0.0.1:99999999"));
  EXPECT_FALSE(allows("http://rebound.example:7380", "rebound.example:7380"));
  EXPECT_FALSE(policy.allows({.origin = "http://127.0.0.1:7380", .host = std::nullopt}));
}

TEST(OriginPolicy, KnowsTheFormOfAnOrigin) {
  for (const std::string_view text : {"https://a.example", "http://127.0.0.1:7380", "https://[::1]:8443"}) {
    EXPECT_TRUE(OriginPolicy::is_origin(text)) << text;
  }
  for (const std::string_view text : {"", "a.example", "ftp://a.example", "https://", "https://a.example/",
                                      "https://A.example", "https://a.example:443", "http://a.example:80", "*"}) {
    EXPECT_FALSE(OriginPolicy::is_origin(text)) << text;
  }
}

}  // namespace
}  // namespace sotto::gateway
