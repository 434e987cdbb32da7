// A bucket grants its capacity at once and then one token per refill; buckets of different subjects and actions do not
// touch one another; memory is bounded; refusals say how long to wait.
#include "service/limits.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "crypto/testing/deterministic_random.h"
#include "service/testing/start.h"

namespace sotto::service {
namespace {

using testing::start;

RateLimitSettings only(Action action, BucketSettings bucket) {
  RateLimitSettings settings = RateLimitSettings::unlimited();
  settings[action] = bucket;
  return settings;
}

LimitKey key(Action action, std::uint8_t subject) {
  LimitKey key{action, {}};
  key.subject.fill(subject);
  return key;
}

std::optional<Milliseconds> take(RateLimits& limits, LimitKey one, UnixMillis now) {
  return limits.take(std::array{one}, now);
}

TEST(RateLimits, GrantsTheCapacityAndThenOnePerRefill) {
  RateLimits limits(only(Action::message, {3, seconds(10)}));
  const LimitKey messages = key(Action::message, 1);
  for (int count = 0; count < 3; ++count) EXPECT_FALSE(take(limits, messages, start));
  EXPECT_EQ(take(limits, messages, start), seconds(10));
  EXPECT_EQ(take(limits, messages, start + seconds(4)), seconds(6));
  EXPECT_EQ(take(limits, messages, start + seconds(10) + Milliseconds{-1}), Milliseconds{1});
  EXPECT_FALSE(take(limits, messages, start + seconds(10)));
  EXPECT_EQ(take(limits, messages, start + seconds(10)), seconds(10));
}

TEST(RateLimits, FillsUpToTheCapacityOnly) {
  RateLimits limits(only(Action::message, {2, seconds(1)}));
  const LimitKey messages = key(Action::message, 1);
  EXPECT_FALSE(take(limits, messages, start));
  for (int count = 0; count < 2; ++count) EXPECT_FALSE(take(limits, messages, start + days(1)));
  EXPECT_TRUE(take(limits, messages, start + days(1)));
}

TEST(RateLimits, KeepsSubjectsAndActionsApart) {
  RateLimitSettings settings = only(Action::message, {1, seconds(1)});
  settings[Action::mark] = {1, seconds(1)};
  RateLimits limits(settings);
  EXPECT_FALSE(take(limits, key(Action::message, 1), start));
  EXPECT_TRUE(take(limits, key(Action::message, 1), start));
  EXPECT_FALSE(take(limits, key(Action::message, 2), start));
  EXPECT_FALSE(take(limits, key(Action::mark, 1), start));
}

TEST(RateLimits, TakesFromAllBucketsOrFromNone) {
  RateLimitSettings settings = only(Action::sign_in, {5, seconds(1)});
  settings[Action::password_for_name] = {1, seconds(30)};
  RateLimits limits(settings);
  const std::array both{key(Action::sign_in, 1), key(Action::password_for_name, 2)};
  EXPECT_FALSE(limits.take(both, start));
  for (int count = 0; count < 20; ++count) EXPECT_EQ(limits.take(both, start), seconds(30));
  for (int count = 0; count < 4; ++count) EXPECT_FALSE(take(limits, key(Action::sign_in, 1), start));
  EXPECT_TRUE(take(limits, key(Action::sign_in, 1), start));
}

TEST(RateLimits, NobodyWaitsLongerThanOneRefillAfterTheClockIsSetBack) {
  RateLimits limits(only(Action::message, {2, seconds(10)}));
  const LimitKey messages = key(Action::message, 1);
  EXPECT_FALSE(take(limits, messages, start + days(365)));
  EXPECT_FALSE(take(limits, messages, start + days(365)));
  EXPECT_EQ(take(limits, messages, start), seconds(10));
  EXPECT_EQ(take(limits, messages, start + seconds(4)), seconds(6));
  EXPECT_FALSE(take(limits, messages, start + seconds(10)));
  EXPECT_EQ(take(limits, messages, start + seconds(10)), seconds(10));
}

TEST(RateLimits, CountHitsByTheActionThatMustWaitLongest) {
  RateLimitSettings settings = RateLimitSettings::unlimited();
  settings[Action::sign_in] = {1, seconds(1)};
  settings[Action::password_for_name] = {1, seconds(30)};
  RateLimits limits(settings);
  const std::array keys{LimitKey{Action::sign_in, {}}, LimitKey{Action::password_for_name, {}}};
  EXPECT_FALSE(limits.take(keys, start));
  EXPECT_TRUE(limits.take(keys, start));
  EXPECT_TRUE(limits.take(std::span(keys).first(1), start));
  const auto hits = limits.hits();
  EXPECT_EQ(hits[static_cast<std::size_t>(Action::password_for_name)], 1U);
  EXPECT_EQ(hits[static_cast<std::size_t>(Action::sign_in)], 1U);
  EXPECT_EQ(std::ranges::count(hits, 0U), static_cast<std::ptrdiff_t>(action_count) - 2);
}

TEST(RateLimits, ALookTakesNothingAndTellsTheSameWait) {
  RateLimits limits(only(Action::refused_token, {2, seconds(10)}));
  const LimitKey one = key(Action::refused_token, 1);
  EXPECT_FALSE(limits.look(one, start));
  EXPECT_FALSE(take(limits, one, start));
  EXPECT_FALSE(limits.look(one, start));
  EXPECT_FALSE(take(limits, one, start));
  EXPECT_EQ(limits.look(one, start), seconds(10));
  EXPECT_EQ(limits.look(one, start + seconds(4)), seconds(6));
  EXPECT_FALSE(limits.look(one, start + seconds(10)));
  EXPECT_EQ(limits.hits()[static_cast<std::size_t>(Action::refused_token)], 2U);
}

TEST(RateLimits, EveryActionHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (std::size_t action = 0; action < action_count; ++action) names.insert(name_of(static_cast<Action>(action)));
  EXPECT_EQ(names.size(), action_count);
  EXPECT_EQ(name_of(Action::refused_token), "refused_token");
}

TEST(RateLimits, AreUnlimitedWhereTheCapacityIsZero) {
  RateLimits limits(RateLimitSettings::unlimited());
  for (int count = 0; count < 10'000; ++count) EXPECT_FALSE(take(limits, key(Action::message, 1), start));
  EXPECT_EQ(limits.size(), 0u);
}

TEST(RateLimits, ForgetFullBucketsFirst) {
  RateLimitSettings settings = only(Action::message, {1, seconds(1)});
  settings.max_buckets = 4;
  RateLimits limits(settings);
  for (std::uint8_t subject = 0; subject < 4; ++subject)
    EXPECT_FALSE(take(limits, key(Action::message, subject), start));
  EXPECT_FALSE(take(limits, key(Action::message, 9), start + seconds(2)));
  EXPECT_EQ(limits.size(), 1u);
}

TEST(RateLimits, StayWithinTheirMemoryAndKeepThoseThatWaitLongest) {
  RateLimitSettings settings = only(Action::message, {1, seconds(1)});
  settings[Action::registration] = {1, hours(1)};
  settings.max_buckets = 100;
  RateLimits limits(settings);
  const LimitKey attacker = key(Action::registration, 255);
  EXPECT_FALSE(take(limits, attacker, start));
  for (std::uint16_t subject = 0; subject < 1'000; ++subject) {
    LimitKey flood{Action::message, {}};
    flood.subject[0] = static_cast<std::uint8_t>(subject);
    flood.subject[1] = static_cast<std::uint8_t>(subject >> 8);
    EXPECT_FALSE(take(limits, flood, start));
    EXPECT_LE(limits.size(), 100u);
  }
  EXPECT_TRUE(take(limits, attacker, start)) << "a flood of others does not free the attacker";
}

class AdmissionTest : public ::testing::Test {
 protected:
  Requester from(const Caller& caller) { return {"192.0.2.1", &caller}; }

  crypto::DeterministicRandom random_{3};
  Caller ada_{random_.next<AccountId>(), random_.next<DeviceId>(), random_.next<LoginId>()};
  Caller bob_{random_.next<AccountId>(), random_.next<DeviceId>(), random_.next<LoginId>()};
};

TEST_F(AdmissionTest, RefusesWithTheTimeToWaitAndAnEvent) {
  RateLimits limits(only(Action::message, {1, seconds(7)}));
  EXPECT_TRUE(admit(limits, from(ada_), wire::Send{}, start));
  const auto refused = admit(limits, from(ada_), wire::Send{}, start);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().error.code, wire::ErrorCode::rate_limited);
  EXPECT_EQ(refused.error().error.retry_after_ms, 7'000u);
  EXPECT_EQ(refused.error().verdict, Verdict::undo);
  ASSERT_EQ(refused.error().events.size(), 1u);
  EXPECT_EQ(refused.error().events.front().kind, SecurityEventKind::rate_limited);
  EXPECT_EQ(refused.error().events.front().account, ada_.account);
  EXPECT_TRUE(admit(limits, from(bob_), wire::Send{}, start));
}

TEST_F(AdmissionTest, CountsMessagesByAccountAndReadingByDevice) {
  RateLimitSettings settings = only(Action::message, {1, seconds(1)});
  settings[Action::reading] = {1, seconds(1)};
  RateLimits limits(settings);
  Caller second_device = ada_;
  second_device.device = bob_.device;
  EXPECT_TRUE(admit(limits, from(ada_), wire::Send{}, start));
  EXPECT_FALSE(admit(limits, from(second_device), wire::Send{}, start));
  EXPECT_TRUE(admit(limits, from(ada_), wire::ReadLog{}, start));
  EXPECT_TRUE(admit(limits, from(second_device), wire::ReadLog{}, start));
  EXPECT_TRUE(admit(limits, from(bob_), wire::ReadLog{}, start))
      << "another account may have chosen the same device id";
}

TEST_F(AdmissionTest, CountsRegistrationsByAddress) {
  RateLimits limits(only(Action::registration, {1, seconds(1)}));
  EXPECT_TRUE(admit(limits, {.address = "192.0.2.1"}, wire::Register{}, start));
  EXPECT_FALSE(admit(limits, {.address = "192.0.2.1"}, wire::Register{}, start));
  EXPECT_TRUE(admit(limits, {.address = "192.0.2.2"}, wire::Register{}, start));
}

TEST_F(AdmissionTest, CountsPasswordsTriedForOneNameFromWhereverTheyCome) {
  RateLimits limits(only(Action::password_for_name, {1, seconds(1)}));
  EXPECT_TRUE(admit(limits, {.address = "192.0.2.1"}, wire::SignIn{"ada", "", {}}, start));
  EXPECT_FALSE(admit(limits, {.address = "192.0.2.2"}, wire::SignIn{"ADA", "", {}}, start));
  EXPECT_TRUE(admit(limits, {.address = "192.0.2.2"}, wire::SignIn{"bob", "", {}}, start));
  wire::Register repeat;
  repeat.name = "Ada";
  EXPECT_FALSE(admit(limits, {.address = "192.0.2.3"}, repeat, start)) << "a repeat compares passwords too";
}

TEST_F(AdmissionTest, Threat35ARecoveryAndAResetTryAPasswordToo) {
  RateLimits limits(only(Action::password_for_name, {3, hours(1)}));
  wire::ResetAccount reset;
  reset.name = "ada";
  EXPECT_TRUE(admit(limits, {.address = "192.0.2.1"}, wire::Recover{"ada", "", {}}, start));
  EXPECT_TRUE(admit(limits, {.address = "192.0.2.2"}, reset, start));
  EXPECT_TRUE(admit(limits, {.address = "192.0.2.3"}, wire::SignIn{"ada", "", {}}, start));
  EXPECT_FALSE(admit(limits, {.address = "192.0.2.4"}, wire::Recover{"Ada", "", {}}, start));
  EXPECT_FALSE(admit(limits, {.address = "192.0.2.5"}, reset, start));
}

TEST_F(AdmissionTest, Threat35TheBackupIsOpenedSeldom) {
  RateLimits limits(RateLimitSettings::defaults());
  std::size_t granted = 0;
  while (granted < 1'000 && admit(limits, from(ada_), wire::GetBackup{}, start)) ++granted;
  EXPECT_EQ(granted, 10u);
  EXPECT_FALSE(admit(limits, from(ada_), wire::DeleteBackup{}, start));
  EXPECT_TRUE(admit(limits, from(bob_), wire::GetBackup{}, start));
}

TEST_F(AdmissionTest, CountsClaimsByRequesterAndByTarget) {
  RateLimitSettings settings = only(Action::prekey_claim, {2, seconds(1)});
  settings[Action::prekey_claim_from_peer] = {1, seconds(10)};
  RateLimits limits(settings);
  const auto claim_from = [&](AccountId target) { return wire::ClaimPrekeys{target, {}}; };
  const auto first_target = random_.next<AccountId>();
  const auto second_target = random_.next<AccountId>();
  EXPECT_TRUE(admit(limits, from(ada_), claim_from(first_target), start));
  EXPECT_FALSE(admit(limits, from(ada_), claim_from(first_target), start)) << "the target's prekeys are not drained";
  EXPECT_TRUE(admit(limits, from(bob_), claim_from(first_target), start));
  EXPECT_TRUE(admit(limits, from(ada_), claim_from(second_target), start));
  EXPECT_FALSE(admit(limits, from(ada_), claim_from(random_.next<AccountId>()), start));
}

TEST_F(AdmissionTest, HasALimitForEveryOperationByDefault) {
  const RateLimitSettings defaults = RateLimitSettings::defaults();
  for (const BucketSettings& bucket : defaults.buckets) {
    EXPECT_GT(bucket.capacity, 0u);
    EXPECT_GT(bucket.refill_every, Milliseconds{});
  }
  wire::unpack(
      [&](const auto&... operation) {
        const auto check = [&]<class O>(const O& one) {
          constexpr LimitRule rule = limit_rule<typename O::Request>;
          EXPECT_EQ(rule.subject == LimitSubject::address, one.access == wire::Access::anyone) << one.name;
        };
        (check(operation), ...);
      },
      wire::operations);
}

}  // namespace
}  // namespace sotto::service
