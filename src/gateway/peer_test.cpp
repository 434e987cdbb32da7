// Limits are counted for what one customer of a network gets, and a forwarded address is the one that the nearest
// proxy wrote, never one that the client put before it.
#include "gateway/peer.h"

#include <gtest/gtest.h>

namespace sotto::gateway {
namespace {

std::string subject(const char* text) { return limit_subject(boost::asio::ip::make_address(text)); }

TEST(LimitSubject, IsTheAddressOrItsNetwork) {
  EXPECT_EQ(subject("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(subject("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(subject("2001:db8:1:2:3:4:5:6"), subject("2001:db8:1:2::1"));
  EXPECT_NE(subject("2001:db8:1:2::1"), subject("2001:db8:1:3::1"));
}

TEST(TrustedProxy, IsOneAddressOfEitherKindAndNoNeighbour) {
  const std::vector<std::string> listed{"192.0.2.7", "2001:db8::1", "::1", "no address"};
  const auto is = [&](const char* text) { return is_listed(boost::asio::ip::make_address(text), listed); };
  for (const char* text : {"192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1", "2001:0db8:0::0:1", "::1"}) {
    EXPECT_TRUE(is(text)) << text;
  }
  for (const char* text : {"192.0.2.8", "2001:db8::2", "::2", "0.0.0.1"}) EXPECT_FALSE(is(text)) << text;
}

TEST(ForwardedSubject, IsTheLastAddress) {
  EXPECT_EQ(forwarded_subject("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(forwarded_subject("10.0.0.1, 192.0.2.7 "), "192.0.2.7");
  for (const std::string_view text : {"", "unknown", "192.0.2.7,", "192.0.2.7:80", "a, b"}) {
    EXPECT_EQ(forwarded_subject(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sotto::gateway
