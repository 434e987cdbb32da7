// Every error code has a status of the class that fits it, so no refusal looks like success to a client that reads the
// status alone.
#include "gateway/http_status.h"

#include <gtest/gtest.h>

namespace sotto::gateway {
namespace {

TEST(HttpStatus, EveryCodeIsAClientsOrTheServersFault) {
  for (const auto& code : wire::describe(std::type_identity<wire::ErrorCode>{}).values) {
    const unsigned status = http_status_of(code.value);
    EXPECT_GE(status, 400u) << code.name;
    EXPECT_LT(status, 600u) << code.name;
    const bool servers_fault = code.value == wire::ErrorCode::unavailable || code.value == wire::ErrorCode::internal ||
                               code.value == wire::ErrorCode::unspecified;
    EXPECT_EQ(status >= 500, servers_fault) << code.name;
  }
}

TEST(HttpStatus, TheOnesThatGenericClientsActOn) {
  EXPECT_EQ(http_status_of(wire::ErrorCode::token_expired), 401u);
  EXPECT_EQ(http_status_of(wire::ErrorCode::rate_limited), 429u);
  EXPECT_EQ(http_status_of(wire::ErrorCode::too_large), 413u);
  EXPECT_EQ(http_status_of(wire::ErrorCode::not_found), 404u);
  EXPECT_EQ(http_status_of(wire::ErrorCode::unavailable), 503u);
}

}  // namespace
}  // namespace sotto::gateway
