// A stream carries requests, answers and pushes in both forms, keeps to its limits of size, number and time, tells a
// reader that does not drain that it is behind, and ends with its login.
#include <map>

#include "api/signed_in.h"
#include "transport/websocket_frames.h"

namespace sotto::test {
namespace {

using gateway::Form;
using wire::ErrorCode;

class Stream : public ::testing::Test {
 protected:
  explicit Stream(ApiOptions options = {}) : server_(std::move(options)) {}

  wire::Answer send_from(StreamClient& client, const wire::Conversation& conversation, std::uint32_t number,
                         std::size_t size = 3) {
    return client.ask(wire::Send{conversation.conversation, conversation.epoch, message_id(number), Bytes(size, 7)});
  }

  ApiServer server_;
  Person ada_{server_, "ada"};
  Person bob_{server_, "bob"};
};

TEST_F(Stream, CarriesAMessageToTheOtherSideAndNotBackToTheSender) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.live_stream();
  const auto to = bob_.live_stream();
  const wire::Answer answer = send_from(*from, conversation, 1);
  ASSERT_TRUE(std::holds_alternative<wire::Sent>(answer));
  EXPECT_EQ(std::get<wire::Sent>(answer).seq, 1u);
  const auto push = to->next_push();
  ASSERT_TRUE(push && std::holds_alternative<wire::LogEntry>(*push));
  EXPECT_EQ(std::get<wire::LogEntry>(*push).sender, ada_.account.account);
  EXPECT_EQ(std::get<wire::LogEntry>(*push).body, Bytes(3, 7));
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(from->ask(wire::ListLogins{})));
  EXPECT_TRUE(from->pushes.empty());
}

TEST_F(Stream, AnswersInTheFormOfTheRequestAndPushesInTheFormOfTheAuthentication) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.live_stream();
  const auto to = bob_.live_stream({}, Form::json);
  (void)to->ask(wire::ListLogins{}, Form::binary);
  EXPECT_EQ(to->last_form(), Form::binary);
  (void)send_from(*from, conversation, 1);
  EXPECT_TRUE(to->next_push());
  EXPECT_EQ(to->last_form(), Form::json);
}

TEST_F(Stream, ARepeatedMessageGetsTheFirstAnswer) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.live_stream();
  const auto first = std::get<wire::Sent>(send_from(*from, conversation, 1));
  const auto repeated = std::get<wire::Sent>(send_from(*from, conversation, 1));
  EXPECT_EQ(first.seq, repeated.seq);
  EXPECT_EQ(first.sent_at, repeated.sent_at);
}

TEST_F(Stream, RequestsRightBehindAuthenticateAreServed) {
  StreamClient client({.port = server_.port(), .origin = {}});
  client.send(wire::Authenticate{ada_.token()});
  client.send(wire::Resume{});
  client.send(wire::ListLogins{});
  std::map<std::uint64_t, wire::Answer> answers;
  while (answers.size() < 3) {
    auto frame = client.receive();
    ASSERT_TRUE(frame);
    answers[frame->id] = std::move(frame->answer);
  }
  EXPECT_TRUE(std::holds_alternative<wire::Authenticated>(answers[1]));
  EXPECT_TRUE(std::holds_alternative<wire::Resumed>(answers[2]));
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(answers[3]));
}

TEST_F(Stream, RegistersSignsInAndAuthenticatesOnOneStream) {
  StreamClient client({.port = server_.port(), .origin = {}});
  TestAccount carol("carol", server_.random);
  const wire::Answer answer = client.ask(carol.registration(server_.random), Form::json);
  ASSERT_TRUE(std::holds_alternative<wire::SignedIn>(answer));
  EXPECT_EQ(code_of(client.ask(wire::ListLogins{})), ErrorCode::unauthenticated);
  const auto authenticated = client.ask(wire::Authenticate{std::get<wire::SignedIn>(answer).tokens.access_token});
  EXPECT_TRUE(std::holds_alternative<wire::Authenticated>(authenticated));
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(client.ask(wire::ListLogins{})));
}

TEST_F(Stream, AForgedOrExpiredTokenDoesNotAuthenticate) {
  StreamClient client({.port = server_.port(), .origin = {}});
  EXPECT_EQ(code_of(client.ask(wire::Authenticate{"x.y.z"})), ErrorCode::unauthenticated);
  server_.clock.move(minutes(11));
  EXPECT_EQ(code_of(client.ask(wire::Authenticate{ada_.token()})), ErrorCode::token_expired);
  EXPECT_EQ(code_of(client.ask(wire::ListLogins{})), ErrorCode::unauthenticated);
}

TEST_F(Stream, OutlivesItsAccessToken) {
  const auto client = ada_.live_stream();
  server_.clock.move(hours(1));
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(client->ask(wire::ListLogins{})));
}

TEST_F(Stream, SignOutIsAnsweredAndThenCutsTheStream) {
  const auto client = ada_.live_stream();
  EXPECT_TRUE(std::holds_alternative<wire::Done>(client->ask(wire::SignOut{})));
  EXPECT_EQ(client->read_until_closed(), 4401);
  ASSERT_EQ(client->pushes.size(), 1u);
  EXPECT_EQ(std::get<wire::LoginEnded>(client->pushes[0]).login, ada_.signed_in.login);
}

TEST_F(Stream, RevokingALoginCutsItsStreamsAndNoOther) {
  const HttpAnswer second =
      call(server_.port(), {.target = "/api/v1/sign_in", .body = wire::to_json(ada_.account.sign_in()), .token = {}});
  const auto other = wire::from_json<wire::SignedIn>(second.body);
  ASSERT_TRUE(other);
  const auto kept = ada_.live_stream();
  StreamClient cut({.port = server_.port(), .origin = {}});
  ASSERT_TRUE(std::holds_alternative<wire::Authenticated>(cut.ask(wire::Authenticate{other->tokens.access_token})));
  EXPECT_TRUE(std::holds_alternative<wire::Done>(kept->ask(wire::RevokeLogin{other->login})));
  EXPECT_EQ(cut.read_until_closed(), 4401);
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(kept->ask(wire::ListLogins{})));
  StreamClient again({.port = server_.port(), .origin = {}});
  EXPECT_EQ(code_of(again.ask(wire::Authenticate{other->tokens.access_token})), ErrorCode::token_revoked);
}

TEST_F(Stream, OnlyAllowedPagesMayOpenOne) {
  const std::string own = "http://127.0.0.1:" + std::to_string(server_.port());
  EXPECT_EQ(StreamClient({.port = server_.port(), .origin = own}).status(), 101u);
  for (const std::string& origin : {std::string("https://evil.example"), std::string("null"), own + "0", own + "/"}) {
    EXPECT_EQ(StreamClient({.port = server_.port(), .origin = origin}).status(), 403u) << origin;
  }
  EXPECT_EQ(StreamClient({.port = server_.port(), .origin = {}, .target = "/api/v1/other"}).status(), 404u);
}

TEST_F(Stream, Threat30CompressionIsNotAgreedTo) {
  RawClient client(server_.port());
  client.send(
      "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n");
  const HttpAnswer answer = client.read_answer().value_or(HttpAnswer{});
  EXPECT_EQ(answer.status, 101u);
  EXPECT_FALSE(answer.fields.contains("sec-websocket-extensions"));
}

TEST_F(Stream, AHandshakeThatIsNoneIsRefused) {
  const HttpCall request{.method = "GET", .target = "/api/v1/stream", .body = {}, .fields = {}, .token = {}};
  EXPECT_EQ(call(server_.port(), request).status, 426u);
  HttpCall old = request;
  old.fields = {
      {"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "8"}, {"Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="}};
  EXPECT_EQ(call(server_.port(), old).status, 426u);
}

TEST_F(Stream, AFrameBeyondTheLimitEndsIt) {
  const auto client = ada_.stream();
  client->send_octets(Bytes(wire::max_request_size + 1), Form::binary);
  EXPECT_EQ(client->read_until_closed(), 1009);
}

TEST_F(Stream, AFrameOfExactlyTheLimitIsRead) {
  const auto client = ada_.stream();
  client->send_octets(Bytes(wire::max_request_size), Form::binary);
  const auto answer = client->receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(code_of(answer->answer), ErrorCode::malformed);
}

TEST_F(Stream, OctetsThatAreNoWebSocketEndIt) {
  for (const Bytes& octets : {Bytes{0x82, 0x01, 0x00}, Bytes{0xf2, 0x80, 0, 0, 0, 0}, Bytes{0x83, 0x80, 0, 0, 0, 0},
                              Bytes{0x80, 0x80, 0, 0, 0, 0}, Bytes{0x89, 0xfe, 0, 126, 0, 0, 0, 0}}) {
    const auto client = ada_.stream();
    client->send_raw(octets);
    EXPECT_EQ(client->read_until_closed(), 1002);
  }
}

TEST_F(Stream, TextThatIsNotUtf8EndsIt) {
  const auto client = ada_.stream();
  client->send_raw(Bytes{0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28});
  EXPECT_EQ(client->read_until_closed(), 1007);
}

TEST_F(Stream, TooManyMalformedFramesEndIt) {
  const auto client = ada_.stream();
  const std::size_t allowed = gateway::GatewaySettings{}.max_malformed_frames;
  for (std::size_t count = 0; count <= allowed; ++count) client->send_octets(Bytes{0xff}, Form::binary);
  for (std::size_t count = 0; count <= allowed; ++count) {
    const auto answer = client->receive();
    ASSERT_TRUE(answer) << count;
    EXPECT_EQ(code_of(answer->answer), ErrorCode::malformed);
    EXPECT_EQ(answer->id, 0u);
  }
  EXPECT_EQ(client->read_until_closed(), 1008);
}

TEST_F(Stream, AnUnknownRequestIsNamedSo) {
  const auto client = ada_.stream();
  client->send_octets(as_bytes(R"({"id":5,"teleport":{}})"), Form::json);
  const auto answer = client->receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->id, 5u);
  EXPECT_EQ(code_of(answer->answer), ErrorCode::unknown_operation);
}

TEST_F(Stream, MoreRequestsThanMayBeUnderWayAreAllAnswered) {
  const auto client = ada_.stream();
  constexpr std::size_t count = 500;
  for (std::size_t sent = 0; sent < count; ++sent) client->send(wire::ListLogins{});
  std::map<std::uint64_t, std::size_t> answers;
  for (std::size_t received = 0; received < count; ++received) {
    const auto answer = client->receive();
    ASSERT_TRUE(answer) << received;
    ++answers[answer->id];
    EXPECT_TRUE(std::holds_alternative<wire::Logins>(answer->answer));
  }
  EXPECT_EQ(answers.size(), count);
}

TEST_F(Stream, IsNotPushedToBeforeItResumes) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.live_stream();
  const auto to = bob_.stream();
  (void)send_from(*from, conversation, 1);
  const wire::Answer resumed = to->ask(wire::Resume{});
  ASSERT_TRUE(std::holds_alternative<wire::Resumed>(resumed));
  EXPECT_EQ(std::get<wire::Resumed>(resumed).entries.size(), 1u);
  EXPECT_TRUE(to->pushes.empty());
}

class SlowReader : public Stream {
 protected:
  SlowReader() : Stream(options()) {}
  static ApiOptions options() {
    ApiOptions options;
    options.gateway.max_queued_pushes = 64 * 1024;
    return options;
  }
};

TEST_F(SlowReader, IsToldOnceThatItIsBehindAndFindsEverythingInTheLog) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.live_stream();
  const auto to = bob_.live_stream({.port = 0, .origin = {}, .receive_buffer = 4'096});
  // The operating system holds some megabytes between the two at most.
  constexpr std::uint32_t limit = 2'000;
  std::uint32_t sent = 0;
  while (server_.metrics().pushes_dropped < 3 && sent < limit) {
    ASSERT_TRUE(std::holds_alternative<wire::Sent>(send_from(*from, conversation, ++sent, 50'000)));
  }
  ASSERT_LT(sent, limit) << "the reader never fell behind";
  std::uint64_t last = 0;
  std::size_t behind = 0;
  while (behind == 0) {
    const auto push = to->next_push();
    ASSERT_TRUE(push);
    if (const auto* entry = std::get_if<wire::LogEntry>(&*push)) {
      EXPECT_EQ(entry->seq, last + 1);
      last = entry->seq;
    } else {
      behind += std::holds_alternative<wire::Behind>(*push) ? 1U : 0U;
    }
  }
  EXPECT_LT(last, sent);
  while (last < sent) {
    const auto page = to->ask(wire::ReadLog{.conversation = conversation.conversation, .after = last});
    ASSERT_TRUE(std::holds_alternative<wire::LogPage>(page));
    for (const wire::LogEntry& entry : std::get<wire::LogPage>(page).entries) EXPECT_EQ(entry.seq, ++last);
  }
  (void)send_from(*from, conversation, ++sent);
  for (;;) {
    const auto push = to->next_push();
    ASSERT_TRUE(push);
    EXPECT_FALSE(std::holds_alternative<wire::Behind>(*push));
    if (const auto* entry = std::get_if<wire::LogEntry>(&*push); entry != nullptr && entry->seq == sent) break;
  }
  EXPECT_EQ(server_.metrics().behind, 1u);
}

TEST_F(SlowReader, WhoDoesNotTakeItsOwnAnswersIsNotReadFrom) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.stream();
  for (std::uint32_t number = 1; number <= 6; ++number) (void)send_from(*from, conversation, number, 50'000);
  const auto greedy = bob_.stream({.port = 0, .origin = {}, .receive_buffer = 4'096});
  constexpr std::size_t count = 100;
  for (std::size_t sent = 0; sent < count; ++sent) {
    greedy->send(wire::ReadLog{.conversation = conversation.conversation});
  }
  // Every answer comes in the end, though the server never held more of them than its bound.
  for (std::size_t received = 0; received < count; ++received) {
    const auto answer = greedy->receive();
    ASSERT_TRUE(answer) << received;
    EXPECT_FALSE(std::get<wire::LogPage>(answer->answer).entries.empty());
  }
  EXPECT_GT(server_.metrics().reading_paused, 0u);
}

class ShortTimes : public Stream {
 protected:
  ShortTimes() : Stream(options()) {}
  static ApiOptions options() {
    ApiOptions options;
    options.gateway.authentication_timeout = std::chrono::milliseconds(300);
    options.gateway.idle_timeout = std::chrono::milliseconds(1'000);
    options.gateway.ping_interval = std::chrono::milliseconds(200);
    return options;
  }
};

TEST_F(ShortTimes, WhoDoesNotAuthenticateInTimeIsCutOff) {
  StreamClient client({.port = server_.port(), .origin = {}});
  EXPECT_EQ(client.read_until_closed(), 4401);
}

TEST_F(ShortTimes, WhoAnswersPingsStaysAndWhoIsSilentIsCutOff) {
  const auto silent = ada_.stream();
  const auto reading = bob_.stream();
  const auto from = ada_.live_stream();
  // `reading` answers pings while it waits for a push that comes after the idle time-out of `silent`.
  reading->send(wire::Resume{});
  std::thread sender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(2'500));
    server_.publish(
        {.account = bob_.account.account,
         .device = {},
         .except_device = {},
         .frame = std::make_shared<const wire::ServerFrame>(wire::ServerFrame{.id = 0, .answer = wire::Behind{}})});
  });
  EXPECT_TRUE(reading->next_push());
  sender.join();
  EXPECT_EQ(silent->read_until_closed(), 4408);
}

class OnSqlite : public Stream {
 protected:
  OnSqlite() : Stream(options()) {}
  static ApiOptions options() {
    ApiOptions options;
    options.backend = Backend::sqlite;
    return options;
  }
};

TEST_F(OnSqlite, ManyMessagesArriveOnceAndInOrder) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.live_stream();
  const auto to = bob_.live_stream();
  constexpr std::uint32_t count = 1'000;
  std::map<std::uint64_t, std::uint32_t> numbers;
  for (std::uint32_t number = 1; number <= count; ++number) {
    numbers[from->send(wire::Send{conversation.conversation, conversation.epoch, message_id(number), Bytes(100, 1)})] =
        number;
  }
  for (std::uint32_t received = 1; received <= count; ++received) {
    const auto frame = from->receive();
    ASSERT_TRUE(frame);
    EXPECT_EQ(std::get<wire::Sent>(frame->answer).seq, numbers[frame->id]);
  }
  for (std::uint32_t seq = 1; seq <= count; ++seq) {
    const auto push = to->next_push();
    ASSERT_TRUE(push);
    EXPECT_EQ(std::get<wire::LogEntry>(*push).seq, seq);
    EXPECT_EQ(std::get<wire::LogEntry>(*push).message, message_id(seq));
  }
}

TEST_F(OnSqlite, StoppingAnswersWhatIsUnderWayAndSaysGoodbye) {
  const wire::Conversation conversation = ada_.open_with(bob_);
  const auto from = ada_.live_stream();
  const auto idle = bob_.live_stream();
  RawClient keeping(server_.port());
  keeping.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(keeping.read_answer());
  const auto number =
      from->send(wire::Send{conversation.conversation, conversation.epoch, message_id(1), Bytes(100, 1)});
  const auto frame = from->receive();
  ASSERT_TRUE(frame && frame->id == number);
  std::thread stopping([&] { EXPECT_TRUE(server_.stop()); });
  EXPECT_EQ(from->read_until_closed(), 1001);
  EXPECT_EQ(idle->read_until_closed(), 1001);
  EXPECT_TRUE(keeping.is_closed_within());
  stopping.join();
}

}  // namespace
}  // namespace sotto::test
