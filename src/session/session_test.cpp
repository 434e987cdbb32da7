// A message is opened by the device it was sealed for, once, in any order within the caps, and by nobody else; whatever
// is refused leaves every state as it was.

#include "session/session.h"

#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "session/stored_state.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::claim;
using testing::context;
using testing::from_to;
using testing::make_party;
using testing::open_at;
using testing::Party;
using testing::seal_from;
using testing::start;
using testing::start_of_time;
using testing::Stock;

class SessionTest : public ::testing::Test {
 protected:
  Bytes alice_says(std::string_view text) { return seal_from(alice_, bob_, text, context_, now_, random_); }
  Bytes bob_says(std::string_view text) { return seal_from(bob_, alice_, text, context_, now_, random_); }
  auto bob_opens(ByteView message) { return open_at(bob_, alice_, message, context_, now_, random_); }
  auto alice_opens(ByteView message) { return open_at(alice_, bob_, message, context_, now_, random_); }

  /// Both have sent and received.
  void establish() {
    start(alice_, bob_, now_, random_);
    ASSERT_EQ(bob_opens(alice_says("hello")).value(), "hello");
    ASSERT_EQ(alice_opens(bob_says("hello yourself")).value(), "hello yourself");
  }

  static SecretBuffer everything_of(const Party& party) {
    const SecretBuffer sessions = store(party.sessions);
    const SecretBuffer prekeys = store(party.prekeys);
    SecretBuffer all(sessions.size() + prekeys.size());
    std::ranges::copy(sessions.reveal(), all.writable().begin());
    std::ranges::copy(prekeys.reveal(), all.writable().begin() + static_cast<std::ptrdiff_t>(sessions.size()));
    return all;
  }

  crypto::DeterministicRandom random_{6};
  UnixMillis now_ = start_of_time;
  wire::SessionContext context_ = context(1);
  Party alice_ = make_party(random_, Stock::full);
  Party bob_ = make_party(random_, Stock::full);
};

TEST_F(SessionTest, TalksBackAndForth) {
  establish();
  for (int round = 0; round < 200; ++round) {
    const std::string text = "message " + std::to_string(round);
    ASSERT_EQ(bob_opens(alice_says(text)).value(), text);
    ASSERT_EQ(alice_opens(bob_says(text)).value(), text);
  }
  EXPECT_EQ(alice_.sessions.sessions.size(), 1u);
  EXPECT_EQ(alice_.sessions.sessions[0].ratchet.closed_chains.size(), max_closed_chains);
}

TEST_F(SessionTest, TheReKeyHappensAgainAndAgainAndIsPaidForRarely) {
  establish();
  std::size_t large = 0;
  for (int round = 0; round < 300; ++round) {
    const Bytes question = alice_says("?");
    ASSERT_TRUE(bob_opens(question).has_value());
    const Bytes answer = bob_says("!");
    ASSERT_TRUE(alice_opens(answer).has_value());
    large += (question.size() > 1'000 ? 1u : 0u) + (answer.size() > 1'000 ? 1u : 0u);
  }
  EXPECT_GE(alice_.sessions.sessions[0].ratchet.rekey.last_offer, 5u);
  EXPECT_GE(bob_.sessions.sessions[0].ratchet.rekey.last_offer, 5u);
  EXPECT_LE(large, 26u);
}

TEST_F(SessionTest, AOneSidedConversationIsOpenedAndCarriesTheInitiationThroughout) {
  start(alice_, bob_, now_, random_);
  for (int round = 0; round < 120; ++round) {
    const Bytes message = alice_says("again");
    EXPECT_GT(message.size(), 1'100u);
    EXPECT_LT(message.size(), 1'500u);
    ASSERT_TRUE(bob_opens(message).has_value()) << round;
  }
}

TEST_F(SessionTest, OpensWhatArrivesInAnyOrderAndEachOnce) {
  establish();
  std::vector<Bytes> messages;
  for (int number = 0; number < 20; ++number) messages.push_back(alice_says(std::to_string(number)));
  for (int number = 19; number >= 0; --number) {
    ASSERT_EQ(bob_opens(messages[static_cast<std::size_t>(number)]).value(), std::to_string(number));
  }
  for (const Bytes& message : messages) EXPECT_EQ(bob_opens(message).error(), OpenError::duplicate);
  EXPECT_TRUE(bob_.sessions.sessions[0].ratchet.skipped.empty());
}

TEST_F(SessionTest, OpensLateMessagesOfChainsThatAreOver) {
  establish();
  const Bytes late = alice_says("late");
  for (int round = 0; round < 10; ++round) {
    ASSERT_TRUE(bob_opens(alice_says("x")).has_value());
    ASSERT_TRUE(alice_opens(bob_says("y")).has_value());
  }
  EXPECT_EQ(bob_opens(late).value(), "late");
  EXPECT_EQ(bob_opens(late).error(), OpenError::duplicate);
}

TEST_F(SessionTest, RefusesAFlippedBitAnywhereAndChangesNothing) {
  establish();
  for (int sent = 0; sent < 49; ++sent) ASSERT_TRUE(bob_opens(alice_says("counting")).has_value());
  const Bytes message = alice_says("with an offer");
  ASSERT_GT(message.size(), 1'184u);
  const SecretBuffer before = everything_of(bob_);
  for (std::size_t octet = 0; octet < message.size(); ++octet) {
    Bytes bad = message;
    bad[octet] ^= static_cast<std::uint8_t>(1u << (octet % 8));
    ASSERT_FALSE(bob_opens(bad).has_value()) << octet;
  }
  EXPECT_TRUE(everything_of(bob_) == before);
  EXPECT_EQ(bob_opens(message).value(), "with an offer");
}

TEST_F(SessionTest, RefusesAnInitiationWithAFlippedBitAnywhere) {
  start(alice_, bob_, now_, random_);
  const Bytes message = alice_says("first");
  const SecretBuffer before = everything_of(bob_);
  for (std::size_t octet = 0; octet < message.size(); octet += 3) {
    Bytes bad = message;
    bad[octet] ^= static_cast<std::uint8_t>(1u << (octet / 3 % 8));
    ASSERT_FALSE(bob_opens(bad).has_value()) << octet;
  }
  EXPECT_TRUE(everything_of(bob_) == before);
  EXPECT_EQ(bob_opens(message).value(), "first");
}

TEST_F(SessionTest, RefusesEveryTruncationAndEveryExtension) {
  start(alice_, bob_, now_, random_);
  const Bytes message = alice_says("whole");
  for (std::size_t size = 0; size < message.size(); ++size) {
    // Only where a whole field ends it is a message at all, one without a ciphertext.
    ASSERT_FALSE(bob_opens(ByteView(message).first(size)).has_value()) << size;
  }
  Bytes longer = message;
  longer.push_back(0);
  EXPECT_EQ(bob_opens(longer).error(), OpenError::malformed);
}

TEST_F(SessionTest, NamesASuiteThatItDoesNotHave) {
  establish();
  auto message = wire::decode<wire::SessionMessage>(alice_says("later")).value();
  message.suite = 2;
  EXPECT_EQ(bob_opens(wire::encode(message)).error(), OpenError::unsupported_suite);
  Bytes with_unknown_field = wire::encode(message);
  with_unknown_field.insert(with_unknown_field.end(), {0x78, 0x01});
  EXPECT_EQ(bob_opens(with_unknown_field).error(), OpenError::unsupported_suite);
  message.suite = 0;
  EXPECT_EQ(bob_opens(wire::encode(message)).error(), OpenError::malformed);
}

TEST_F(SessionTest, RefusesAnotherContext) {
  establish();
  const Bytes message = alice_says("here");
  context_ = context(2);
  EXPECT_EQ(bob_opens(message).error(), OpenError::bad_authentication);
  context_ = context(1);
  context_.conversation->bytes[0] ^= 1;
  EXPECT_EQ(bob_opens(message).error(), OpenError::bad_authentication);
  context_ = context(1);
  context_.use = wire::SessionUse::mailbox;
  EXPECT_EQ(bob_opens(message).error(), OpenError::bad_authentication);
  context_ = context(1);
  EXPECT_TRUE(bob_opens(message).has_value());
}

TEST_F(SessionTest, RefusesMistakenIdentities) {
  establish();
  const Bytes message = alice_says("it is me");
  const auto opens_if = [&](auto change) {
    Party alice = alice_.copy();
    Party bob = bob_.copy();
    change(alice.as_remote, bob.local);
    return open_at(bob, alice, message, context_, now_, random_).has_value();
  };
  EXPECT_TRUE(opens_if([](RemoteDevice&, LocalDevice&) {}));
  EXPECT_FALSE(opens_if([](RemoteDevice& alice, LocalDevice&) { alice.address.account.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice& alice, LocalDevice&) { alice.address.device.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice& alice, LocalDevice&) { alice.account_key.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice& alice, LocalDevice&) { alice.identity_key.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice&, LocalDevice& bob) { bob.address.account.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice&, LocalDevice& bob) { bob.address.device.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice&, LocalDevice& bob) { bob.account_key.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice&, LocalDevice& bob) { bob.identity_key.public_key.bytes[9] ^= 1; }));
  EXPECT_FALSE(opens_if([](RemoteDevice& alice, LocalDevice& bob) {
    std::swap(alice.address, bob.address);
    std::swap(alice.identity_key, bob.identity_key.public_key);
  }));
}

TEST_F(SessionTest, AMessageIsNotOpenedByItsOwnSender) {
  establish();
  EXPECT_FALSE(alice_opens(alice_says("echo")).has_value());
}

TEST_F(SessionTest, AStrangerCannotUseSomebodyElsesInitiation) {
  Party mallory = make_party(random_, Stock::none);
  start(alice_, bob_, now_, random_);
  const Bytes message = alice_says("for bob, from alice");
  EXPECT_EQ(open_at(bob_, mallory, message, context_, now_, random_).error(), OpenError::bad_authentication);
  EXPECT_TRUE(bob_opens(message).has_value());
}

TEST_F(SessionTest, RefusesAnAllZeroRatchetKey) {
  establish();
  const Bytes message = alice_says("key");
  for (const std::uint8_t filler : std::array<std::uint8_t, 2>{0x00, 0xff}) {
    auto bad = wire::decode<wire::SessionMessage>(message).value();
    auto header = wire::decode<wire::SessionHeader>(bad.header).value();
    header.ratchet_key.bytes.fill(filler);
    bad.header = wire::encode(header);
    EXPECT_EQ(bob_opens(wire::encode(bad)).error(), OpenError::malformed);
  }
}

TEST_F(SessionTest, BridgesAGapOfAThousandAndRefusesALargerOne) {
  establish();
  const Party before = bob_.copy();
  for (std::size_t sent = 0; sent < max_skipped_per_chain; ++sent) (void)alice_says("lost");
  const Bytes last_within = alice_says("within");
  const Bytes first_beyond = alice_says("beyond");
  EXPECT_EQ(bob_opens(first_beyond).error(), OpenError::too_far_ahead);
  EXPECT_EQ(bob_opens(last_within).value(), "within");
  EXPECT_EQ(bob_opens(first_beyond).value(), "beyond");
  EXPECT_EQ(bob_.sessions.sessions[0].ratchet.skipped[0].keys.size(), max_skipped_per_chain);
}

TEST_F(SessionTest, AFloodOfGapsStaysWithinTheCaps) {
  establish();
  const Bytes first_skipped = alice_says("the oldest");
  for (int chain = 0; chain < 5; ++chain) {
    for (int sent = 0; sent < 900; ++sent) (void)alice_says("lost");
    ASSERT_TRUE(bob_opens(alice_says("arrives")).has_value());
    ASSERT_TRUE(alice_opens(bob_says("next chain")).has_value());
  }
  std::size_t kept = 0;
  for (const SkippedChain& chain : bob_.sessions.sessions[0].ratchet.skipped) kept += chain.keys.size();
  EXPECT_EQ(kept, max_skipped_per_session);
  EXPECT_EQ(bob_opens(first_skipped).error(), OpenError::duplicate);
  ASSERT_TRUE(load_sessions(store(bob_.sessions).reveal()).has_value());
}

TEST_F(SessionTest, AForgedGapCostsNothingButTime) {
  establish();
  auto forged = wire::decode<wire::SessionMessage>(alice_says("real")).value();
  auto header = wire::decode<wire::SessionHeader>(forged.header).value();
  header.message_number = 999;
  header.previous_chain_length = 1'000;
  header.ratchet_key = crypto::generate_x25519(random_).public_key;
  forged.header = wire::encode(header);
  const SecretBuffer before = everything_of(bob_);
  EXPECT_FALSE(bob_opens(wire::encode(forged)).has_value());
  EXPECT_TRUE(everything_of(bob_) == before);
}

TEST_F(SessionTest, SkippedKeysExpire) {
  establish();
  const Bytes missed = alice_says("missed");
  const Bytes taken = alice_says("taken");
  ASSERT_TRUE(bob_opens(taken).has_value());
  EXPECT_FALSE(bob_.sessions.sessions[0].ratchet.skipped.empty());
  now_ = now_ + skipped_key_lifetime;
  ASSERT_TRUE(bob_opens(alice_says("much later")).has_value());
  EXPECT_TRUE(bob_.sessions.sessions[0].ratchet.skipped.empty());
  EXPECT_EQ(bob_opens(missed).error(), OpenError::duplicate);
}

TEST_F(SessionTest, AReplayedInitiationIsRefusedEvenWhenItsSessionIsGone) {
  for (const Stock stock : {Stock::none, Stock::full}) {
    bob_ = make_party(random_, stock);
    alice_.sessions = {};
    start(alice_, bob_, now_, random_);
    const Bytes first = alice_says("pay 100");
    ASSERT_TRUE(bob_opens(first).has_value());
    EXPECT_EQ(bob_opens(first).error(), OpenError::duplicate);
    bob_.sessions = {};
    EXPECT_EQ(bob_opens(first).error(),
              stock == Stock::none ? OpenError::replayed_initiation : OpenError::unknown_prekey);
  }
}

TEST_F(SessionTest, AFailedInitiationConsumesNoPrekey) {
  start(alice_, bob_, now_, random_);
  auto message = wire::decode<wire::SessionMessage>(alice_says("first")).value();
  const std::size_t before = bob_.prekeys.one_time_prekeys.size();
  message.ciphertext.back() ^= 1;
  EXPECT_EQ(bob_opens(wire::encode(message)).error(), OpenError::bad_authentication);
  EXPECT_EQ(bob_.prekeys.one_time_prekeys.size(), before);
}

TEST_F(SessionTest, WithoutASessionNothingIsSealed) {
  EXPECT_FALSE(alice_.sessions.can_seal());
  const auto sealed =
      seal(alice_.sessions, from_to(alice_, bob_), {.plaintext = {}, .context = context_}, now_, random_);
  EXPECT_EQ(sealed.error(), SealError::no_session);
}

TEST_F(SessionTest, SealsUpToTheLimitAndNoFurther) {
  establish();
  const Bytes longest(wire::max_session_ciphertext_size - 16, 7);
  EXPECT_EQ(bob_opens(alice_says(as_text(longest))).value(), as_text(longest));
  const Bytes longer(longest.size() + 1, 7);
  const auto sealed =
      seal(alice_.sessions, from_to(alice_, bob_), {.plaintext = longer, .context = context_}, now_, random_);
  EXPECT_EQ(sealed.error(), SealError::too_long);
}

TEST_F(SessionTest, AChainWithoutNumbersSealsNoMore) {
  establish();
  (void)alice_says("begins the chain");
  std::get<Speaking>(alice_.sessions.sessions[0].ratchet.turn).next_number = 0xffff'ffff;
  const auto sealed =
      seal(alice_.sessions, from_to(alice_, bob_), {.plaintext = {}, .context = context_}, now_, random_);
  EXPECT_EQ(sealed.error(), SealError::chain_exhausted);
}

TEST_F(SessionTest, ABundleThatIsNotTheDevicesStartsNothing) {
  wire::PrekeyBundle bundle = claim(bob_);
  bundle.signed_prekey.key = crypto::generate_x25519(random_).public_key;
  EXPECT_EQ(start_session({}, from_to(alice_, bob_), bundle, now_, random_).error(), StartError::bad_signature);
  bundle = claim(alice_);
  EXPECT_EQ(start_session({}, from_to(alice_, bob_), bundle, now_, random_).error(), StartError::wrong_device);
}

TEST_F(SessionTest, TwoThatStartAtOnceMeetInOneSession) {
  start(alice_, bob_, now_, random_);
  start(bob_, alice_, now_, random_);
  const Bytes from_alice = alice_says("a");
  const Bytes from_bob = bob_says("b");
  EXPECT_EQ(alice_opens(from_bob).value(), "b");
  EXPECT_EQ(bob_opens(from_alice).value(), "a");
  EXPECT_EQ(alice_.sessions.sessions.size(), 2u);
  ASSERT_EQ(bob_opens(alice_says("c")).value(), "c");
  ASSERT_EQ(alice_opens(bob_says("d")).value(), "d");
  EXPECT_EQ(alice_.sessions.sessions.front().id, bob_.sessions.sessions.front().id);
}

TEST_F(SessionTest, AnArchivedSessionStillOpens) {
  establish();
  ASSERT_TRUE(bob_opens(alice_says("begins a chain")).has_value());
  const Bytes on_the_way = alice_says("sealed before");
  start(bob_, alice_, now_, random_);
  ASSERT_TRUE(alice_opens(bob_says("new session")).has_value());
  ASSERT_TRUE(bob_opens(alice_says("in the new session")).has_value());
  EXPECT_EQ(bob_opens(on_the_way).value(), "sealed before");
  EXPECT_EQ(bob_.sessions.sessions.front().id, alice_.sessions.sessions.front().id);
}

TEST_F(SessionTest, ASiblingOfTheActiveSessionComesBackAndAnOlderOneDoesNot) {
  establish();
  const Party before = bob_.copy();
  const Bytes begins_a_chain = alice_says("sealed before");
  const wire::SessionId old_id = bob_.sessions.sessions.front().id;
  start(bob_, alice_, now_, random_);
  ASSERT_TRUE(bob_opens(begins_a_chain).has_value());
  EXPECT_EQ(bob_.sessions.sessions.front().id, old_id);

  bob_ = before.copy();
  now_ = now_ + sibling_session_span;
  start(bob_, alice_, now_, random_);
  EXPECT_EQ(bob_opens(begins_a_chain).value(), "sealed before");
  EXPECT_NE(bob_.sessions.sessions.front().id, old_id);
}

TEST_F(SessionTest, TheArchiveKeepsFortySessionsForThirtyDays) {
  for (std::size_t started = 0; started < max_archived_sessions + 5; ++started) start(alice_, bob_, now_, random_);
  EXPECT_EQ(alice_.sessions.sessions.size(), 1 + max_archived_sessions);
  now_ = now_ + archived_session_lifetime;
  (void)alice_says("only the active one is left");
  EXPECT_EQ(alice_.sessions.sessions.size(), 1u);
}

TEST_F(SessionTest, ACopiedOldStateHealsAfterARoundTrip) {
  establish();
  const Party old_alice = alice_.copy();
  for (int round = 0; round < 5; ++round) {
    ASSERT_TRUE(bob_opens(alice_says("x")).has_value());
    ASSERT_TRUE(alice_opens(bob_says("y")).has_value());
  }
  alice_ = old_alice.copy();
  const auto refused = alice_opens(bob_says("can you read this?"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(calls_for_repair(refused.error()));
  start(alice_, bob_, now_, random_);
  ASSERT_TRUE(bob_opens(alice_says("repair")).has_value());
  EXPECT_EQ(alice_opens(bob_says("now?")).value(), "now?");
  EXPECT_EQ(bob_opens(alice_says("yes")).value(), "yes");
}

TEST_F(SessionTest, TwoCopiesOfOneStateNeverShareAnAeadKey) {
  establish();
  const Party copied = alice_.copy();
  const Bytes first = alice_says("AAAAAAAAAAAAAAAA");
  alice_ = copied.copy();
  const Bytes second = alice_says("AAAAAAAAAAAAAAAA");
  const auto one = wire::decode<wire::SessionMessage>(first).value();
  const auto other = wire::decode<wire::SessionMessage>(second).value();
  EXPECT_NE(one.ciphertext, other.ciphertext);
}

TEST_F(SessionTest, StatesMadeOfNothingAreRefused) {
  EXPECT_TRUE(load_sessions({}).has_value());
  PeerSessions hollow;
  hollow.sessions.emplace_back();
  EXPECT_EQ(load_sessions(store(hollow).reveal()).error(), StoredStateError::damaged);
  establish();
  const SecretBuffer stored = store(bob_.sessions);
  std::size_t accepted = 0;
  for (std::size_t size = 1; size < stored.size(); ++size) {
    accepted += load_sessions(stored.reveal().first(size)).has_value() ? 1u : 0u;
  }
  EXPECT_EQ(accepted, 0u);
}

}  // namespace
}  // namespace sotto::session
