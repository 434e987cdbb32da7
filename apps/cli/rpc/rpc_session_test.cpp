// A bot that speaks JSON-RPC gets one response for each request, with its own id, notifications for everything else,
// and can use every command of the engine.

#include "cli/rpc/rpc_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/rpc/engine_json.h"
#include "wire/field_kind.h"

namespace sotto::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RpcSessionTest : public testing::Test {
 protected:
  std::vector<client::Command> commands;
  std::vector<std::string> output;
  RpcSession session{[this](client::Command command) {
                       commands.push_back(std::move(command));
                       return commands.size();
                     },
                     [this](const std::string& line) { output.push_back(line); }};
};

TEST_F(RpcSessionTest, AnswersWithTheCallersIdInTheOrderOfTheAnswers) {
  session.take_line(R"({"jsonrpc":"2.0","id":"first","method":"log_out"})");
  session.take_line(R"({"jsonrpc":"2.0","id":2,"method":"send_text","params":{"to":"bob","text":"hi"}})");
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(std::get<client::SendText>(commands[1]).text, "hi");
  EXPECT_EQ(session.waiting(), 2u);
  session.hear({.command = 2, .event = client::Queued{}});
  session.hear({.command = 1, .event = client::Done{}});
  ASSERT_EQ(output.size(), 2u);
  EXPECT_THAT(output[0], HasSubstr(R"("id":2,"result":{"conversation":"00)"));
  EXPECT_EQ(output[1], R"({"jsonrpc":"2.0","id":"first","result":{}})");
  EXPECT_EQ(session.waiting(), 0u);
}

TEST_F(RpcSessionTest, AFailureCarriesItsCode) {
  session.take_line(R"({"jsonrpc":"2.0","id":1,"method":"log_out"})");
  session.hear(
      {.command = 1,
       .event = client::Failed{{.code = client::ClientErrorCode::offline, .text = "No server.", .retryable = true}}});
  EXPECT_THAT(output, ElementsAre(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"No server.",)"
                                  R"("data":{"code":"offline","text":"No server.","retryable":true}}})"));
}

TEST_F(RpcSessionTest, RefusesUnknownMethodsAndBadParameters) {
  session.take_line(R"({"jsonrpc":"2.0","id":1,"method":"no_such"})");
  session.take_line(R"({"jsonrpc":"2.0","id":2,"method":"send_text","params":{"to":7}})");
  session.take_line(R"({"jsonrpc":"2.0","id":3,"method":"id"})");
  session.take_line("nonsense");
  EXPECT_TRUE(commands.empty());
  ASSERT_EQ(output.size(), 4u);
  EXPECT_THAT(output[0], HasSubstr("-32601"));
  EXPECT_THAT(output[1], HasSubstr("-32602"));
  EXPECT_THAT(output[2], HasSubstr("-32601"));
  EXPECT_THAT(output[3], HasSubstr("-32700"));
}

TEST_F(RpcSessionTest, ANotificationIsCarriedOutAndNeverAnswered) {
  session.take_line(R"({"jsonrpc":"2.0","method":"log_out"})");
  session.take_line(R"({"jsonrpc":"2.0","method":"no_such"})");
  ASSERT_EQ(commands.size(), 1u);
  session.hear({.command = 1, .event = client::Done{}});
  EXPECT_TRUE(output.empty());
}

TEST_F(RpcSessionTest, ABatchIsAnsweredInOneLine) {
  session.take_line(R"([{"jsonrpc":"2.0","id":1,"method":"log_out"},{"jsonrpc":"2.0","method":"log_out"},17])");
  EXPECT_TRUE(output.empty());
  session.hear({.command = 2, .event = client::Done{}});
  session.hear({.command = 1, .event = client::Done{}});
  ASSERT_EQ(output.size(), 1u);
  EXPECT_THAT(output[0], testing::StartsWith("[{"));
  EXPECT_THAT(output[0], HasSubstr("-32600"));
  EXPECT_THAT(output[0], HasSubstr(R"("id":1,"result":{})"));
}

TEST_F(RpcSessionTest, EventsThatComeByThemselvesAreNotifications) {
  session.hear(
      {.command = 0, .event = client::TypingChanged{.conversation = {}, .account = {}, .name = "bob", .typing = true}});
  ASSERT_EQ(output.size(), 1u);
  EXPECT_THAT(output[0], HasSubstr(R"("method":"typing_changed","params":{)"));
  EXPECT_THAT(output[0], HasSubstr(R"("name":"bob","typing":true)"));
}

TEST_F(RpcSessionTest, EveryCommandOfTheEngineIsAMethod) {
  wire::unpack(
      [](const auto&... choices) {
        (
            [&] {
              const auto command = command_from_json(choices.name, "{}");
              // Either it needs parameters, or it is accepted; it is never unknown.
              if (!command) {
                EXPECT_EQ(command.error().fault, CommandFault::bad_parameters) << choices.name;
              }
            }(),
            ...);
      },
      wire::item<1>(wire::description_of<client::CommandFrame>.fields).alternatives);
}

}  // namespace
}  // namespace sotto::cli
