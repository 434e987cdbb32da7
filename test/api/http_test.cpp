// HTTP is answered in order, within its limits of size and time, with the fields that keep a browser safe; and nobody
// can use an object that is another's.
#include <thread>

#include "api/signed_in.h"

namespace sotto::test {
namespace {

using wire::ErrorCode;

constexpr std::string_view health = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(Http, ServesHealthReadinessAndAnIndex) {
  ApiServer server;
  for (const char* target : {"/healthz", "/readyz", "/api/v1"}) {
    EXPECT_EQ(call(server.port(), {.method = "GET", .target = target, .body = {}, .token = {}}).status, 200u) << target;
  }
  EXPECT_EQ(call(server.port(), {.method = "GET", .target = "/metrics", .body = {}, .token = {}}).status, 404u);
  const HttpAnswer unknown = call(server.port(), {.method = "GET", .target = "/nowhere", .body = {}, .token = {}});
  EXPECT_EQ(unknown.status, 404u);
  EXPECT_EQ(unknown.error().code, ErrorCode::unknown_operation);
}

TEST(Http, MetricsAreOnTheAdministratorsPortOnly) {
  ApiServer server;
  const Person ada(server, "ada");
  const HttpAnswer metrics =
      call(server.admin_port(), {.method = "GET", .target = "/metrics", .body = {}, .token = {}});
  EXPECT_EQ(metrics.status, 200u);
  EXPECT_NE(metrics.body.find("sotto_requests_total{operation=\"register\",result=\"granted\"} 1"), std::string::npos)
      << metrics.body;
  EXPECT_EQ(call(server.admin_port(), {.target = "/api/v1/list_logins", .body = "{}", .token = ada.token()}).status,
            404u);
}

TEST(Http, EveryAnswerTellsABrowserToBeCareful) {
  ApiServer server;
  for (const char* target : {"/healthz", "/nowhere", "/api/v1/send"}) {
    const HttpAnswer answer = call(server.port(), {.method = "GET", .target = target, .body = {}, .token = {}});
    EXPECT_TRUE(answer.fields.at("content-security-policy").starts_with("default-src 'none'"));
    EXPECT_EQ(answer.fields.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.fields.at("cache-control"), "no-store");
    EXPECT_EQ(answer.fields.at("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.fields.at("x-frame-options"), "DENY");
    EXPECT_FALSE(answer.fields.contains("strict-transport-security"));
  }
}

TEST(Http, AnswersPipelinedRequestsInOrder) {
  ApiServer server;
  const Person ada(server, "ada");
  RawClient client(server.port());
  std::string requests;
  for (int count = 0; count < 20; ++count) {
    requests +=
        "POST /api/v1/list_logins HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
        ada.token() + "\r\nContent-Length: 2\r\n\r\n{}";
    requests += "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n";
  }
  ASSERT_TRUE(client.send(requests));
  for (int count = 0; count < 20; ++count) {
    EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 200u) << count;
    EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 404u) << count;
  }
}

TEST(Http, AnswersHeadWithoutABody) {
  ApiServer server;
  RawClient client(server.port());
  client.expect_no_body();
  client.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).fields["content-length"], "15");
  client.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 200u);
  EXPECT_TRUE(client.is_closed_within());
}

TEST(Http, AClientThatClosesItsSideIsStillAnswered) {
  ApiServer server;
  RawClient client(server.port());
  client.send("GET /readyz HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 200u);
  EXPECT_TRUE(client.is_closed_within());
}

TEST(Http, WhatIsNotHttpIsRefusedAndCutOff) {
  ApiServer server;
  for (const std::string& octets :
       {std::string("hello\r\n\r\n"), std::string("\x16\x03\x01\x02\x00\x01\x00", 7) + "\r\n\r\n",
        std::string("GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
        std::string("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n")}) {
    RawClient client(server.port());
    client.send(octets);
    EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 400u) << octets;
    EXPECT_TRUE(client.is_closed_within());
  }
}

TEST(Http, AHeaderBeyondTheLimitIsRefusedWhileReading) {
  ApiServer server;
  RawClient client(server.port());
  client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'x'));
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 431u);
  EXPECT_TRUE(client.is_closed_within());
}

TEST(Http, ABodyBeyondTheLimitIsRefusedAtItsStatedLength) {
  ApiServer server;
  RawClient client(server.port());
  client.send("POST /api/v1/register HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 413u);
  EXPECT_TRUE(client.is_closed_within());
}

TEST(Http, AsksForABodyThatTheClientHoldsBack) {
  ApiServer server;
  RawClient client(server.port());
  client.send(
      "POST /api/v1/refresh HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
      "Content-Length: 21\r\n\r\n");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 100u);
  client.send(R"({"refresh_token":"x"})");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 401u);
}

class SlowHttp : public ::testing::Test {
 protected:
  static ApiOptions options() {
    ApiOptions options;
    options.gateway.header_timeout = std::chrono::milliseconds(300);
    options.gateway.body_grace = std::chrono::milliseconds(300);
    options.gateway.keep_alive_timeout = std::chrono::milliseconds(300);
    options.gateway.close_timeout = std::chrono::milliseconds(300);
    return options;
  }
  /// Sends one octet at a time until the server has had enough; bounded by the text.
  static void trickle(RawClient& client, std::string_view text) {
    for (const char octet : text) {
      if (!client.send(std::string_view(&octet, 1))) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  ApiServer server_{options()};
};

TEST_F(SlowHttp, ASlowHeaderIsCutOff) {
  RawClient client(server_.port());
  trickle(client, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Field: something long");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 408u);
  EXPECT_TRUE(client.is_closed_within());
  EXPECT_EQ(server_.metrics().timeouts, 1u);
}

TEST_F(SlowHttp, ATrickledBodyIsCutOff) {
  RawClient client(server_.port());
  client.send("POST /api/v1/register HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
  trickle(client, std::string(60, ' '));
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 408u);
  EXPECT_TRUE(client.is_closed_within());
}

TEST_F(SlowHttp, AnIdleConnectionIsClosedWithoutAWord) {
  RawClient client(server_.port());
  client.send(health);
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 200u);
  EXPECT_TRUE(client.is_closed_within());
}

TEST_F(SlowHttp, AConnectionThatSaysNothingIsClosed) {
  RawClient client(server_.port());
  EXPECT_TRUE(client.is_closed_within());
}

TEST(HttpLimits, ATooFrequentRequestIsToldWhenToComeBack) {
  ApiOptions options;
  options.limits[service::Action::logins] = {2, seconds(30)};
  ApiServer server(std::move(options));
  const Person ada(server, "ada");
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).status, 200u);
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).status, 200u);
  const HttpAnswer refused = ada.ask("list_logins", wire::ListLogins{});
  EXPECT_EQ(refused.status, 429u);
  EXPECT_GT(refused.error().retry_after_ms, 0u);
  EXPECT_GT(std::stoi(refused.fields.at("retry-after")), 0);
}

TEST(HttpLimits, BehindATrustedProxyEachClientHasItsOwnLimit) {
  ApiOptions options;
  options.gateway.trusted_proxies = {"127.0.0.1"};
  options.limits[service::Action::refresh] = {1, seconds(30)};
  ApiServer server(std::move(options));
  const auto refresh_for = [&](const std::string& client) {
    return call(server.port(), {.target = "/api/v1/refresh",
                                .body = R"({"refresh_token":"x"})",
                                .fields = {{"Content-Type", "application/json"}, {"X-Forwarded-For", client}},
                                .token = {}})
        .status;
  };
  EXPECT_EQ(refresh_for("192.0.2.1"), 401u);
  EXPECT_EQ(refresh_for("192.0.2.1"), 429u);
  EXPECT_EQ(refresh_for("192.0.2.2"), 401u);
}

TEST(HttpLimits, WithoutATrustedProxyTheFieldIsNotBelieved) {
  ApiOptions options;
  options.limits[service::Action::refresh] = {1, seconds(30)};
  ApiServer server(std::move(options));
  const HttpCall request{.target = "/api/v1/refresh",
                         .body = R"({"refresh_token":"x"})",
                         .fields = {{"Content-Type", "application/json"}, {"X-Forwarded-For", "192.0.2.1"}},
                         .token = {}};
  EXPECT_EQ(call(server.port(), request).status, 401u);
  HttpCall other = request;
  other.fields[1].value = "192.0.2.2";
  EXPECT_EQ(call(server.port(), other).status, 429u);
}

TEST(HttpLimits, Threat35TokensThatAreNoneAreTriedSoOftenOnly) {
  ApiOptions options;
  options.limits[service::Action::refused_token] = {2, seconds(30)};
  ApiServer server(std::move(options));
  Person ada(server, "ada");
  const auto stream = ada.stream();
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).status, 200u);
  const std::string good = ada.signed_in.tokens.access_token;
  ada.signed_in.tokens.access_token.back() ^= 1;
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).status, 401u);
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).status, 401u);
  const HttpAnswer refused = ada.ask("list_logins", wire::ListLogins{});
  EXPECT_EQ(refused.status, 429u);
  EXPECT_GT(std::stoi(refused.fields.at("retry-after")), 0);
  // Whoever is known already is not held up.
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(stream->ask(wire::ListLogins{})));
  server.clock.move(seconds(31));
  ada.signed_in.tokens.access_token = good;
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).status, 200u);
}

TEST(Http, Threat31NoAnswerLetsAnotherOriginRead) {
  ApiServer server;
  for (const char* method : {"OPTIONS", "POST", "GET"}) {
    for (const char* target : {"/api/v1/send", "/api/v1", "/healthz", "/api/v1/stream", "/transparency/key"}) {
      const HttpAnswer answer = call(server.port(), {.method = method,
                                                     .target = target,
                                                     .body = {},
                                                     .fields = {{"Origin", "https://evil.example"},
                                                                {"Access-Control-Request-Method", "POST"},
                                                                {"Content-Type", "application/json"}},
                                                     .token = {}});
      EXPECT_NE(answer.status, 0u) << method << target;
      for (const auto& [name, value] : answer.fields) EXPECT_FALSE(name.starts_with("access-control-")) << target;
    }
  }
}

TEST(HttpLimits, TooManyConnectionsAreTurnedAwayAndTheOthersServed) {
  ApiOptions options;
  options.gateway.max_connections = 2;
  ApiServer server(std::move(options));
  RawClient first(server.port());
  RawClient second(server.port());
  first.send(health);
  second.send(health);
  EXPECT_EQ(first.read_answer().value_or(HttpAnswer{}).status, 200u);
  EXPECT_EQ(second.read_answer().value_or(HttpAnswer{}).status, 200u);
  RawClient third(server.port());
  EXPECT_TRUE(third.is_closed_within());
  first.send(health);
  EXPECT_EQ(first.read_answer().value_or(HttpAnswer{}).status, 200u);
  EXPECT_EQ(server.metrics().connections_refused_total, 1u);
}

TEST(HttpAccounts, ClosedRegistrationIsForbidden) {
  ApiOptions options;
  options.gateway.registration = gateway::RegistrationPolicy::closed;
  ApiServer server(std::move(options));
  TestAccount account("ada", server.random);
  const HttpAnswer answer =
      call(server.port(),
           {.target = "/api/v1/register", .body = wire::to_json(account.registration(server.random)), .token = {}});
  EXPECT_EQ(answer.status, 403u);
}

TEST(HttpAccounts, AWrongPasswordAndAnUnknownNameAreAnsweredAlike) {
  ApiServer server;
  const Person ada(server, "ada");
  wire::SignIn wrong = ada.account.sign_in();
  wrong.password = "not the password";
  wire::SignIn unknown = wrong;
  unknown.name = "nobody";
  const auto sign_in = [&](const wire::SignIn& request) {
    return call(server.port(), {.target = "/api/v1/sign_in", .body = wire::to_json(request), .token = {}});
  };
  EXPECT_EQ(sign_in(wrong).status, 401u);
  EXPECT_EQ(sign_in(wrong).body, sign_in(unknown).body);
  EXPECT_EQ(sign_in(ada.account.sign_in()).status, 200u);
}

TEST(HttpAccounts, WhenAllPlacesForPasswordsAreTakenTheServerSaysSo) {
  ApiOptions options;
  options.passwords = {.threads = 0, .max_requests = 1};
  ApiServer server(std::move(options));
  const std::string body = wire::to_json(wire::SignIn{.name = "ada", .password = "12345678", .device = {}});
  RawClient waiting(server.port());
  waiting.send("POST /api/v1/sign_in HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
  while (server.password_requests() == 0) std::this_thread::yield();
  const HttpAnswer answer = call(server.port(), {.target = "/api/v1/sign_in", .body = body, .token = {}});
  EXPECT_EQ(answer.status, 503u);
  EXPECT_TRUE(answer.fields.contains("retry-after"));
  EXPECT_EQ(call(server.port(), {.method = "GET", .target = "/readyz", .body = {}, .token = {}}).status, 200u);
}

TEST(HttpAccounts, AnotherAccountsObjectsAreOutOfReach) {
  ApiServer server;
  const Person ada(server, "ada");
  const Person bob(server, "bob");
  const Person eve(server, "eve");
  const wire::Conversation conversation = ada.open_with(bob);
  ASSERT_EQ(ada.ask("send", wire::Send{conversation.conversation, conversation.epoch, message_id(1), {1}}).status,
            200u);
  const auto refused = [&](std::string_view operation, const auto& request) {
    EXPECT_EQ(eve.ask(operation, request).error().code, ErrorCode::not_found) << operation;
  };
  refused("send", wire::Send{conversation.conversation, conversation.epoch, message_id(2), {1}});
  refused("read_log", wire::ReadLog{.conversation = conversation.conversation});
  refused("mark", wire::Mark{.conversation = conversation.conversation, .read = 1});
  refused("set_typing", wire::SetTyping{.conversation = conversation.conversation, .typing = true});
  refused("revoke_login", wire::RevokeLogin{ada.signed_in.login});
  EXPECT_EQ(eve.ask("list_conversations", wire::ListConversations{}).body, R"({"conversations":[]})");
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).status, 200u);
}

TEST(HttpAccounts, ASignedOutTokenIsDeadAtOnce) {
  ApiServer server;
  const Person ada(server, "ada");
  EXPECT_EQ(ada.ask("sign_out", wire::SignOut{}).status, 200u);
  EXPECT_EQ(ada.ask("list_logins", wire::ListLogins{}).error().code, ErrorCode::token_revoked);
}

TEST(HttpAccounts, AnExpiredTokenIsTold) {
  ApiServer server;
  const Person ada(server, "ada");
  server.clock.move(minutes(11));
  const HttpAnswer answer = ada.ask("list_logins", wire::ListLogins{});
  EXPECT_EQ(answer.status, 401u);
  EXPECT_EQ(answer.error().code, ErrorCode::token_expired);
  const HttpAnswer refreshed =
      call(server.port(), {.target = "/api/v1/refresh",
                           .body = wire::to_json(wire::Refresh{ada.signed_in.tokens.refresh_token}),
                           .token = {}});
  EXPECT_EQ(refreshed.status, 200u);
}

TEST(Http, Threat35ConnectionsOfOneAddressAreBounded) {
  ApiOptions options;
  options.gateway.loopback = gateway::LoopbackLimit::as_others;
  options.gateway.max_connections_per_address = 3;
  ApiServer server(options);
  std::vector<std::unique_ptr<RawClient>> held;
  for (int count = 0; count < 3; ++count) {
    held.push_back(std::make_unique<RawClient>(server.port()));
    held.back()->send(health);
    EXPECT_TRUE(held.back()->read_answer()) << count;
  }
  RawClient refused(server.port());
  EXPECT_TRUE(refused.is_closed_within());
  EXPECT_EQ(server.metrics().connections_refused_address, 1u);
  held.pop_back();
  std::optional<HttpAnswer> served;
  for (int turn = 0; turn < 100 && !served; ++turn) {  // Until the server has seen the end of the one before.
    RawClient next(server.port());
    next.send(health);
    served = next.read_answer();
  }
  EXPECT_TRUE(served);
}

}  // namespace
}  // namespace sotto::test
