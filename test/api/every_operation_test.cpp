// No operation, over HTTP or as a frame, takes input that is not what it describes, and none serves a caller without a
// valid token. Looped over the list of operations, so that a new one is held to it too.
#include <nlohmann/json.hpp>

#include "api/signed_in.h"
#include "crypto/testing/deterministic_random.h"
#include "wire/frame_codec.h"
#include "wire/random_message.h"

namespace sotto::test {
namespace {

using gateway::Form;
using nlohmann::json;
using wire::ErrorCode;

/// An operation with a request that is well-formed and about nothing that exists.
struct Tried {
  std::string_view name;
  wire::Access access;
  wire::Reach reach;
  wire::Request request;
  std::string body;

  [[nodiscard]] std::string target() const { return "/api/v1/" + std::string(name); }
  template <class Request>
  [[nodiscard]] bool is() const {
    return std::holds_alternative<Request>(request);
  }
};

template <class Operation>
Tried tried(const Operation& operation, std::uint64_t seed) {
  crypto::DeterministicRandom random(seed);
  wire::RandomMessageSource source(random);
  typename Operation::Request request;
  source.fill(request);
  return {operation.name, operation.access, operation.reach, request, wire::to_json(request)};
}

std::vector<Tried> every_operation(std::uint64_t seed) {
  return wire::unpack([seed](const auto&... operation) { return std::vector{tried(operation, seed)...}; },
                      wire::operations);
}

std::vector<Tried> every_http_operation(std::uint64_t seed) {
  std::vector<Tried> operations = every_operation(seed);
  std::erase_if(operations, [](const Tried& one) { return one.reach != wire::Reach::anywhere; });
  return operations;
}

/// A value that has another JSON type than `value`.
json of_another_type(const json& value) { return value.is_number() ? json("text") : json(5); }

class EveryOperation : public ::testing::TestWithParam<Backend> {
 protected:
  static ApiOptions options() {
    ApiOptions options;
    options.backend = GetParam();
    options.gateway.max_malformed_frames = 10'000;
    return options;
  }
  HttpAnswer post(const Tried& operation, std::string body, const std::string& token) {
    return call(server_.port(), {.target = operation.target(), .body = std::move(body), .token = token});
  }
  void expect_malformed(const Tried& operation, const std::string& body) {
    const HttpAnswer answer = post(operation, body, ada_.token());
    EXPECT_EQ(answer.status, 400u) << operation.name << ": " << body;
    EXPECT_EQ(answer.error().code, ErrorCode::malformed) << operation.name << ": " << body;
  }

  ApiServer server_{options()};
  Person ada_{server_, "ada"};
};

TEST_P(EveryOperation, OverHttpNeedsAValidTokenUnlessItIsForAnyone) {
  const service::Caller caller{ada_.signed_in.account, ada_.signed_in.device, ada_.signed_in.login};
  const std::string expired = server_.tokens().issue(caller, UnixMillis{server_.clock.now().value - 3'600'000}).token;
  const service::AccessTokens foreign(crypto::generate_ed25519(server_.random), {}, server_.clock.now());
  const std::string forged = foreign.issue(caller, server_.clock.now()).token;
  std::string changed = ada_.token();
  changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
  for (const Tried& operation : every_http_operation(1)) {
    if (operation.access == wire::Access::anyone) continue;
    const HttpAnswer without = post(operation, operation.body, "");
    EXPECT_EQ(without.status, 401u) << operation.name;
    EXPECT_EQ(without.error().code, ErrorCode::unauthenticated) << operation.name;
    EXPECT_TRUE(without.fields.contains("www-authenticate"));
    EXPECT_EQ(post(operation, operation.body, expired).error().code, ErrorCode::token_expired) << operation.name;
    for (const std::string& token : {forged, changed, std::string("x"), std::string("a.b.c")}) {
      EXPECT_EQ(post(operation, operation.body, token).error().code, ErrorCode::unauthenticated) << operation.name;
    }
  }
}

TEST_P(EveryOperation, OverHttpRefusesBodiesThatAreNoRequest) {
  std::string deep = "1";
  for (int level = 0; level < 200; ++level) deep = R"({"unknown":)" + deep + "}";
  for (const Tried& operation : every_http_operation(2)) {
    for (const std::string& body : {std::string(), std::string("{"), std::string("[]"), std::string("\"text\""),
                                    std::string("{} {}"), std::string("\xff"), std::string(500, '['), deep}) {
      expect_malformed(operation, body);
    }
  }
}

TEST_P(EveryOperation, OverHttpNamesTheMemberOfAnotherType) {
  for (const Tried& operation : every_http_operation(3)) {
    const json valid = json::parse(operation.body);
    for (const auto& [name, value] : valid.items()) {
      json wrong = valid;
      wrong[name] = of_another_type(value);
      const HttpAnswer answer = post(operation, wrong.dump(), ada_.token());
      EXPECT_EQ(answer.error().code, ErrorCode::malformed) << operation.name << "." << name;
      EXPECT_TRUE(answer.error().field.starts_with(name)) << operation.name << "." << name << ": " << answer.body;
    }
  }
}

TEST_P(EveryOperation, OverHttpRefusesABodyBeyondTheLimit) {
  for (const Tried& operation : every_http_operation(4)) {
    const HttpAnswer answer = post(operation, std::string(wire::max_request_size + 1, ' '), ada_.token());
    EXPECT_EQ(answer.status, 413u) << operation.name;
    EXPECT_EQ(answer.error().code, ErrorCode::too_large) << operation.name;
  }
}

TEST_P(EveryOperation, OverHttpPassesOverMembersThatItDoesNotKnow) {
  for (const Tried& operation : every_http_operation(5)) {
    if (operation.is<wire::SignOut>()) continue;
    json body = json::parse(operation.body);
    const HttpAnswer plain = post(operation, body.dump(), ada_.token());
    body["unknown_member"] = {{"a", {1, "two", nullptr}}};
    const HttpAnswer with = post(operation, body.dump(), ada_.token());
    EXPECT_EQ(with.status, plain.status) << operation.name;
    EXPECT_EQ(with.error().code, plain.error().code) << operation.name;
    EXPECT_EQ(with.error().field, plain.error().field) << operation.name << with.body;
  }
}

TEST_P(EveryOperation, OverHttpHasOneMethod) {
  for (const Tried& operation : every_operation(6)) {
    const bool served = operation.reach == wire::Reach::anywhere;
    for (const std::string_view method : {"GET", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"}) {
      RawClient client(server_.port());
      client.expect_no_body();
      client.send(std::string(method) + " " + operation.target() + " HTTP/1.1\r\nHost: a\r\n\r\n");
      HttpAnswer answer = client.read_answer().value_or(HttpAnswer{});
      EXPECT_EQ(answer.status, served ? 405u : 404u) << method << operation.name;
      EXPECT_EQ(answer.fields["allow"], served ? "POST" : "") << method << operation.name;
    }
  }
}

TEST_P(EveryOperation, OverHttpTakesJsonFromAllowedPagesOnly) {
  for (const Tried& operation : every_http_operation(7)) {
    HttpCall request{.target = operation.target(), .body = operation.body, .token = ada_.token()};
    request.fields = {{"Content-Type", "text/plain"}};
    EXPECT_EQ(call(server_.port(), request).status, 415u) << operation.name;
    request.fields = {{"Content-Type", "application/json"}, {"Origin", "https://evil.example"}};
    const HttpAnswer elsewhere = call(server_.port(), request);
    EXPECT_EQ(elsewhere.status, 403u) << operation.name;
    EXPECT_EQ(elsewhere.error().code, ErrorCode::origin_refused) << operation.name;
  }
}

TEST_P(EveryOperation, AsAFrameNeedsAnAuthenticatedStream) {
  for (const Form form : {Form::binary, Form::json}) {
    StreamClient stream({.port = server_.port(), .origin = {}});
    for (const Tried& operation : every_operation(8)) {
      if (operation.access == wire::Access::anyone) continue;
      EXPECT_EQ(code_of(stream.ask(operation.request, form)), ErrorCode::unauthenticated) << operation.name;
      EXPECT_EQ(stream.last_form(), form);
    }
  }
}

TEST_P(EveryOperation, AsAFrameRefusesAMemberOfAnotherTypeAndAnswersItsNumber) {
  const auto stream = ada_.stream();
  for (const Tried& operation : every_operation(9)) {
    const json valid = json::parse(operation.body);
    for (const auto& [name, value] : valid.items()) {
      json wrong = valid;
      wrong[name] = of_another_type(value);
      json frame{{"id", 99}};
      frame[std::string(operation.name)] = wrong;
      stream->send_octets(as_bytes(frame.dump()), Form::json);
      const auto answer = stream->receive();
      ASSERT_TRUE(answer) << operation.name << "." << name;
      EXPECT_EQ(answer->id, 99u) << operation.name << "." << name;
      EXPECT_EQ(code_of(answer->answer), ErrorCode::malformed) << operation.name << "." << name;
    }
  }
}

TEST_P(EveryOperation, AsAFrameEveryCutOfItIsAnsweredAndHarmless) {
  const auto stream = ada_.stream();
  for (const Tried& operation : every_operation(10)) {
    if (operation.is<wire::SignOut>() || operation.is<wire::Register>()) continue;
    const Bytes whole = wire::encode(wire::ClientFrame{.id = 77, .request = operation.request});
    const std::size_t step = std::max<std::size_t>(1, whole.size() / 20);
    for (std::size_t size = 0; size < whole.size(); size += step) {
      stream->send_octets(ByteView(whole).first(size), Form::binary);
      auto answer = stream->receive();
      while (answer && answer->id == 0 && code_of(answer->answer) == ErrorCode::unspecified) answer = stream->receive();
      ASSERT_TRUE(answer) << operation.name << " cut at " << size;
      EXPECT_TRUE(answer->id == 77 || answer->id == 0) << operation.name;
      EXPECT_NE(code_of(answer->answer), ErrorCode::internal) << operation.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Backends, EveryOperation, ::testing::Values(Backend::memory, Backend::sqlite),
                         [](const auto& backend) { return backend.param == Backend::memory ? "memory" : "sqlite"; });

}  // namespace
}  // namespace sotto::test
