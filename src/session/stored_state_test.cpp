// What a device stored is read again exactly, byte for byte over all versions (golden files), and damage is named.
//
// SOTTO_WRITE_GOLDEN=1 writes the files anew, after a change of the format that was meant.

#include "session/stored_state.h"

#include <gmock/gmock.h>

#include "base/text_encoding.h"
#include "crypto/testing/deterministic_random.h"
#include "session/testing/golden.h"
#include "session/testing/party.h"

namespace sotto::session {
namespace {

using testing::context;
using testing::expect_golden;
using testing::make_party;
using testing::open_at;
using testing::Party;
using testing::seal_from;
using testing::start;
using testing::start_of_time;
using testing::Stock;

/// Two parties that have met every kind of state: both turns, skipped keys, an archive, an offer and its answer.
class StoredStateTest : public ::testing::Test {
 protected:
  StoredStateTest() {
    start(bob_, alice_, now_, random_);
    (void)seal_from(bob_, alice_, "never arrives", place_, now_, random_);
    start(alice_, bob_, now_, random_);
    pass(alice_, bob_, "first");
    pass(bob_, alice_, "second");
    for (int sent = 0; sent < 52; ++sent) (void)seal_from(alice_, bob_, "lost", place_, now_, random_);
    now_ = now_ + hours(1);
    pass(alice_, bob_, "carries the gap");
    for (int sent = 0; sent < 15; ++sent) pass(alice_, bob_, "until the offer rides again");
  }

  void pass(Party& from, Party& to, std::string_view text) {
    const Bytes message = seal_from(from, to, text, place_, now_, random_);
    EXPECT_EQ(open_at(to, from, message, place_, now_, random_).value(), text);
  }

  crypto::DeterministicRandom random_{10};
  UnixMillis now_ = start_of_time;
  wire::SessionContext place_ = context(1);
  Party alice_ = make_party(random_, Stock::none);
  Party bob_ = make_party(random_, Stock::none);
};

TEST_F(StoredStateTest, IsWhatItHasAlwaysBeen) {
  EXPECT_TRUE(std::holds_alternative<OfferOpen>(alice_.sessions.sessions[0].ratchet.rekey.offer));
  EXPECT_TRUE(bob_.sessions.sessions[0].ratchet.rekey.reply.has_value());
  EXPECT_EQ(bob_.sessions.sessions.size(), 2u);
  expect_golden("peer_sessions_speaking.hex", to_hex(store(alice_.sessions).reveal()));
  expect_golden("peer_sessions_listening.hex", to_hex(store(bob_.sessions).reveal()));
  expect_golden("private_prekeys.hex", to_hex(store(bob_.prekeys).reveal()));
  expect_golden("local_device.hex", to_hex(store(alice_.local).reveal()));
  expect_golden("account.hex", to_hex(store(generate_account(random_)).reveal()));
}

TEST_F(StoredStateTest, IsReadAgainExactly) {
  for (const Party* party : {&alice_, &bob_}) {
    const SecretBuffer sessions = store(party->sessions);
    EXPECT_TRUE(store(load_sessions(sessions.reveal()).value()) == sessions);
    const SecretBuffer prekeys = store(party->prekeys);
    EXPECT_TRUE(store(load_prekeys(prekeys.reveal()).value()) == prekeys);
    const LocalDevice device = load_device(store(party->local).reveal()).value();
    EXPECT_EQ(device.address, party->local.address);
    EXPECT_EQ(device.signing_key.public_key, party->local.signing_key.public_key);
    EXPECT_EQ(device.identity_key.public_key, party->local.identity_key.public_key);
  }
  const AccountIdentity account = generate_account(random_);
  EXPECT_EQ(load_account(store(account).reveal()).value().account_key.public_key, account.account_key.public_key);
}

TEST_F(StoredStateTest, TalkGoesOnAfterAReload) {
  alice_.sessions = load_sessions(store(alice_.sessions).reveal()).value();
  bob_.sessions = load_sessions(store(bob_.sessions).reveal()).value();
  pass(bob_, alice_, "answers the offer");
  pass(alice_, bob_, "mixes it in");
  EXPECT_EQ(std::get<Speaking>(alice_.sessions.sessions[0].ratchet.turn).kem_mix, 1u);
  pass(bob_, alice_, "and on");
}

TEST_F(StoredStateTest, DamageIsNamed) {
  const Bytes junk{0xff, 0xff};
  EXPECT_EQ(load_account(junk).error(), StoredStateError::damaged);
  EXPECT_EQ(load_device(junk).error(), StoredStateError::damaged);
  EXPECT_EQ(load_prekeys(junk).error(), StoredStateError::damaged);
  EXPECT_EQ(load_sessions(junk).error(), StoredStateError::damaged);
  PrivatePrekeys twice = bob_.prekeys.copy();
  twice.signed_prekeys.push_back(twice.signed_prekeys.front().copy());
  EXPECT_EQ(load_prekeys(store(twice).reveal()).error(), StoredStateError::damaged);
  PrivatePrekeys ahead = bob_.prekeys.copy();
  ahead.last_id = 0;
  EXPECT_EQ(load_prekeys(store(ahead).reveal()).error(), StoredStateError::damaged);
}

}  // namespace
}  // namespace sotto::session
