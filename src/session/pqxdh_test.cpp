// Both sides of a set-up derive one secret exactly when they agree on every key, device and account; one-time prekeys
// serve once, and a last-resort prekey serves each initiation once.

#include "session/pqxdh.h"

#include <gmock/gmock.h>

#include "crypto/testing/deterministic_random.h"
#include "session/testing/party.h"

namespace sotto::session {
namespace {

using testing::claim;
using testing::from_to;
using testing::make_party;
using testing::Party;
using testing::Stock;

class PqxdhTest : public ::testing::Test {
 protected:
  Initiated initiate_once() { return initiate(from_to(alice_, bob_), claim(bob_), random_).value(); }
  std::expected<Responded, OpenError> respond_at(const Party& bob, const wire::Initiation& initiation) const {
    return respond(from_to(bob, alice_), bob.prekeys, initiation);
  }

  crypto::DeterministicRandom random_{4};
  Party alice_ = make_party(random_, Stock::none);
  Party bob_ = make_party(random_, Stock::full);
};

TEST_F(PqxdhTest, BothSidesDeriveOneSecret) {
  const Initiated initiated = initiate_once();
  const auto responded = respond_at(bob_, initiated.initiation);
  ASSERT_TRUE(responded.has_value());
  EXPECT_EQ(responded->secret.session, initiated.secret.session);
  EXPECT_TRUE(responded->secret.root_key == initiated.secret.root_key);
  EXPECT_FALSE(initiated.secret.session.is_zero());
}

TEST_F(PqxdhTest, WorksWithoutOneTimePrekeys) {
  Party bob = make_party(random_, Stock::none);
  const Initiated initiated = initiate(from_to(alice_, bob), claim(bob), random_).value();
  EXPECT_FALSE(initiated.initiation.one_time_prekey.has_value());
  EXPECT_TRUE(initiated.initiation.kem_prekey_is_last_resort);
  const auto responded = respond(from_to(bob, alice_), bob.prekeys, initiated.initiation);
  ASSERT_TRUE(responded.has_value());
  EXPECT_EQ(responded->secret.session, initiated.secret.session);
}

TEST_F(PqxdhTest, TwoSetUpsShareNothing) {
  const Initiated first = initiate_once();
  const Initiated second = initiate_once();
  EXPECT_NE(first.secret.session, second.secret.session);
  EXPECT_FALSE(first.secret.root_key == second.secret.root_key);
}

TEST_F(PqxdhTest, OneTimePrekeysServeOnce) {
  const Initiated initiated = initiate_once();
  const std::size_t kem_before = bob_.prekeys.kem_prekeys.size();
  auto responded = respond_at(bob_, initiated.initiation);
  ASSERT_TRUE(responded.has_value());
  bob_.prekeys = std::move(responded->next_prekeys);
  EXPECT_EQ(bob_.prekeys.kem_prekeys.size(), kem_before - 1);
  EXPECT_EQ(respond_at(bob_, initiated.initiation).error(), OpenError::unknown_prekey);
}

TEST_F(PqxdhTest, ALastResortPrekeyServesEachInitiationOnce) {
  Party bob = make_party(random_, Stock::none);
  const auto initiated = initiate(from_to(alice_, bob), claim(bob), random_).value();
  const auto other = initiate(from_to(alice_, bob), claim(bob), random_).value();
  bob.prekeys = respond(from_to(bob, alice_), bob.prekeys, initiated.initiation).value().next_prekeys;
  EXPECT_EQ(respond_at(bob, initiated.initiation).error(), OpenError::replayed_initiation);
  EXPECT_TRUE(respond_at(bob, other.initiation).has_value());
}

TEST_F(PqxdhTest, ALastResortPrekeyIsDestroyedWhenItsTableIsFull) {
  Party bob = make_party(random_, Stock::none);
  bob.prekeys.last_resort_prekeys.back().initiations.resize(max_last_resort_uses - 1);
  const auto initiated = initiate(from_to(alice_, bob), claim(bob), random_).value();
  bob.prekeys = respond(from_to(bob, alice_), bob.prekeys, initiated.initiation).value().next_prekeys;
  EXPECT_TRUE(bob.prekeys.last_resort_prekeys.empty());
  EXPECT_EQ(respond_at(bob, initiated.initiation).error(), OpenError::unknown_prekey);
}

TEST_F(PqxdhTest, ARespondersStateIsNotTouched) {
  const Initiated initiated = initiate_once();
  const std::size_t before = bob_.prekeys.one_time_prekeys.size();
  ASSERT_TRUE(respond_at(bob_, initiated.initiation).has_value());
  EXPECT_EQ(bob_.prekeys.one_time_prekeys.size(), before);
}

// Unknown key share: whoever is mistaken about the other end, however slightly, derives something else.
TEST_F(PqxdhTest, AMistakenIdentityYieldsAnotherSecret) {
  const Initiated initiated = initiate_once();
  const auto session_if = [&](auto change) {
    Party alice = alice_.copy();
    Party bob = bob_.copy();
    change(alice.as_remote, bob.local);
    return respond(from_to(bob, alice), bob.prekeys, initiated.initiation).value().secret.session;
  };
  const auto right = session_if([](RemoteDevice&, LocalDevice&) {});
  EXPECT_EQ(right, initiated.secret.session);
  EXPECT_NE(session_if([](RemoteDevice& alice, LocalDevice&) { alice.address.account.bytes[0] ^= 1; }), right);
  EXPECT_NE(session_if([](RemoteDevice& alice, LocalDevice&) { alice.address.device.bytes[0] ^= 1; }), right);
  EXPECT_NE(session_if([](RemoteDevice& alice, LocalDevice&) { alice.account_key.bytes[0] ^= 1; }), right);
  EXPECT_NE(session_if([](RemoteDevice& alice, LocalDevice&) { alice.identity_key.bytes[0] ^= 2; }), right);
  EXPECT_NE(session_if([](RemoteDevice&, LocalDevice& bob) { bob.address.account.bytes[0] ^= 1; }), right);
  EXPECT_NE(session_if([](RemoteDevice&, LocalDevice& bob) { bob.address.device.bytes[0] ^= 1; }), right);
  EXPECT_NE(session_if([](RemoteDevice&, LocalDevice& bob) { bob.account_key.bytes[0] ^= 1; }), right);
}

TEST_F(PqxdhTest, RefusesAnEphemeralKeyOfLowOrder) {
  wire::Initiation initiation = initiate_once().initiation;
  initiation.ephemeral_key = {};
  EXPECT_EQ(respond_at(bob_, initiation).error(), OpenError::malformed);
  initiation.ephemeral_key.bytes.fill(0xff);
  EXPECT_EQ(respond_at(bob_, initiation).error(), OpenError::malformed);
}

TEST_F(PqxdhTest, RefusesAnIdentityKeyOfLowOrder) {
  const wire::Initiation initiation = initiate_once().initiation;
  alice_.as_remote.identity_key = {};
  EXPECT_EQ(respond_at(bob_, initiation).error(), OpenError::malformed);
  bob_.as_remote.identity_key = {};
  EXPECT_EQ(initiate(from_to(alice_, bob_), claim(bob_), random_).error(), BundleError::unacceptable_key);
}

TEST_F(PqxdhTest, NamesPrekeysThatAreNotHeld) {
  const wire::Initiation good = initiate_once().initiation;
  wire::Initiation bad = good;
  bad.signed_prekey = 9'999;
  EXPECT_EQ(respond_at(bob_, bad).error(), OpenError::unknown_prekey);
  bad = good;
  bad.one_time_prekey = 9'999;
  EXPECT_EQ(respond_at(bob_, bad).error(), OpenError::unknown_prekey);
  bad = good;
  bad.kem_prekey = 9'999;
  EXPECT_EQ(respond_at(bob_, bad).error(), OpenError::unknown_prekey);
  bad = good;
  bad.kem_prekey_is_last_resort = true;
  EXPECT_EQ(respond_at(bob_, bad).error(), OpenError::unknown_prekey);
}

}  // namespace
}  // namespace sotto::session
