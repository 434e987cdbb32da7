// Prekeys rotate on time, outlive their grace and no longer, have ids that never come again, and are believed only with
// the signature of the device that they were made for.

#include "session/prekeys.h"

#include <gmock/gmock.h>
#include <set>

#include "crypto/testing/deterministic_random.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::claim;
using testing::make_party;
using testing::make_person;
using testing::Party;
using testing::Person;
using testing::start_of_time;
using testing::Stock;

constexpr wire::PrekeyStock full_stock{.one_time_prekeys = 100, .kem_prekeys = 100};

class PrekeysTest : public ::testing::Test {
 protected:
  Replenished replenish_at(const PrivatePrekeys& current, Milliseconds after_start, wire::PrekeyStock stock) {
    return replenish(current, person_.local, stock, start_of_time + after_start, random_);
  }

  crypto::DeterministicRandom random_{2};
  Person person_ = make_person(random_);
};

TEST_F(PrekeysTest, AFreshDeviceUploadsEverythingWithinTheLimits) {
  const Replenished result = replenish_at({}, {}, {});
  std::size_t one_time = 0;
  std::size_t kem = 0;
  std::set<std::uint32_t> ids;
  for (const wire::PublishPrekeys& upload : result.uploads) {
    EXPECT_LE(wire::encoded_size(upload) + 4'096, wire::max_request_size);
    EXPECT_LE(upload.one_time_prekeys.size(), wire::max_prekeys_per_upload);
    EXPECT_LE(upload.kem_prekeys.size(), wire::max_prekeys_per_upload);
    one_time += upload.one_time_prekeys.size();
    kem += upload.kem_prekeys.size();
    for (const auto& prekey : upload.one_time_prekeys) ids.insert(prekey.id);
    for (const auto& prekey : upload.kem_prekeys) ids.insert(prekey.id);
  }
  ASSERT_EQ(result.uploads.size(), 3u);
  EXPECT_TRUE(result.uploads[0].signed_prekey && result.uploads[0].last_resort_kem_prekey);
  EXPECT_EQ(one_time, one_time_prekey_target);
  EXPECT_EQ(kem, one_time_prekey_target);
  EXPECT_EQ(ids.size(), one_time + kem);
  EXPECT_EQ(result.next.last_id, one_time + kem + 2);
}

TEST_F(PrekeysTest, NothingIsMadeWhileNothingIsDue) {
  const Replenished first = replenish_at({}, {}, full_stock);
  ASSERT_EQ(first.uploads.size(), 1u);
  const Replenished second = replenish_at(first.next, hours(47), full_stock);
  EXPECT_TRUE(second.uploads.empty());
  EXPECT_EQ(second.next.last_id, first.next.last_id);
  EXPECT_EQ(next_rotation(first.next), start_of_time + prekey_rotation);
  EXPECT_EQ(next_rotation({}), UnixMillis{});
}

TEST_F(PrekeysTest, RotatesEveryTwoDaysAndForgetsAfterTheGrace) {
  PrivatePrekeys prekeys = replenish_at({}, {}, full_stock).next;
  std::uint32_t last_id = prekeys.last_id;
  for (int day = 2; day <= 60; day += 2) {
    Replenished rotated = replenish_at(prekeys, days(day), full_stock);
    ASSERT_EQ(rotated.uploads.size(), 1u) << day;
    EXPECT_EQ(rotated.uploads[0].signed_prekey->id, last_id + 1);
    EXPECT_EQ(rotated.uploads[0].last_resort_kem_prekey->id, last_id + 2);
    last_id += 2;
    prekeys = std::move(rotated.next);
    // Each key is handed out for two days and kept thirty more.
    EXPECT_LE(prekeys.signed_prekeys.size(), 17u);
    EXPECT_LE(prekeys.last_resort_prekeys.size(), 17u);
  }
  // The one of day 28 was replaced on day 30; thirty days on, it is gone.
  EXPECT_EQ(prekeys.signed_prekeys.front().created_at, start_of_time + days(30));
}

TEST_F(PrekeysTest, AClockThatRanAheadDoesNotStopRotation) {
  const PrivatePrekeys ahead = replenish_at({}, days(10'000), full_stock).next;
  const Replenished back = replenish_at(ahead, {}, full_stock);
  ASSERT_EQ(back.uploads.size(), 1u);
  EXPECT_TRUE(back.uploads[0].signed_prekey.has_value());
}

TEST_F(PrekeysTest, TopsUpEachKindByItself) {
  const PrivatePrekeys prekeys = replenish_at({}, {}, full_stock).next;
  const Replenished result = replenish_at(prekeys, {}, {.one_time_prekeys = 49, .kem_prekeys = 50});
  ASSERT_EQ(result.uploads.size(), 2u);
  EXPECT_EQ(result.uploads[0].one_time_prekeys.size() + result.uploads[1].one_time_prekeys.size(), 51u);
  EXPECT_TRUE(result.uploads[0].kem_prekeys.empty());
  EXPECT_FALSE(result.uploads[0].signed_prekey.has_value());
}

TEST_F(PrekeysTest, KeepsABoundedNumberOfPrivateOneTimePrekeys) {
  PrivatePrekeys prekeys;
  for (int round = 0; round < 6; ++round) {
    prekeys = replenish_at(prekeys, {}, {.one_time_prekeys = 0, .kem_prekeys = 100}).next;
  }
  EXPECT_EQ(prekeys.one_time_prekeys.size(), max_private_one_time_prekeys);
  EXPECT_EQ(prekeys.one_time_prekeys.back().id, prekeys.last_id);
}

TEST_F(PrekeysTest, ReplacesALastResortKeyThatHasBeenUsedMuch) {
  PrivatePrekeys prekeys = replenish_at({}, {}, full_stock).next;
  prekeys.last_resort_prekeys.back().initiations.resize(last_resort_renewal_uses);
  EXPECT_EQ(next_rotation(prekeys), UnixMillis{});
  const Replenished renewed = replenish_at(prekeys, hours(1), full_stock);
  ASSERT_EQ(renewed.uploads.size(), 1u);
  EXPECT_TRUE(renewed.uploads[0].last_resort_kem_prekey.has_value());
  EXPECT_FALSE(renewed.uploads[0].signed_prekey.has_value());
  EXPECT_EQ(renewed.next.last_resort_prekeys.size(), 2u);
}

class BundleTest : public ::testing::Test {
 protected:
  BundleError error_of(const wire::PrekeyBundle& bundle) const {
    const auto verified = verify_bundle(bundle, party_.as_remote);
    EXPECT_FALSE(verified.has_value());
    return verified.has_value() ? BundleError{} : verified.error();
  }

  crypto::DeterministicRandom random_{3};
  Party party_ = make_party(random_, Stock::full);
};

TEST_F(BundleTest, AcceptsWhatTheDeviceSigned) {
  const wire::PrekeyBundle bundle = claim(party_);
  EXPECT_FALSE(bundle.kem_prekey_is_last_resort);
  EXPECT_TRUE(verify_bundle(bundle, party_.as_remote).has_value());
  Party exhausted = make_party(random_, Stock::none);
  const wire::PrekeyBundle last_resort = claim(exhausted);
  EXPECT_TRUE(last_resort.kem_prekey_is_last_resort);
  EXPECT_TRUE(verify_bundle(last_resort, exhausted.as_remote).has_value());
}

TEST_F(BundleTest, RefusesPrekeysOfAnotherDevice) {
  Party other = make_party(random_, Stock::full);
  wire::PrekeyBundle bundle = claim(other);
  EXPECT_EQ(error_of(bundle), BundleError::wrong_device);
  bundle.device = party_.local.address.device;
  EXPECT_EQ(error_of(bundle), BundleError::bad_signature);
}

TEST_F(BundleTest, RefusesASwappedKeyIdOrSignature) {
  const wire::PrekeyBundle good = claim(party_);
  wire::PrekeyBundle bad = good;
  bad.signed_prekey.key = crypto::generate_x25519(random_).public_key;
  EXPECT_EQ(error_of(bad), BundleError::bad_signature);
  bad = good;
  bad.signed_prekey.id += 1;
  EXPECT_EQ(error_of(bad), BundleError::bad_signature);
  bad = good;
  bad.kem_prekey.key = crypto::generate_mlkem768(random_).public_key;
  EXPECT_EQ(error_of(bad), BundleError::bad_signature);
  bad = good;
  bad.kem_prekey.signature = bad.signed_prekey.signature;
  EXPECT_EQ(error_of(bad), BundleError::bad_signature);
}

TEST_F(BundleTest, ALastResortPrekeyDoesNotPassAsOneTime) {
  Party exhausted = make_party(random_, Stock::none);
  wire::PrekeyBundle bundle = claim(exhausted);
  bundle.kem_prekey_is_last_resort = false;
  EXPECT_EQ(verify_bundle(bundle, exhausted.as_remote).error(), BundleError::bad_signature);
}

TEST_F(BundleTest, RefusesAOneTimePrekeyOfLowOrder) {
  wire::PrekeyBundle bundle = claim(party_);
  bundle.one_time_prekey->key = {};
  EXPECT_EQ(error_of(bundle), BundleError::unacceptable_key);
}

}  // namespace
}  // namespace sotto::session
