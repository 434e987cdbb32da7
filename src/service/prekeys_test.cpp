// Prekeys are taken from the device that signed them and handed out once; draining a stock leaves the last resort and
// tells the owner once.
#include "service/prekeys.h"

#include <set>

#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class PrekeysTest : public testing::RulesTest {
 protected:
  testing::TestDevice& device() { return ada_.devices.front(); }
  Outcome<wire::PrekeyStock> publish(testing::PrekeyCounts counts) {
    return server_.ask(ada_caller_, ada_.prekeys(device(), server_.random, counts));
  }
  Outcome<wire::PrekeyBundles> claim() {
    return server_.ask(bob_caller_, wire::ClaimPrekeys{ada_.account, {ada_caller_.device}});
  }
};

TEST_F(PrekeysTest, AddsToTheStock) {
  const auto stock = publish({.one_time = 5, .kem = 3});
  ASSERT_TRUE(stock.has_value());
  EXPECT_EQ(stock->answer.one_time_prekeys, 7u);
  EXPECT_EQ(stock->answer.kem_prekeys, 5u);
}

TEST_F(PrekeysTest, ARepeatChangesNothing) {
  const wire::PublishPrekeys request = ada_.prekeys(device(), server_.random, {.one_time = 5, .kem = 5});
  ASSERT_TRUE(server_.ask(ada_caller_, request));
  EXPECT_EQ(server_.ask(ada_caller_, request)->answer.one_time_prekeys, 7u);
  for (int count = 0; count < 7; ++count) ASSERT_TRUE(claim());
  EXPECT_EQ(server_.ask(ada_caller_, request)->answer.one_time_prekeys, 0u) << "a prekey never comes back";
}

TEST_F(PrekeysTest, RefusesWhatTheCallersDeviceDidNotSign) {
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, bob_.prekeys(bob_.devices.front(), server_.random, {}))),
            ErrorCode::bad_signature);
  wire::PublishPrekeys request = ada_.prekeys(device(), server_.random, {});
  request.kem_prekeys.back().signature.bytes[0] ^= 1;
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, request)), ErrorCode::bad_signature);
  EXPECT_EQ(server_.ask(ada_caller_, wire::GetPrekeyStock{})->answer.kem_prekeys, 2u) << "none of it was stored";
  const Caller unlisted{ada_.account, bob_caller_.device, ada_caller_.login};
  EXPECT_EQ(refusal_code(server_.ask(unlisted, wire::PublishPrekeys{})), ErrorCode::device_not_listed);
}

TEST_F(PrekeysTest, KeepsALimitedStock) {
  for (int count = 0; count < 4; ++count) ASSERT_TRUE(publish({.one_time = 40, .kem = 40}));
  ASSERT_TRUE(publish({.one_time = 38, .kem = 0}));
  EXPECT_EQ(refusal_code(publish({.one_time = 1, .kem = 0})), ErrorCode::limit_reached);
  EXPECT_EQ(server_.ask(ada_caller_, wire::GetPrekeyStock{})->answer.one_time_prekeys, wire::max_stored_prekeys);
}

TEST_F(PrekeysTest, HandsEachOutOnceAndThenTheLastResort) {
  std::set<std::uint32_t> one_time_ids;
  std::set<std::uint32_t> kem_ids;
  for (int count = 0; count < 2; ++count) {
    const auto bundles = claim()->answer.bundles;
    ASSERT_EQ(bundles.size(), 1u);
    EXPECT_FALSE(bundles.front().kem_prekey_is_last_resort);
    ASSERT_TRUE(bundles.front().one_time_prekey.has_value());
    one_time_ids.insert(bundles.front().one_time_prekey->id);
    kem_ids.insert(bundles.front().kem_prekey.id);
  }
  EXPECT_EQ(one_time_ids.size(), 2u);
  EXPECT_EQ(kem_ids.size(), 2u);
  for (int count = 0; count < 2; ++count) {
    const auto bundle = claim()->answer.bundles.front();
    EXPECT_TRUE(bundle.kem_prekey_is_last_resort);
    EXPECT_FALSE(bundle.one_time_prekey.has_value());
    EXPECT_EQ(bundle.device, ada_caller_.device);
  }
}

TEST_F(PrekeysTest, TellsTheOwnerOnceWhenTheStockFallsLow) {
  ASSERT_TRUE(publish({.one_time = 20, .kem = 19}));
  for (int count = 0; count < 1; ++count) ASSERT_TRUE(claim());
  server_.notices.clear();
  ASSERT_TRUE(claim());
  auto told = testing::pushes<wire::PrekeyStock>(server_.notices);
  ASSERT_EQ(told.size(), 1u) << "21 KEM prekeys became 19";
  EXPECT_EQ(told.front().first.account, ada_.account);
  EXPECT_EQ(told.front().first.device, ada_caller_.device);
  EXPECT_EQ(told.front().second.one_time_prekeys, 20u);
  EXPECT_EQ(told.front().second.kem_prekeys, 19u);
  ASSERT_TRUE(claim());
  EXPECT_EQ(testing::pushes<wire::PrekeyStock>(server_.notices).size(), 2u) << "the other stock fell below 20";
  for (int count = 0; count < 5; ++count) ASSERT_TRUE(claim());
  EXPECT_EQ(testing::pushes<wire::PrekeyStock>(server_.notices).size(), 2u);
}

TEST_F(PrekeysTest, ClaimsForListedDevicesOfKnownAccountsOnly) {
  const auto ask = [&](const wire::ClaimPrekeys& request) { return refusal_code(server_.ask(bob_caller_, request)); };
  EXPECT_EQ(ask({server_.random.next<AccountId>(), {ada_caller_.device}}), ErrorCode::not_found);
  EXPECT_EQ(ask({ada_.account, {bob_caller_.device}}), ErrorCode::device_not_listed);
  EXPECT_EQ(ask({ada_.account, {ada_caller_.device, ada_caller_.device}}), ErrorCode::invalid_value);
  EXPECT_EQ(server_.ask(ada_caller_, wire::GetPrekeyStock{})->answer.one_time_prekeys, 2u) << "none was taken";
}

TEST_F(PrekeysTest, ADeviceWithoutPrekeysIsLeftOut) {
  const Caller second = link_device(ada_, ada_caller_, ada_.first_list());
  const wire::ClaimPrekeys both{ada_.account, {second.device, ada_caller_.device}};
  auto bundles = server_.ask(bob_caller_, both)->answer.bundles;
  ASSERT_EQ(bundles.size(), 1u);
  EXPECT_EQ(bundles.front().device, ada_caller_.device);
  ASSERT_TRUE(server_.ask(second, ada_.prekeys(ada_.devices[1], server_.random, {})));
  bundles = server_.ask(bob_caller_, both)->answer.bundles;
  ASSERT_EQ(bundles.size(), 2u);
  EXPECT_EQ(bundles.front().device, second.device) << "in the order asked";
}

}  // namespace
}  // namespace sotto::service
