#pragma once

#include <expected>
#include <memory>
#include <string>

#include "base/random.h"
#include "bench/load_connection.h"
#include "service/testing/test_account.h"

namespace sotto::bench {

/// A freshly registered account with an authenticated stream.
struct BenchAccount {
  service::testing::TestAccount keys;
  std::string access_token;
  std::unique_ptr<LoadConnection> connection;
};

/// Registers an account with real keys and signatures, and authenticates a stream. The error is a sentence.
std::expected<BenchAccount, std::string> register_account(Endpoint endpoint, const std::string& name);

/// Opens and authenticates one more stream of a login.
std::expected<std::unique_ptr<LoadConnection>, std::string> open_stream(Endpoint endpoint,
                                                                        const std::string& access_token);

/// A message id as clients choose it: the time, then randomness.
MessageId next_message_id(Random& random);

}  // namespace sotto::bench
