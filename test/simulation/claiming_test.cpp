// Prekeys that a server does not hand out at once, because too many were asked for, are waited for: nobody is left out
// of a message for it. Whose device has none at all is left out, and gets the next one.

#include <gtest/gtest.h>

#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

class ClaimingTest : public WorldTest {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_, eve_}) register_account(index);
    world_.run_for(seconds(2));
    eve_account_ = expect<client::Identity>(world_.ask(eve_, client::WhoAmI{})).account;
    client::CreateGroup command;
    command.name = "Three";
    command.members = {"bob", "eve"};
    world_.server().alter_answer = [this](const ServerDouble::Exchange& exchange, wire::ServerFrame& reply) {
      const auto* claim = std::get_if<wire::ClaimPrekeys>(&exchange.request.request);
      if (claim != nullptr && claim->account == eve_account_) alter_claim(reply);
    };
    group_ = expect<client::Opened>(world_.ask(ada_, command)).conversation.conversation;
  }

  void alter_claim(wire::ServerFrame& reply) {
    if (has_none_) reply.answer = wire::PrekeyBundles{};
    if (refusals_ == 0) return;
    --refusals_;
    wire::Error error;
    error.code = wire::ErrorCode::rate_limited;
    error.retry_after_ms = 3'000;
    reply.answer = error;
  }

  void say(const std::string& text) {
    client::SendText command;
    command.conversation = group_;
    command.text = text;
    expect<client::Queued>(world_.ask(ada_, command));
  }

  std::vector<std::string> texts(std::size_t index) {
    client::ReadHistory command;
    command.conversation = group_;
    std::vector<std::string> result;
    for (const auto& line : expect<client::History>(world_.ask(index, command)).messages) {
      if (line.cause != client::UndecryptableCause::none) result.push_back("?");
      if (line.kind == client::LineKind::text && !line.text.empty()) result.push_back(line.text);
    }
    return result;
  }

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t eve_ = world_.add_host("eve");
  AccountId eve_account_;
  ConversationId group_;
  std::size_t refusals_ = 3;
  bool has_none_ = false;
};

TEST_F(ClaimingTest, WhoWasNotServedAtOnceIsWaitedFor) {
  say("for all");
  world_.run_for(seconds(20));
  EXPECT_EQ(refusals_, 0u);
  EXPECT_EQ(texts(bob_), std::vector<std::string>{"for all"});
  EXPECT_EQ(texts(eve_), std::vector<std::string>{"for all"});
}

TEST_F(ClaimingTest, WhoHasNoneIsLeftOutAndGetsTheNext) {
  refusals_ = 0;
  has_none_ = true;
  say("for bob");
  world_.run_for(seconds(20));
  EXPECT_EQ(texts(bob_), std::vector<std::string>{"for bob"});
  has_none_ = false;
  world_.run_for(minutes(2));
  say("for all");
  world_.run_for(minutes(2));
  EXPECT_EQ(texts(eve_).back(), "for all");
}

}  // namespace
}  // namespace sotto::simulation
