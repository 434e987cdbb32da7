// An outgoing queue yields exactly the octets that were pushed, in order, however they are cut by partial writes, and
// counts what is left.
#include "transport/outgoing_queue.h"

#include <array>
#include <gtest/gtest.h>
#include <random>

namespace sotto::transport {
namespace {

TEST(OutgoingQueue, StartsEmpty) {
  OutgoingQueue queue;
  std::array<ByteView, 4> pieces;
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.front(pieces), 0u);
}

TEST(OutgoingQueue, GathersSeveralFramesAndContinuesInTheMiddle) {
  OutgoingQueue queue;
  queue.push(std::make_shared<const Bytes>(Bytes{1, 2, 3}));
  queue.push(std::make_shared<const Bytes>(Bytes{4, 5}));
  std::array<ByteView, 4> pieces;
  ASSERT_EQ(queue.front(pieces), 2u);
  queue.written(4);
  EXPECT_EQ(queue.size(), 1u);
  ASSERT_EQ(queue.front(pieces), 1u);
  EXPECT_EQ(Bytes(pieces[0].begin(), pieces[0].end()), Bytes{5});
  queue.written(1);
  EXPECT_TRUE(queue.empty());
}

TEST(OutgoingQueue, LetsGoOfAFrameAsSoonAsItIsWritten) {
  OutgoingQueue queue;
  const auto frame = std::make_shared<const Bytes>(Bytes{1, 2, 3});
  queue.push(frame);
  queue.push(std::make_shared<const Bytes>(Bytes{4}));
  EXPECT_EQ(frame.use_count(), 2);
  queue.written(3);
  EXPECT_EQ(frame.use_count(), 1);
}

TEST(OutgoingQueue, AnyCutOfWritesYieldsTheSameOctets) {
  std::mt19937 random(5);
  OutgoingQueue queue;
  Bytes pushed;
  Bytes taken;
  for (int step = 0; step < 20'000; ++step) {
    if (random() % 2 == 0) {
      Bytes frame(random() % 40);
      for (auto& octet : frame) octet = static_cast<std::uint8_t>(random());
      pushed.insert(pushed.end(), frame.begin(), frame.end());
      queue.push(std::make_shared<const Bytes>(std::move(frame)));
    } else if (!queue.empty()) {
      std::array<ByteView, 3> pieces;
      const std::size_t count = queue.front(pieces);
      Bytes offered;
      for (std::size_t at = 0; at < count; ++at) offered.insert(offered.end(), pieces[at].begin(), pieces[at].end());
      offered.resize(1 + random() % offered.size());
      taken.insert(taken.end(), offered.begin(), offered.end());
      queue.written(offered.size());
    }
    ASSERT_EQ(queue.size(), pushed.size() - taken.size());
  }
  EXPECT_TRUE(std::equal(taken.begin(), taken.end(), pushed.begin()));
}

}  // namespace
}  // namespace sotto::transport
