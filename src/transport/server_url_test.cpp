// An address of a server is read exactly or not at all, and only this machine counts as this machine.
#include "transport/server_url.h"

#include <gtest/gtest.h>

namespace sotto::transport {
namespace {

TEST(ServerUrl, ReadsHostPortAndScheme) {
  const auto url = parse_server_url("https://chat.example.org");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "chat.example.org");
  EXPECT_EQ(url->port, "443");
  EXPECT_TRUE(url->encrypted);
  EXPECT_EQ(url->authority(), "chat.example.org");
  EXPECT_EQ(parse_server_url("http://127.0.0.1:7380/")->authority(), "127.0.0.1:7380");
  EXPECT_EQ(parse_server_url("ws://[::1]:81")->authority(), "[::1]:81");
  EXPECT_EQ(parse_server_url("wss://[::1]")->authority(), "[::1]");
}

TEST(ServerUrl, RefusesEverythingElse) {
  for (const std::string_view text :
       {"", "chat.example.org", "ftp://a", "http://", "http:///", "http://a:0", "http://a:65536",
        "http://a:", "http://a:8x", "http://user@a", "http://a/path", "http://a?x", "http://[::1", "http://[a]",
        "http://[::1]x", "http://a b", "http://::1"}) {
    EXPECT_FALSE(parse_server_url(text)) << text;
  }
}

TEST(ServerUrl, KnowsThisMachine) {
  for (const std::string_view text : {"http://127.0.0.1:1", "http://127.9.9.9", "http://localhost:80", "ws://[::1]"}) {
    EXPECT_TRUE(parse_server_url(text)->is_this_machine()) << text;
  }
  for (const std::string_view text :
       {"http://128.0.0.1", "http://localhost.example", "http://127.0.0.1.example", "http://[::2]", "http://0.0.0.0"}) {
    EXPECT_FALSE(parse_server_url(text)->is_this_machine()) << text;
  }
}

}  // namespace
}  // namespace sotto::transport
