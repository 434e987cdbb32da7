// A key that has done its work is in no stored state: prekeys, ratchet keys, root keys, chain keys, message keys and
// the re-key's seeds and secrets.

#include <algorithm>
#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "session/skipped_keys.h"
#include "session/stored_state.h"
#include "session/testing/party.h"

namespace sotto::session {
namespace {

using testing::context;
using testing::make_party;
using testing::open_at;
using testing::Party;
using testing::seal_from;
using testing::start;
using testing::start_of_time;
using testing::Stock;

bool holds(const SecretBuffer& stored, ByteView key) {
  const ByteView all = stored.reveal();
  return std::search(all.begin(), all.end(), key.begin(), key.end()) != all.end();
}

bool holds(const Party& party, ByteView key) {
  return holds(store(party.sessions), key) || holds(store(party.prekeys), key);
}

class UsedKeysTest : public ::testing::Test {
 protected:
  UsedKeysTest() { start(alice_, bob_, start_of_time, random_); }

  void pass(Party& from, Party& to) {
    const Bytes message = seal_from(from, to, "text", place_, start_of_time, random_);
    ASSERT_TRUE(open_at(to, from, message, place_, start_of_time, random_).has_value());
  }

  static Ratchet& ratchet_of(Party& party) { return party.sessions.sessions.front().ratchet; }
  static Speaking& speaking(Party& party) { return std::get<Speaking>(ratchet_of(party).turn); }

  crypto::DeterministicRandom random_{13};
  wire::SessionContext place_ = context(1);
  Party alice_ = make_party(random_, Stock::none);
  Party bob_ = make_party(random_, Stock::full);
};

TEST_F(UsedKeysTest, OneTimePrekeysAreGoneOnceTheyHaveServed) {
  const Secret<32> one_time = bob_.prekeys.one_time_prekeys.front().private_key.copy();
  const Secret<64> kem = bob_.prekeys.kem_prekeys.front().seed.copy();
  const Secret<32> signed_prekey = bob_.prekeys.signed_prekeys.front().private_key.copy();
  ASSERT_TRUE(holds(bob_, one_time.reveal()) && holds(bob_, kem.reveal()));
  pass(alice_, bob_);
  EXPECT_FALSE(holds(bob_, one_time.reveal()));
  EXPECT_FALSE(holds(bob_, kem.reveal()));
  // The signed prekey serves others still, but the session has let go of it.
  EXPECT_FALSE(holds(store(bob_.sessions), signed_prekey.reveal()));
  EXPECT_TRUE(holds(store(bob_.prekeys), signed_prekey.reveal()));
}

TEST_F(UsedKeysTest, AMessageKeyAndTheChainKeyBeforeItAreGoneOnBothSides) {
  pass(alice_, bob_);
  Secret<32> chain_key = speaking(alice_).chain_key.copy();
  const Secret<32> before = chain_key.copy();
  const MessageKey message_key = step_chain(chain_key);
  ASSERT_TRUE(holds(alice_, before.reveal()) && holds(bob_, before.reveal()));
  pass(alice_, bob_);
  for (const Party* party : {&alice_, &bob_}) {
    EXPECT_FALSE(holds(*party, before.reveal()));
    EXPECT_FALSE(holds(*party, message_key.reveal()));
    EXPECT_TRUE(holds(*party, chain_key.reveal()));
  }
}

TEST_F(UsedKeysTest, ASkippedKeyIsKeptUntilItServes) {
  pass(alice_, bob_);
  Secret<32> chain_key = speaking(alice_).chain_key.copy();
  const MessageKey message_key = step_chain(chain_key);
  const Bytes late = seal_from(alice_, bob_, "late", place_, start_of_time, random_);
  pass(alice_, bob_);
  EXPECT_TRUE(holds(bob_, message_key.reveal()));
  ASSERT_TRUE(open_at(bob_, alice_, late, place_, start_of_time, random_).has_value());
  EXPECT_FALSE(holds(bob_, message_key.reveal()));
}

TEST_F(UsedKeysTest, ARatchetKeyAndItsRootKeyAreGoneAfterTheStep) {
  pass(alice_, bob_);
  const Secret<32> ratchet_key = speaking(alice_).ratchet_private_key.copy();
  const Secret<32> root_key = ratchet_of(alice_).root_key.copy();
  const Secret<32> sending_chain = speaking(alice_).chain_key.copy();
  ASSERT_TRUE(holds(bob_, root_key.reveal()));
  pass(bob_, alice_);
  for (const Party* party : {&alice_, &bob_}) {
    EXPECT_FALSE(holds(*party, ratchet_key.reveal()));
    EXPECT_FALSE(holds(*party, root_key.reveal()));
  }
  EXPECT_FALSE(holds(alice_, sending_chain.reveal()));
}

TEST_F(UsedKeysTest, TheReKeysSeedAndSecretAreGoneOnceMixed) {
  pass(alice_, bob_);
  pass(bob_, alice_);
  std::get<OfferResting>(ratchet_of(alice_).rekey.offer).messages = rekey_after_messages;
  pass(alice_, bob_);
  const Secret<64> seed = std::get<OfferOpen>(ratchet_of(alice_).rekey.offer).seed.copy();
  const Secret<32> secret = ratchet_of(bob_).rekey.reply->shared_secret.copy();
  ASSERT_TRUE(holds(alice_, seed.reveal()) && holds(bob_, secret.reveal()));
  pass(bob_, alice_);
  EXPECT_FALSE(holds(alice_, seed.reveal()));
  EXPECT_TRUE(holds(alice_, secret.reveal()));
  pass(alice_, bob_);
  for (const Party* party : {&alice_, &bob_}) EXPECT_FALSE(holds(*party, secret.reveal()));
}

}  // namespace
}  // namespace sotto::session
