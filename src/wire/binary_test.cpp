// Property: what encode writes, decode reads back, and decode_canonical reads nothing else.

#include "wire/binary.h"

#include <gtest/gtest.h>

#include "wire/frame.h"

namespace sotto::wire {
namespace {

TEST(Binary, RoundTripsAFrame) {
  ClientFrame frame;
  frame.id = 300;
  Send& send = frame.request.emplace<Send>();
  send.conversation.bytes.fill(1);
  send.message.bytes.fill(2);
  send.epoch = 7;
  send.body = Bytes(400, 9);
  const Bytes octets = encode(frame);
  const auto decoded = decode_canonical<ClientFrame>(octets);
  ASSERT_TRUE(decoded.has_value());
  const auto* back = std::get_if<Send>(&decoded->request);
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(back->body, send.body);
  EXPECT_EQ(encode(*decoded), octets);
}

}  // namespace
}  // namespace sotto::wire
