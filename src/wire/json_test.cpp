// Property: what to_json prints, from_json reads back.

#include "wire/json.h"

#include <gtest/gtest.h>

#include "wire/frame_codec.h"

namespace sotto::wire {
namespace {

TEST(Json, RoundTripsAFrame) {
  ClientFrame frame;
  frame.id = 300;
  Send& send = frame.request.emplace<Send>();
  send.conversation.bytes.fill(1);
  send.message.bytes.fill(2);
  send.epoch = 7;
  send.body = Bytes(5, 9);
  const std::string text = to_json(frame);
  EXPECT_EQ(text,
            "{\"id\":300,\"send\":{\"conversation\":\"01010101010101010101010101010101\",\"epoch\":7,\"message\":"
            "\"02020202020202020202020202020202\",\"body\":\"CQkJCQk=\"}}");
  const auto decoded = from_json<ClientFrame>(text);
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(encode(*decoded), encode(frame));
}

}  // namespace
}  // namespace sotto::wire
