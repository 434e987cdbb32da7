#include "bench/bench_account.h"

#include <chrono>

#include "crypto/system_random.h"

namespace sotto::bench {

std::expected<BenchAccount, std::string> register_account(Endpoint endpoint, const std::string& name) {
  crypto::SystemRandom random;
  service::testing::TestAccount account(name, random);
  auto connection = LoadConnection::connect(endpoint);
  if (!connection) return std::unexpected(connection.error());
  auto answer = (*connection)->call(account.registration(random));
  if (!answer) return std::unexpected(answer.error());
  const auto* signed_in = std::get_if<wire::SignedIn>(&*answer);
  if (signed_in == nullptr) return std::unexpected("the server answered a registration with something else");
  BenchAccount result{
      .keys = std::move(account), .access_token = signed_in->tokens.access_token, .connection = std::move(*connection)};
  auto authenticated = result.connection->call(wire::Authenticate{result.access_token});
  if (!authenticated) return std::unexpected(authenticated.error());
  return result;
}

std::expected<std::unique_ptr<LoadConnection>, std::string> open_stream(Endpoint endpoint,
                                                                        const std::string& access_token) {
  auto connection = LoadConnection::connect(endpoint);
  if (!connection) return connection;
  auto authenticated = (*connection)->call(wire::Authenticate{access_token});
  if (!authenticated) return std::unexpected(authenticated.error());
  return connection;
}

MessageId next_message_id(Random& random) {
  auto id = random.next<MessageId>();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  auto milliseconds = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  for (std::size_t index = 6; index-- > 0; milliseconds >>= 8) {
    id.bytes[index] = static_cast<std::uint8_t>(milliseconds);
  }
  return id;
}

}  // namespace sotto::bench
