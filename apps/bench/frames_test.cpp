// What the load generator reads of a pushed entry without decoding it is what the codec wrote, and frames come out of
// a run of octets as they went in.
#include "bench/frames.h"

#include <gmock/gmock.h>

#include "wire/binary.h"

namespace sotto::bench {
namespace {

Bytes pushed(const wire::Answer& answer) { return wire::encode(wire::ServerFrame{0, answer}); }

TEST(PushedEntry, GivesNumberAndBody) {
  const Bytes body(400, 0x5a);
  wire::LogEntry written;
  written.seq = 70'000;
  written.sent_at = {1};
  written.body = body;
  written.expires_at = {2};
  const Bytes octets = pushed(written);
  const auto entry = pushed_entry(octets);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->seq, 70'000U);
  EXPECT_EQ(Bytes(entry->body.begin(), entry->body.end()), body);
}

TEST(PushedEntry, IsNothingElse) {
  EXPECT_FALSE(pushed_entry(pushed(wire::Behind{})));
  EXPECT_FALSE(pushed_entry(wire::encode(wire::ServerFrame{7, wire::Sent{}})));
  EXPECT_FALSE(pushed_entry({}));
}

TEST(Frames, ComeOutAsTheyWentIn) {
  for (const std::size_t size : {0U, 125U, 126U, 60'000U}) {
    Bytes octets;
    const Bytes payload(size, 7);
    append_frame(octets, {}, payload);
    EXPECT_FALSE(first_frame(ByteView(octets).first(octets.size() - 1)));
    const auto frame = first_frame(octets);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->opcode, opcode_binary);
    EXPECT_EQ(frame->payload.size(), size);
    EXPECT_EQ(frame->total_size, octets.size());
  }
}

}  // namespace
}  // namespace sotto::bench
