// A hostile server, or a proxy, and a stream that polls carry: answers whose frames are shuffled, repeated or cut. What
// arrives in the end is every message once and in the order of its log; nothing is believed that was not asked for, and
// octets that are no frame are told (threats 19 and 27).

#include "hostile/hostile_world.h"

namespace sotto::hostile {
namespace {

class HostilePollsTest : public HostileServerTest {
 protected:
  std::size_t chance(std::size_t bound) { return static_cast<std::size_t>(world_.chance(bound)); }

  void shuffle(std::vector<Bytes>& frames) {
    for (std::size_t left = frames.size(); left > 1; --left) std::swap(frames[left - 1], frames[chance(left)]);
  }

  /// Bob's stream is polled; he and Ada write to one another through it.
  void converse(simulation::World::AlterPoll alter) {
    begin();
    world_.poll(bob_, std::move(alter));
    look_again(bob_);
    for (int round = 0; round < rounds; ++round) {
      send(ada_, "bob", "ada " + std::to_string(round));
      send(ada_, "bob", "ada again " + std::to_string(round));
      client::SendText command;
      command.to = "ada";
      command.text = "bob " + std::to_string(round);
      world_.command(bob_, command);
      world_.run_for(seconds(5));
    }
    world_.run_for(minutes(15));
  }

  /// Everything was read by both, once, in the same order.
  void expect_whole() {
    const std::vector<std::string> all = texts(ada_, "bob");
    EXPECT_EQ(all.size(), 2u + 3u * rounds);
    EXPECT_EQ(texts(bob_, "ada"), all);
    for (const client::TimelineMessage& line : history(bob_, "ada")) {
      EXPECT_EQ(line.cause, UndecryptableCause::none) << line.reason;
    }
  }

  static constexpr int rounds = 12;
};

TEST_F(HostilePollsTest, Threat19ShuffledAnswersLoseAndReorderNothing) {
  converse([this](std::vector<Bytes>& frames) { shuffle(frames); });
  expect_whole();
  EXPECT_TRUE(notices(bob_).empty());
}

TEST_F(HostilePollsTest, Threat19RepeatedAnswersAreTakenOnce) {
  std::vector<Bytes> before;
  converse([&before](std::vector<Bytes>& frames) {
    // Each answer holds the one before once more, and each of its own frames twice.
    std::vector<Bytes> all = before;
    for (const Bytes& frame : frames) {
      all.push_back(frame);
      all.push_back(frame);
    }
    before = frames;
    frames = std::move(all);
  });
  expect_whole();
  EXPECT_TRUE(notices(bob_).empty());
}

TEST_F(HostilePollsTest, Threat19AnswersThatLackFramesAreMadeUpFor) {
  converse([this](std::vector<Bytes>& frames) {
    if (chance(4) == 0 && !frames.empty())
      frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(chance(frames.size())));
  });
  world_.poll(bob_, nullptr);
  look_again(bob_);
  world_.run_for(minutes(2));
  expect_whole();
}

TEST_F(HostilePollsTest, Threat27FramesThatAreCutAreToldAndTheStreamBeginsAnew) {
  int cuts = 0;
  converse([&](std::vector<Bytes>& frames) {
    if (frames.empty() || chance(5) != 0) return;
    Bytes& frame = frames[chance(frames.size())];
    frame.resize(frame.size() / 2);
    ++cuts;
  });
  EXPECT_GT(cuts, 0);
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::malformed_frame));
  world_.poll(bob_, nullptr);
  look_again(bob_);
  world_.run_for(minutes(2));
  expect_whole();
}

TEST_F(HostilePollsTest, Threat19AnswersOfAnEarlierStreamAnswerNothing) {
  std::vector<Bytes> earlier;
  bool replays = false;
  converse([&](std::vector<Bytes>& frames) {
    if (replays) {
      frames.insert(frames.begin(), earlier.begin(), earlier.end());
    } else {
      earlier.insert(earlier.end(), frames.begin(), frames.end());
      replays = earlier.size() > 40;
    }
  });
  expect_whole();
}

}  // namespace
}  // namespace sotto::hostile
