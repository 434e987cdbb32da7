#pragma once

#include <gtest/gtest.h>

#include "api/api_server.h"
#include "api/http_client.h"
#include "api/stream_client.h"
#include "wire/json.h"

namespace sotto::test {

using service::testing::TestAccount;

/// An account that registered over HTTP, and what it can do there.
struct Person {
  Person(ApiServer& server, const std::string& name) : account(name, server.random), port(server.port()) {
    const HttpAnswer answer =
        call(port, {.target = "/api/v1/register", .body = wire::to_json(account.registration(server.random))});
    EXPECT_EQ(answer.status, 200u) << answer.body;
    signed_in = wire::from_json<wire::SignedIn>(answer.body).value_or(wire::SignedIn{});
  }

  [[nodiscard]] const std::string& token() const { return signed_in.tokens.access_token; }

  template <class Request>
  [[nodiscard]] HttpAnswer ask(std::string_view operation, const Request& request) const {
    return call(port,
                {.target = "/api/v1/" + std::string(operation), .body = wire::to_json(request), .token = token()});
  }

  [[nodiscard]] wire::Conversation open_with(const Person& peer) const {
    const HttpAnswer answer = ask("open_direct", wire::OpenDirect{peer.account.account});
    return wire::from_json<wire::Conversation>(answer.body).value_or(wire::Conversation{});
  }

  /// An authenticated stream.
  [[nodiscard]] std::unique_ptr<StreamClient> stream(StreamClientOptions options = {},
                                                     gateway::Form form = gateway::Form::binary) const {
    options.port = port;
    auto client = std::make_unique<StreamClient>(options);
    EXPECT_EQ(client->status(), 101u);
    EXPECT_TRUE(std::holds_alternative<wire::Authenticated>(client->ask(wire::Authenticate{token()}, form)));
    return client;
  }
  /// One that gets pushes.
  [[nodiscard]] std::unique_ptr<StreamClient> live_stream(StreamClientOptions options = {},
                                                          gateway::Form form = gateway::Form::binary) const {
    auto client = stream(std::move(options), form);
    EXPECT_TRUE(std::holds_alternative<wire::Resumed>(client->ask(wire::Resume{}, form)));
    return client;
  }

  TestAccount account;
  std::uint16_t port;
  wire::SignedIn signed_in;
};

inline MessageId message_id(std::uint32_t number) {
  MessageId id;
  for (std::size_t at = 0; at < 4; ++at) id.bytes[at] = static_cast<std::uint8_t>(number >> 8 * (3 - at));
  id.bytes[15] = 1;
  return id;
}

}  // namespace sotto::test
