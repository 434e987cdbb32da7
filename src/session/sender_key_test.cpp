// A sender's chain opens, for who was given it, everything from then on and nothing from before; it ends with whoever
// holds it and goes, with 1,000 messages and with 7 days (threat 10); what is kept of skipped and old chains is bounded
// (threat 14); and states are byte for byte what they have always been. Numbers are those of the threat list.

#include "session/sender_key.h"

#include <gmock/gmock.h>

#include "base/text_encoding.h"
#include "crypto/testing/deterministic_random.h"
#include "session/stored_state.h"
#include "session/testing/golden.h"
#include "session/testing/party.h"

namespace sotto::session {
namespace {

using testing::start_of_time;

class SenderKeyTest : public ::testing::Test {
 protected:
  [[nodiscard]] ReceivedSenderChains given(const OwnSenderChain& chain) const {
    return accept_share({}, share_of(chain), now_).value();
  }

  /// Whether the keys of the next `count` messages are the same for both.
  void expect_agreement(OwnSenderChain& chain, ReceivedSenderChains& received, int count) {
    for (int message = 0; message < count; ++message) {
      const std::uint32_t iteration = chain.iteration;
      const Secret<32> key = step_own_chain(chain);
      auto taken = take_sender_key(received, 0, iteration, now_);
      ASSERT_TRUE(taken.has_value());
      EXPECT_TRUE(taken->message_key == key);
      received = std::move(taken->next);
    }
  }

  [[nodiscard]] std::vector<DeviceAddress> devices(std::size_t count) {
    std::vector<DeviceAddress> made;
    for (std::size_t index = 0; index < count; ++index) {
      made.push_back({random_.next<AccountId>(), random_.next<DeviceId>()});
    }
    std::ranges::sort(made);
    return made;
  }

  crypto::DeterministicRandom random_{20};
  UnixMillis now_ = start_of_time;
  ConversationId conversation_ = random_.next<ConversationId>();
  OwnSenderChain chain_ = begin_sender_chain(conversation_, now_, random_);
};

TEST_F(SenderKeyTest, WhoIsGivenTheChainFollowsIt) {
  ReceivedSenderChains early = given(chain_);
  expect_agreement(chain_, early, 5);
  ReceivedSenderChains late = given(chain_);
  expect_agreement(chain_, late, 5);
  EXPECT_EQ(take_sender_key(late, 0, 4, now_).error(), OpenError::no_sender_key) << "from before the share";
  EXPECT_EQ(take_sender_key(late, 0, 5, now_).error(), OpenError::duplicate);
}

TEST_F(SenderKeyTest, MessagesMayComeInAnyOrder) {
  ReceivedSenderChains received = given(chain_);
  std::vector<Secret<32>> keys;
  for (int message = 0; message < 10; ++message) keys.push_back(step_own_chain(chain_));
  for (const std::uint32_t iteration : {9u, 0u, 5u, 1u, 8u, 2u, 7u, 3u, 6u, 4u}) {
    auto taken = take_sender_key(received, 0, iteration, now_);
    ASSERT_TRUE(taken.has_value());
    EXPECT_TRUE(taken->message_key == keys[iteration]);
    received = std::move(taken->next);
    EXPECT_EQ(take_sender_key(received, 0, iteration, now_).error(), OpenError::duplicate);
  }
  EXPECT_TRUE(received.chains[0].skipped.empty());
}

// Threat 14.
TEST_F(SenderKeyTest, SkippingIsBounded) {
  ReceivedSenderChains received = given(chain_);
  EXPECT_EQ(take_sender_key(received, 0, max_sender_chain_steps + 1, now_).error(), OpenError::too_far_ahead);
  EXPECT_EQ(take_sender_key(received, 0, 0xffff'ffff, now_).error(), OpenError::too_far_ahead);
  for (std::uint32_t jump = 1; jump <= 4; ++jump) {
    received = take_sender_key(received, 0, jump * max_sender_chain_steps, now_).value().next;
    EXPECT_LE(received.chains[0].skipped.size(), max_skipped_sender_keys);
  }
  EXPECT_EQ(received.chains[0].skipped.size(), max_skipped_sender_keys);
  now_ = now_ + skipped_sender_key_lifetime;
  received = take_sender_key(received, 0, 4 * max_sender_chain_steps + 1, now_).value().next;
  EXPECT_TRUE(received.chains[0].skipped.empty());
}

TEST_F(SenderKeyTest, AShareThatContradictsIsRefused) {
  const ReceivedSenderChains received = given(chain_);
  wire::SenderKey other = share_of(chain_);
  other.signing_key = crypto::generate_ed25519(random_).public_key;
  EXPECT_EQ(accept_share(received, other, now_).error(), ShareError::contradicts);
  other = share_of(chain_);
  other.chain_key = random_.next_secret<32>();
  EXPECT_EQ(accept_share(received, other, now_).error(), ShareError::contradicts);
  other.iteration = 7;
  EXPECT_EQ(accept_share(received, other, now_).error(), ShareError::contradicts);
  other.iteration = max_sender_chain_steps + 1;
  EXPECT_EQ(accept_share(received, other, now_).error(), ShareError::too_far_ahead);
  other = share_of(chain_);
  other.signing_key = {};
  EXPECT_EQ(accept_share(received, other, now_).error(), ShareError::malformed);
}

TEST_F(SenderKeyTest, ASecondShareThatAgreesChangesNothing) {
  ReceivedSenderChains received = given(chain_);
  const wire::SenderKey first = share_of(chain_);
  expect_agreement(chain_, received, 3);
  const SecretBuffer before = store(received);
  EXPECT_TRUE(store(accept_share(received, first, now_).value()) == before) << "an earlier one";
  EXPECT_TRUE(store(accept_share(received, share_of(chain_), now_).value()) == before);
  static_cast<void>(step_own_chain(chain_));
  EXPECT_TRUE(store(accept_share(received, share_of(chain_), now_).value()) == before) << "a later one";
}

TEST_F(SenderKeyTest, OldChainsOpenForAWhileAndAreFew) {
  ReceivedSenderChains received = given(chain_);
  for (int rotation = 0; rotation < 8; ++rotation) {
    received = accept_share(received, share_of(begin_sender_chain(conversation_, now_, random_)), now_).value();
  }
  EXPECT_EQ(received.chains.size(), 1 + max_old_sender_chains);
  now_ = now_ + old_sender_chain_lifetime;
  received = accept_share(received, share_of(begin_sender_chain(conversation_, now_, random_)), now_).value();
  EXPECT_EQ(received.chains.size(), 2u) << "the one before was replaced just now";
}

// Threat 10: a chain ends with who goes, with its number of messages, and with time.
TEST_F(SenderKeyTest, IsReplacedWhenItsTimeHasCome) {
  const std::vector<DeviceAddress> all = devices(4);
  const std::span<const DeviceAddress> some = std::span(all).first(3);
  const auto begins = [&](std::span<const DeviceAddress> holders, std::span<const DeviceAddress> entitled,
                          UnixMillis now) {
    return plan_sender_key(&chain_, {.holders = holders, .entitled = entitled}, now).begins_chain;
  };
  EXPECT_FALSE(begins(all, all, now_));
  EXPECT_FALSE(begins(some, all, now_));
  EXPECT_TRUE(begins(all, some, now_)) << "somebody who holds it is gone";
  EXPECT_FALSE(begins(all, all, now_ + days(7) + Milliseconds{-1}));
  EXPECT_TRUE(begins(all, all, now_ + days(7)));
  EXPECT_TRUE(begins(all, all, UnixMillis{now_.value - 1})) << "a clock that was set back";
  EXPECT_TRUE(plan_sender_key(nullptr, {.holders = {}, .entitled = all}, now_).begins_chain);
  chain_.iteration = max_sender_chain_messages - 1;
  EXPECT_FALSE(begins(all, all, now_));
  chain_.iteration = max_sender_chain_messages;
  EXPECT_TRUE(begins(all, all, now_));
}

TEST_F(SenderKeyTest, GoesToWhoLacksItAndANewOneToEverybody) {
  const std::vector<DeviceAddress> all = devices(4);
  const std::vector<DeviceAddress> holders{all[0], all[2]};
  EXPECT_EQ(plan_sender_key(&chain_, {.holders = holders, .entitled = all}, now_).recipients,
            (std::vector{all[1], all[3]}));
  const std::vector<DeviceAddress> entitled{all[0], all[1]};
  EXPECT_EQ(plan_sender_key(&chain_, {.holders = holders, .entitled = entitled}, now_).recipients, entitled);
  EXPECT_TRUE(plan_sender_key(&chain_, {.holders = all, .entitled = all}, now_).recipients.empty());
}

TEST_F(SenderKeyTest, IsStoredAsItHasAlwaysBeen) {
  ReceivedSenderChains received = given(chain_);
  for (int message = 0; message < 4; ++message) static_cast<void>(step_own_chain(chain_));
  received = take_sender_key(received, 0, 2, now_).value().next;
  received = accept_share(received, share_of(begin_sender_chain(conversation_, now_, random_)), now_).value();
  testing::expect_golden("own_sender_chain.hex", to_hex(store(chain_).reveal()));
  testing::expect_golden("received_sender_chains.hex", to_hex(store(received).reveal()));
  EXPECT_TRUE(store(load_own_sender_chain(store(chain_).reveal()).value()) == store(chain_));
  EXPECT_TRUE(store(load_received_sender_chains(store(received).reveal()).value()) == store(received));
}

TEST_F(SenderKeyTest, DamageIsNamed) {
  ReceivedSenderChains received = take_sender_key(given(chain_), 0, 3, now_).value().next;
  std::swap(received.chains[0].skipped[0], received.chains[0].skipped[1]);
  EXPECT_EQ(load_received_sender_chains(store(received).reveal()).error(), StoredStateError::damaged);
  std::swap(received.chains[0].skipped[0], received.chains[0].skipped[1]);
  received.chains[0].skipped[2].iteration = 4;
  EXPECT_EQ(load_received_sender_chains(store(received).reveal()).error(), StoredStateError::damaged);
  EXPECT_EQ(load_own_sender_chain(as_bytes("x")).error(), StoredStateError::damaged);
}

}  // namespace
}  // namespace sotto::session
