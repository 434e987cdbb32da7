// Every line gets the answer that JSON-RPC 2.0 prescribes: the specification's own examples, and what lies around them.

#include "cli/rpc/json_rpc.h"

#include <gtest/gtest.h>

namespace sotto::cli {
namespace {

RpcFault fault_of(std::string_view line) {
  const RpcLine parsed = parse_rpc_line(line);
  EXPECT_EQ(parsed.requests.size(), 1u);
  EXPECT_FALSE(parsed.requests.front().has_value()) << line;
  return parsed.requests.front() ? RpcFault{} : parsed.requests.front().error();
}

TEST(JsonRpc, ReadsARequest) {
  const RpcLine line = parse_rpc_line(R"({"jsonrpc":"2.0","method":"send_text","params":{"to":"bob"},"id":"a\"1"})");
  ASSERT_FALSE(line.is_batch);
  ASSERT_TRUE(line.requests.front());
  EXPECT_EQ(line.requests.front()->method, "send_text");
  EXPECT_EQ(line.requests.front()->params, R"({"to":"bob"})");
  EXPECT_EQ(line.requests.front()->id, R"("a\"1")");
}

TEST(JsonRpc, ARequestWithoutIdIsANotificationAndOneWithNullIsNot) {
  EXPECT_FALSE(parse_rpc_line(R"({"jsonrpc":"2.0","method":"x"})").requests.front()->id);
  EXPECT_EQ(parse_rpc_line(R"({"jsonrpc":"2.0","method":"x","id":null})").requests.front()->id, "null");
}

TEST(JsonRpc, NamesWhatIsWrong) {
  EXPECT_EQ(fault_of(R"({"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz])").code, RpcCode::parse_error);
  EXPECT_EQ(fault_of("").code, RpcCode::parse_error);
  EXPECT_EQ(fault_of(R"({"jsonrpc":"2.0","method":1,"params":"bar"})").code, RpcCode::invalid_request);
  EXPECT_EQ(fault_of(R"({"method":"x","id":7})").id, "7");
  EXPECT_EQ(fault_of(R"({"jsonrpc":"1.0","method":"x","id":7})").code, RpcCode::invalid_request);
  EXPECT_EQ(fault_of(R"({"jsonrpc":"2.0","method":"x","id":{}})").id, "null");
  EXPECT_EQ(fault_of(R"({"jsonrpc":"2.0","method":"x","id":7,"params":[1]})").code, RpcCode::invalid_params);
  EXPECT_EQ(fault_of("[]").code, RpcCode::invalid_request);
  EXPECT_EQ(fault_of("17").code, RpcCode::invalid_request);
  EXPECT_EQ(fault_of(std::string(max_rpc_line_size + 1, ' ')).code, RpcCode::invalid_request);
}

TEST(JsonRpc, DeepNestingIsRefusedAndNotFollowed) {
  EXPECT_EQ(fault_of(std::string(100'000, '[')).code, RpcCode::parse_error);
}

TEST(JsonRpc, ABatchKeepsGoodAndBadApart) {
  const RpcLine line = parse_rpc_line(R"([{"jsonrpc":"2.0","method":"x","id":1},1,{"foo":"boo"}])");
  ASSERT_TRUE(line.is_batch);
  ASSERT_EQ(line.requests.size(), 3u);
  EXPECT_TRUE(line.requests[0]);
  EXPECT_EQ(line.requests[1].error().code, RpcCode::invalid_request);
  EXPECT_EQ(line.requests[2].error().code, RpcCode::invalid_request);
}

TEST(JsonRpc, PrintsAnswers) {
  EXPECT_EQ(print_rpc_result("7", "{}"), R"({"jsonrpc":"2.0","id":7,"result":{}})");
  EXPECT_EQ(print_rpc_notification("typing_changed", R"({"typing":true})"),
            R"({"jsonrpc":"2.0","method":"typing_changed","params":{"typing":true}})");
  EXPECT_EQ(print_rpc_fault({.id = "null", .code = RpcCode::parse_error, .message = "Not \"JSON\"", .data = {}}),
            R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Not \"JSON\""}})");
}

}  // namespace
}  // namespace sotto::cli
