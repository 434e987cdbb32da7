// A stream over polls says what a stream over a WebSocket says, loses nothing when an answer is lost, and is bounded in
// time and memory (threats 30, 31, 35).
#include <array>
#include <atomic>
#include <future>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <thread>

#include "api/poll_client.h"
#include "api/signed_in.h"
#include "base/text_encoding.h"

namespace sotto::test {
namespace {

using wire::ErrorCode;

class Polls : public ::testing::Test {
 protected:
  explicit Polls(ApiOptions options = {}) : server_(std::move(options)) {}

  [[nodiscard]] HttpAnswer post(const std::string& route, std::string body) const {
    return call(server_.port(), {.target = "/api/v1/poll/" + route, .body = std::move(body)});
  }
  /// A polled stream that gets pushes.
  std::unique_ptr<PollClient> live(const Person& person, gateway::Form form = gateway::Form::json) {
    auto client = std::make_unique<PollClient>(server_.port(), form);
    EXPECT_TRUE(std::holds_alternative<wire::Authenticated>(client->ask(wire::Authenticate{person.token()})));
    EXPECT_TRUE(std::holds_alternative<wire::Resumed>(client->ask(wire::Resume{})));
    return client;
  }
  static wire::Send message(const wire::Conversation& conversation, std::uint32_t number, std::size_t size = 10) {
    return {conversation.conversation, conversation.epoch, message_id(number), Bytes(size, 1)};
  }

  ApiServer server_;
  Person ada_{server_, "ada"};
  Person bob_{server_, "bob"};
};

class PollsInBothForms : public Polls, public ::testing::WithParamInterface<gateway::Form> {};

INSTANTIATE_TEST_SUITE_P(Forms, PollsInBothForms, ::testing::Values(gateway::Form::json, gateway::Form::binary));

TEST_P(PollsInBothForms, AWholeSessionOverHttpAloneBesideAWebSocket) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto polled = live(ada_, GetParam());
  const auto stream = bob_.live_stream();
  for (std::uint32_t number = 1; number <= 20; ++number) {
    const auto sent = polled->ask(message(conversation, 2 * number));
    ASSERT_TRUE(std::holds_alternative<wire::Sent>(sent)) << number;
    EXPECT_EQ(std::get<wire::Sent>(sent).seq, 2 * number - 1);
    const auto pushed = stream->next_push();
    ASSERT_TRUE(pushed);
    EXPECT_EQ(std::get<wire::LogEntry>(*pushed).seq, 2 * number - 1);
    ASSERT_TRUE(std::holds_alternative<wire::Sent>(stream->ask(message(conversation, 2 * number + 1))));
    const auto polled_push = polled->next_push();
    ASSERT_TRUE(polled_push);
    EXPECT_EQ(std::get<wire::LogEntry>(*polled_push).seq, 2 * number);
  }
  const auto page = polled->ask(wire::ReadLog{conversation.conversation, 0, 0});
  EXPECT_EQ(std::get<wire::LogPage>(page).entries.size(), 40u);
  EXPECT_TRUE(std::holds_alternative<wire::Done>(polled->ask(wire::SignOut{})));
  ASSERT_TRUE(polled->next_push());
  EXPECT_FALSE(polled->receive());
  EXPECT_EQ(polled->closed_with(), 4401u);
  EXPECT_EQ(polled->poll().status, 404u);
}

TEST_F(Polls, AStreamSpeaksTheFormThatItWasOpenedIn) {
  const auto client = live(ada_, gateway::Form::binary);
  EXPECT_EQ(post("receive", wire::to_json(wire::PollReceive{client->name(), client->last()})).status, 400u);
  EXPECT_EQ(post("send", wire::to_json(wire::PollSend{client->name(), {}})).status, 400u);
  HttpCall broken{.target = "/api/v1/poll/send", .body = "\xff"};
  broken.fields = {{"Content-Type", "application/octet-stream"}};
  EXPECT_EQ(call(server_.port(), broken).error().code, ErrorCode::malformed);
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(client->ask(wire::ListLogins{})));
}

TEST_F(Polls, FramesAreTakenInOneFlightAndOnce) {
  PollClient client(server_.port());
  const std::vector<wire::ClientFrame> frames{{1, wire::Authenticate{ada_.token()}}, {2, wire::Resume{}}};
  EXPECT_EQ(client.send_frames(frames).status, 200u);
  EXPECT_EQ(client.send_frames(frames).status, 200u) << "as if the answer had been lost";
  for (const std::uint64_t number : {1U, 2U}) {
    const auto frame = client.receive();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->id, number);
    EXPECT_EQ(code_of(frame->answer), ErrorCode::unspecified);
  }
  EXPECT_EQ(client.send_frames({{3, wire::ListLogins{}}}).status, 200u);
  const auto next = client.receive();
  ASSERT_TRUE(next);
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(next->answer)) << "nothing came twice";
}

TEST_F(Polls, AnAnswerThatWasLostIsGivenAgain) {
  PollClient client(server_.port());
  (void)client.send(wire::Authenticate{ada_.token()});
  const HttpAnswer lost = client.poll_after(0);
  ASSERT_EQ(lost.status, 200u);
  EXPECT_EQ(client.poll_after(0).body, lost.body);
  ASSERT_EQ(client.poll().status, 200u);
  EXPECT_EQ(client.last(), 1u);
  (void)client.send(wire::ListLogins{});
  ASSERT_EQ(client.poll().status, 200u);
  EXPECT_EQ(client.poll_after(0).error().code, ErrorCode::invalid_value) << "given back already";
  EXPECT_EQ(client.poll_after(99).error().code, ErrorCode::invalid_value) << "never sent";
}

TEST_F(Polls, OnePollWaitsAndANewOneTakesItsPlace) {
  const auto client = live(ada_);
  std::array<unsigned, 2> statuses{};
  std::promise<void> one_ended;
  std::atomic<int> ended = 0;
  const auto wait = [&](std::size_t which) {
    statuses[which] = client->poll_after(client->last()).status;
    if (ended++ == 0) one_ended.set_value();
  };
  std::thread first(wait, 0);
  std::thread second(wait, 1);
  one_ended.get_future().wait();
  server_.publish(
      {.account = ada_.account.account,
       .device = {},
       .except_device = {},
       .frame = std::make_shared<const wire::ServerFrame>(wire::ServerFrame{.id = 0, .answer = wire::Behind{}})});
  first.join();
  second.join();
  std::ranges::sort(statuses);
  EXPECT_EQ(statuses, (std::array<unsigned, 2>{200, 409}));
}

TEST_F(Polls, Threat32OnlyWhoKnowsTheNameReachesTheStream) {
  const auto client = live(ada_);
  wire::PollName guessed = client->name();
  guessed.bytes.back() ^= 1;
  for (const wire::PollName& name : {guessed, wire::PollName{}}) {
    EXPECT_EQ(post("receive", wire::to_json(wire::PollReceive{name, client->last()})).status, 404u);
    EXPECT_EQ(post("send", wire::to_json(wire::PollSend{name, {{9, wire::ListLogins{}}}})).status, 404u);
    EXPECT_EQ(post("close", wire::to_json(wire::PollClose{name})).status, 404u);
  }
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(client->ask(wire::ListLogins{})));
}

TEST_F(Polls, NeedAuthenticationAsAWebSocketDoes) {
  PollClient client(server_.port());
  EXPECT_EQ(code_of(client.ask(wire::ListLogins{})), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of(client.ask(wire::Authenticate{"no token"})), ErrorCode::unauthenticated);
}

TEST_F(Polls, EndWhenTheClientSaysSo) {
  const auto client = live(ada_);
  EXPECT_EQ(client->close().status, 200u);
  EXPECT_EQ(client->poll().status, 404u);
}

TEST_F(Polls, EndWithTheirLogin) {
  const auto client = live(ada_);
  const auto other = ada_.stream();
  EXPECT_TRUE(std::holds_alternative<wire::Done>(other->ask(wire::RevokeLogin{ada_.signed_in.login})));
  const auto ended = client->next_push();
  ASSERT_TRUE(ended);
  EXPECT_EQ(std::get<wire::LoginEnded>(*ended).login, ada_.signed_in.login);
  EXPECT_FALSE(client->receive());
  EXPECT_EQ(client->closed_with(), 4401u);
}

TEST_F(Polls, EndWithTheServer) {
  const auto client = live(ada_);
  std::thread stopping([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_TRUE(server_.stop());
  });
  EXPECT_FALSE(client->receive());
  EXPECT_EQ(client->closed_with(), 1001u);
  stopping.join();
}

TEST_F(Polls, TakeNothingButTheirBodies) {
  const std::string name = to_hex(PollClient(server_.port()).name().view());
  const std::string stream = R"({"stream":")" + name + '"';
  for (const std::string& route :
       {std::string("open"), std::string("send"), std::string("receive"), std::string("close")}) {
    for (const std::string& body :
         {std::string(), std::string("{"), std::string("[]"), std::string("\xff"), std::string(500, '[')}) {
      const HttpAnswer answer = post(route, body);
      EXPECT_EQ(answer.status, 400u) << route << body;
      EXPECT_EQ(answer.error().code, ErrorCode::malformed) << route << body;
    }
    EXPECT_EQ(post(route, std::string(wire::max_request_size + 1, ' ')).status, 413u) << route;
    EXPECT_EQ(call(server_.port(), {.method = "GET", .target = "/api/v1/poll/" + route, .fields = {}}).status, 405u);
    HttpCall elsewhere{.target = "/api/v1/poll/" + route, .body = "{}"};
    elsewhere.fields.push_back({"Origin", "https://evil.example"});
    EXPECT_EQ(call(server_.port(), elsewhere).status, 403u) << route;
    elsewhere.fields = {{"Content-Type", "text/plain"}};
    EXPECT_EQ(call(server_.port(), elsewhere).status, 415u) << route;
  }
  EXPECT_EQ(post("other", "{}").status, 404u);
  EXPECT_EQ(post("send", stream + R"(,"frames":[{"id":0,"list_logins":{}}]})").error().code, ErrorCode::malformed);
  EXPECT_EQ(post("send", stream + R"(,"frames":[{"id":"x"}]})").error().code, ErrorCode::malformed);
  EXPECT_EQ(post("receive", stream + R"(,"after":-1})").error().code, ErrorCode::malformed);
}

TEST_F(Polls, AnUnknownRequestIsNamedSo) {
  PollClient client(server_.port());
  const std::string body = R"({"stream":")" + to_hex(client.name().view()) + R"(","frames":[{"id":5,"teleport":{}}]})";
  EXPECT_EQ(post("send", body).status, 200u);
  const auto answer = client.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->id, 5u);
  EXPECT_EQ(code_of(answer->answer), ErrorCode::unknown_operation);
}

class SlowPolls : public Polls {
 protected:
  SlowPolls() : Polls(options()) {}
  static ApiOptions options() {
    ApiOptions options;
    options.gateway.max_queued_pushes = 64 * 1024;
    return options;
  }
};

TEST_F(SlowPolls, WhoDoesNotPollIsToldOnceThatItIsBehindAndFindsEverythingInTheLog) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto client = live(bob_);
  const auto from = ada_.live_stream();
  constexpr std::uint32_t sent = 5;
  for (std::uint32_t number = 1; number <= sent; ++number) {
    ASSERT_TRUE(std::holds_alternative<wire::Sent>(from->ask(message(conversation, number, 30'000))));
  }
  std::uint64_t last = 0;
  std::optional<wire::Answer> push = client->next_push();
  for (; push && std::holds_alternative<wire::LogEntry>(*push); push = client->next_push()) {
    EXPECT_EQ(std::get<wire::LogEntry>(*push).seq, ++last);
  }
  ASSERT_TRUE(push);
  EXPECT_TRUE(std::holds_alternative<wire::Behind>(*push));
  EXPECT_LT(last, sent);
  const auto page = client->ask(wire::ReadLog{.conversation = conversation.conversation, .after = last});
  EXPECT_EQ(std::get<wire::LogPage>(page).entries.size(), sent - last);
  EXPECT_EQ(server_.metrics().behind, 1u);
}

TEST_F(SlowPolls, WhoDoesNotTakeItsAnswersIsNotTakenFrom) {
  const auto client = live(ada_);
  std::uint64_t number = 100;
  std::size_t taken = 0;
  HttpAnswer answer;
  for (std::size_t round = 0; round < 200 && answer.error().code == ErrorCode::unspecified; ++round) {
    std::vector<wire::ClientFrame> frames;
    for (std::size_t count = 0; count < 60; ++count) frames.push_back({number++, wire::ListLogins{}});
    answer = client->send_frames(std::move(frames));
    taken += answer.status == 200 ? 60U : 0U;
  }
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  EXPECT_GT(answer.error().retry_after_ms, 0u);
  for (std::size_t received = 0; received < taken; ++received) {
    const auto frame = client->receive();
    ASSERT_TRUE(frame) << received;
    EXPECT_TRUE(std::holds_alternative<wire::Logins>(frame->answer));
  }
}

class ShortPolls : public Polls {
 protected:
  ShortPolls() : Polls(options()) {}
  static ApiOptions options() {
    ApiOptions options;
    options.gateway.poll_wait = std::chrono::milliseconds(500);
    options.gateway.poll_idle_timeout = std::chrono::milliseconds(3'000);
    options.gateway.authentication_timeout = std::chrono::milliseconds(2'000);
    options.gateway.max_polled_streams = 3;
    return options;
  }
};

TEST_F(ShortPolls, APollThatFindsNothingIsAnsweredInTheEnd) {
  const auto client = live(ada_);
  const HttpAnswer answer = client->poll_after(client->last());
  EXPECT_EQ(answer.status, 200u);
  EXPECT_TRUE(nlohmann::json::parse(answer.body).at("frames").empty());
}

TEST_F(ShortPolls, WhoPollsStaysAndWhoDoesNotIsForgotten) {
  const auto polling = live(ada_);
  const auto silent = live(bob_);
  for (int count = 0; count < 8; ++count) ASSERT_EQ(polling->poll().status, 200u);
  EXPECT_EQ(silent->poll().status, 404u);
}

TEST_F(ShortPolls, WhoDoesNotAuthenticateInTimeIsCutOff) {
  PollClient client(server_.port());
  EXPECT_FALSE(client.receive());
  EXPECT_EQ(client.closed_with(), 4401u);
}

TEST_F(ShortPolls, Threat35TheirNumberIsBounded) {
  const PollClient first(server_.port());
  const PollClient second(server_.port());
  const PollClient third(server_.port());
  const HttpAnswer refused = post("open", "{}");
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  EXPECT_GT(refused.error().retry_after_ms, 0u);
}

}  // namespace
}  // namespace sotto::test
