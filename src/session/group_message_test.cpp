// A group message is opened by who holds the sender's chain, in the group, under the message id and from the device it
// was sealed for, once, and by nobody else; whatever is wrong with it, nothing changes. Numbers are those of the threat
// list.

#include "session/group_message.h"

#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "session/stored_state.h"
#include "session/testing/content.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::start_of_time;
using testing::text;
using testing::words_of;

class GroupMessageTest : public ::testing::Test {
 protected:
  SealedGroup seal_now(std::string_view words) {
    SealedGroup sealed = seal_group(chain_, sender_, place_, state_, text(words)).value();
    chain_ = sealed.next.copy();
    return sealed;
  }

  std::expected<std::string, OpenError> open_now(ByteView body) {
    auto opened = open_group(received_, sender_, place_, body, start_of_time);
    if (!opened) return std::unexpected(opened.error());
    received_ = std::move(opened->next);
    return words_of(opened->content);
  }

  /// Why nothing opens; and that nothing changed.
  OpenError refusal(ByteView body) {
    const SecretBuffer before = store(received_);
    const auto opened = open_now(body);
    EXPECT_FALSE(opened.has_value());
    EXPECT_TRUE(store(received_) == before);
    return opened.has_value() ? OpenError::no_slot : opened.error();
  }

  crypto::DeterministicRandom random_{21};
  GroupPlace place_{.conversation = random_.next<ConversationId>(), .message = random_.next<MessageId>()};
  GroupState state_{.number = 3, .head = random_.next<Sha256Digest>()};
  DeviceAddress sender_{random_.next<AccountId>(), random_.next<DeviceId>()};
  OwnSenderChain chain_ = begin_sender_chain(place_.conversation, start_of_time, random_);
  ReceivedSenderChains received_ = accept_share({}, share_of(chain_), start_of_time).value();
};

TEST_F(GroupMessageTest, WhoHoldsTheChainOpensIt) {
  const Bytes body = seal_now("to all").body;
  EXPECT_EQ(open_now(body), "to all");
  EXPECT_EQ(refusal(body), OpenError::duplicate);
  const auto message = read_group_message(body).value();
  EXPECT_EQ(message.group_number, 3u);
  EXPECT_EQ(message.group_head, state_.head);
}

TEST_F(GroupMessageTest, WhoDoesNotHoldItOpensNothing) {
  const Bytes before = seal_now("before").body;
  const ReceivedSenderChains late = accept_share({}, share_of(chain_), start_of_time).value();
  EXPECT_EQ(open_group(late, sender_, place_, before, start_of_time).error(), OpenError::no_sender_key);
  EXPECT_EQ(open_group({}, sender_, place_, before, start_of_time).error(), OpenError::no_sender_key);
}

// Threat 19: a server puts a message into another conversation, under another id, or in another's name.
TEST_F(GroupMessageTest, SplicingIsRefused) {
  const Bytes body = seal_now("here").body;
  const GroupPlace right = place_;
  place_.conversation.bytes[0] ^= 1;
  EXPECT_EQ(refusal(body), OpenError::bad_authentication);
  place_ = right, place_.message.bytes[0] ^= 1;
  EXPECT_EQ(refusal(body), OpenError::bad_authentication);
  place_ = right;
  const DeviceAddress sender = sender_;
  sender_.device.bytes[0] ^= 1;
  EXPECT_EQ(refusal(body), OpenError::bad_authentication);
  sender_ = sender;
  EXPECT_EQ(open_now(body), "here");
}

// Threat 1: who holds the chain, as every member does, still cannot write in the sender's name.
TEST_F(GroupMessageTest, AMemberCannotSealWithAnothersChain) {
  OwnSenderChain forged = chain_.copy();
  const crypto::Ed25519KeyPair own = crypto::generate_ed25519(random_);
  forged.signing_seed = own.seed.copy();
  EXPECT_EQ(refusal(seal_group(forged, sender_, place_, state_, text("x")).value().body),
            OpenError::bad_authentication);
}

// Threats 3 and 19: the group's state that the sender knew cannot be exchanged.
TEST_F(GroupMessageTest, EveryFieldIsAuthenticated) {
  const Bytes body = seal_now("x").body;
  const auto with = [&](auto change) {
    auto message = wire::decode<wire::GroupMessage>(body).value();
    change(message);
    return refusal(wire::encode(message));
  };
  using Message = wire::GroupMessage;
  EXPECT_EQ(with([](Message& message) { ++message.group_number; }), OpenError::bad_authentication);
  EXPECT_EQ(with([](Message& message) { message.group_head = {}; }), OpenError::bad_authentication);
  EXPECT_EQ(with([](Message& message) { ++message.iteration; }), OpenError::bad_authentication);
  EXPECT_EQ(with([](Message& message) { message.chain = {}; }), OpenError::no_sender_key);
  EXPECT_EQ(with([](Message& message) { message.commitment = {}; }), OpenError::bad_authentication);
  EXPECT_EQ(with([](Message& message) { message.ciphertext.back() ^= 1; }), OpenError::bad_authentication);
  EXPECT_EQ(with([](Message& message) { message.ciphertext.clear(); }), OpenError::bad_authentication);
  EXPECT_EQ(with([](Message& message) { message.signature.bytes[0] ^= 1; }), OpenError::bad_authentication);
  EXPECT_EQ(with([](Message& message) { message.suite = 0; }), OpenError::malformed);
  EXPECT_EQ(with([](Message& message) { message.suite = 2; }), OpenError::unsupported_suite);
}

// Threats 8 and 15: no octet may differ, and nothing moves before the whole is authentic.
TEST_F(GroupMessageTest, EveryFlippedBitAndTruncationIsRefused) {
  const Bytes body = seal_now("all of it").body;
  for (std::size_t octet = 0; octet < body.size(); ++octet) {
    Bytes bad = body;
    bad[octet] ^= static_cast<std::uint8_t>(1u << (octet % 8));
    ASSERT_FALSE(open_now(bad).has_value()) << octet;
    ASSERT_FALSE(open_now(ByteView(body).first(octet)).has_value()) << octet;
  }
  EXPECT_EQ(open_now(body), "all of it");
}

// Threat 14: a message that is not signed by the chain's key makes nobody derive keys; one that is, a bounded number.
TEST_F(GroupMessageTest, AFarMessageIsRefused) {
  OwnSenderChain far = chain_.copy();
  for (std::uint32_t step = 0; step <= max_sender_chain_steps; ++step) static_cast<void>(step_own_chain(far));
  EXPECT_EQ(seal_group(far, sender_, place_, state_, text("x")).error(), GroupSealError::chain_exhausted);
  far.iteration = 0;
  auto message = read_group_message(seal_group(far, sender_, place_, state_, text("x")).value().body).value();
  EXPECT_EQ(refusal(wire::encode(message)), OpenError::bad_commitment) << "another key than that of its iteration";
}

// Threat 9: a key that opens the ciphertext is the one committed to.
TEST_F(GroupMessageTest, AKeyOpensItsOwnMessageOnly) {
  SealedGroup first = seal_now("first");
  const Bytes second = seal_now("second").body;
  EXPECT_EQ(words_of(open_group_with_key(first.key, sender_, place_, first.body).value()), "first");
  EXPECT_EQ(open_group_with_key(first.key, sender_, place_, second).error(), OpenError::bad_commitment);
  DeviceAddress other = sender_;
  other.device.bytes[0] ^= 1;
  EXPECT_EQ(open_group_with_key(first.key, other, place_, first.body).error(), OpenError::bad_authentication);
  GroupPlace elsewhere = place_;
  elsewhere.conversation.bytes[0] ^= 1;
  EXPECT_EQ(open_group_with_key(first.key, sender_, elsewhere, first.body).error(), OpenError::bad_authentication);
  first.key.key = random_.next_secret<32>();
  EXPECT_EQ(open_group_with_key(first.key, sender_, place_, first.body).error(), OpenError::bad_commitment);
}

TEST_F(GroupMessageTest, WhoOpenedItPassesOnTheSameKey) {
  const SealedGroup sealed = seal_now("x");
  const auto opened = open_group(received_, sender_, place_, sealed.body, start_of_time);
  ASSERT_TRUE(opened.has_value());
  EXPECT_TRUE(wire::encode_secret(opened->key) == wire::encode_secret(sealed.key));
}

// A cloned disk or a restored state uses a message key twice; key and nonce differ all the same.
TEST_F(GroupMessageTest, TwoMessagesOfOneIterationShareNoKeystream) {
  const OwnSenderChain copy = chain_.copy();
  const auto one = read_group_message(seal_now(std::string(200, 'a')).body).value();
  place_.message = random_.next<MessageId>();
  const auto other =
      read_group_message(seal_group(copy, sender_, place_, state_, text(std::string(200, 'a'))).value().body).value();
  EXPECT_EQ(one.iteration, other.iteration);
  std::size_t equal_octets = 0;
  for (std::size_t octet = 0; octet < one.ciphertext.size(); ++octet) {
    if (one.ciphertext[octet] == other.ciphertext[octet]) ++equal_octets;
  }
  EXPECT_LT(equal_octets, one.ciphertext.size() / 8);
}

TEST_F(GroupMessageTest, SealsOnlyContentThatIsThereInItsOwnGroup) {
  EXPECT_EQ(seal_group(chain_, sender_, place_, state_, text("")).error(), GroupSealError::bad_content);
  GroupPlace elsewhere = place_;
  elsewhere.conversation.bytes[0] ^= 1;
  EXPECT_EQ(seal_group(chain_, sender_, elsewhere, state_, text("x")).error(), GroupSealError::wrong_group);
  EXPECT_TRUE(seal_group(chain_, sender_, place_, state_, text(std::string(wire::max_text_size, 'x'))).has_value());
}

// Threat 20: lengths say little.
TEST_F(GroupMessageTest, ShortTextsHaveOneLength) {
  static_cast<void>(seal_now("iteration 0 takes no octets"));
  const std::size_t size = seal_now("a").body.size();
  EXPECT_EQ(seal_now(std::string(200, 'a')).body.size(), size);
}

// Threat 27: what a fellow member makes up itself is refused by name and harms nothing.
TEST_F(GroupMessageTest, AuthenticNonsenseIsRefused) {
  EXPECT_EQ(refusal({}), OpenError::malformed);
  EXPECT_EQ(refusal(as_bytes("nonsense")), OpenError::malformed);
  Bytes longer = seal_now("x").body;
  longer.insert(longer.end(), {0xf8, 0x06, 0x01});
  EXPECT_EQ(refusal(longer), OpenError::malformed) << "not canonical";
}

}  // namespace
}  // namespace sotto::session
