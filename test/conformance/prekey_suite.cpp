// Properties: each one-time prekey is handed out once, smallest id first, also to callers at the same time; what was
// ever added is not added again; nothing is used up for a device that cannot be reached.
#include <set>
#include <thread>

#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::UnitOfWork;
using service::Verdict;

const AccountId account = numbered<AccountId>(1);
const DeviceId device = numbered<DeviceId>(1);

wire::SignedPrekey signed_prekey(std::uint32_t id) {
  return {.id = id, .key = numbered<X25519PublicKey>(id), .signature = numbered<Ed25519Signature>(id)};
}

wire::KemPrekey kem_prekey(std::uint32_t id) {
  return {.id = id, .key = numbered<MlKem768PublicKey>(id), .signature = numbered<Ed25519Signature>(id)};
}

std::vector<wire::OneTimePrekey> one_time_prekeys(std::uint32_t first, std::uint32_t last) {
  std::vector<wire::OneTimePrekey> prekeys;
  for (std::uint32_t id = first; id <= last; ++id) prekeys.push_back({.id = id, .key = numbered<X25519PublicKey>(id)});
  return prekeys;
}

std::vector<wire::KemPrekey> kem_prekeys(std::uint32_t first, std::uint32_t last) {
  std::vector<wire::KemPrekey> prekeys;
  for (std::uint32_t id = first; id <= last; ++id) prekeys.push_back(kem_prekey(id));
  return prekeys;
}

class PrekeySuite : public StorageSuite {
 protected:
  void publish(std::uint32_t count) {
    keep(storage(), [&](UnitOfWork& unit) {
      unit.prekeys().replace_signed(account, device, signed_prekey(1));
      unit.prekeys().replace_last_resort(account, device, kem_prekey(1'000));
      unit.prekeys().add_one_time(account, device, one_time_prekeys(1, count));
      unit.prekeys().add_kem(account, device, kem_prekeys(1, count));
    });
  }
  std::optional<wire::PrekeyBundle> claim() {
    std::optional<wire::PrekeyBundle> bundle;
    keep(storage(), [&](UnitOfWork& unit) { bundle = unit.prekeys().claim(account, device); });
    return bundle;
  }
  wire::PrekeyStock stock() {
    wire::PrekeyStock stock;
    look(storage(), [&](UnitOfWork& unit) { stock = unit.prekeys().stock(account, device); });
    return stock;
  }
};

TEST_P(PrekeySuite, ABundleHoldsWhatWasPublished) {
  publish(2);
  const auto bundle = claim();
  ASSERT_TRUE(bundle.has_value());
  EXPECT_EQ(bundle->device, device);
  EXPECT_EQ(bundle->signed_prekey.id, 1U);
  EXPECT_EQ(bundle->signed_prekey.key, signed_prekey(1).key);
  EXPECT_EQ(bundle->signed_prekey.signature, signed_prekey(1).signature);
  EXPECT_EQ(bundle->kem_prekey.id, 1U);
  EXPECT_EQ(bundle->kem_prekey.key, kem_prekey(1).key);
  EXPECT_EQ(bundle->kem_prekey.signature, kem_prekey(1).signature);
  EXPECT_FALSE(bundle->kem_prekey_is_last_resort);
  ASSERT_TRUE(bundle->one_time_prekey.has_value());
  EXPECT_EQ(bundle->one_time_prekey->id, 1U);
  EXPECT_EQ(bundle->one_time_prekey->key, numbered<X25519PublicKey>(1));
}

TEST_P(PrekeySuite, TheSmallestIdsGoFirstAndTheLastResortRemains) {
  publish(2);
  EXPECT_EQ(claim()->one_time_prekey->id, 1U);
  EXPECT_EQ(stock().one_time_prekeys, 1U);
  EXPECT_EQ(stock().kem_prekeys, 1U);
  EXPECT_EQ(claim()->kem_prekey.id, 2U);
  for (int repeat = 0; repeat < 2; ++repeat) {
    const auto bundle = claim();
    ASSERT_TRUE(bundle.has_value());
    EXPECT_FALSE(bundle->one_time_prekey.has_value());
    EXPECT_TRUE(bundle->kem_prekey_is_last_resort);
    EXPECT_EQ(bundle->kem_prekey.id, 1'000U);
  }
}

TEST_P(PrekeySuite, CallersAtTheSameTimeGetDifferentPrekeys) {
  constexpr std::uint32_t count = 120;
  publish(count);
  std::vector<std::vector<std::uint32_t>> taken(4);
  std::vector<std::thread> callers;
  for (std::vector<std::uint32_t>& mine : taken) {
    callers.emplace_back([&] {
      for (std::uint32_t turn = 0; turn < count / 4; ++turn) {
        const auto bundle = claim();
        mine.push_back(bundle->one_time_prekey->id);
        EXPECT_EQ(bundle->kem_prekey.id, bundle->one_time_prekey->id);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  std::set<std::uint32_t> all;
  for (const auto& mine : taken) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), count);
  EXPECT_EQ(stock().one_time_prekeys, 0U);
}

TEST_P(PrekeySuite, WhatWasEverAddedIsPassedOver) {
  publish(3);
  EXPECT_EQ(claim()->one_time_prekey->id, 1U);
  keep(storage(), [](UnitOfWork& unit) {
    unit.prekeys().add_one_time(account, device, one_time_prekeys(1, 4));
    unit.prekeys().add_kem(account, device, kem_prekeys(1, 4));
  });
  EXPECT_EQ(stock().one_time_prekeys, 3U);
  EXPECT_EQ(stock().kem_prekeys, 3U);
  for (const std::uint32_t id : {2U, 3U, 4U}) EXPECT_EQ(claim()->one_time_prekey->id, id);
  EXPECT_FALSE(claim()->one_time_prekey.has_value());
}

TEST_P(PrekeySuite, TheSignedPrekeyAndTheLastResortAreReplaced) {
  publish(0);
  keep(storage(), [](UnitOfWork& unit) {
    unit.prekeys().replace_signed(account, device, signed_prekey(2));
    unit.prekeys().replace_last_resort(account, device, kem_prekey(2'000));
  });
  const auto bundle = claim();
  ASSERT_TRUE(bundle.has_value());
  EXPECT_EQ(bundle->signed_prekey.id, 2U);
  EXPECT_EQ(bundle->kem_prekey.id, 2'000U);
}

TEST_P(PrekeySuite, NothingIsTakenFromADeviceThatCannotBeReached) {
  EXPECT_FALSE(claim().has_value());
  keep(storage(), [](UnitOfWork& unit) {
    unit.prekeys().add_one_time(account, device, one_time_prekeys(1, 1));
    unit.prekeys().add_kem(account, device, kem_prekeys(1, 1));
  });
  EXPECT_FALSE(claim().has_value());
  EXPECT_EQ(stock().one_time_prekeys, 1U);
  EXPECT_EQ(stock().kem_prekeys, 1U);
}

TEST_P(PrekeySuite, WithoutAnyKemPrekeyNothingIsTaken) {
  keep(storage(), [](UnitOfWork& unit) {
    unit.prekeys().replace_signed(account, device, signed_prekey(1));
    unit.prekeys().add_one_time(account, device, one_time_prekeys(1, 1));
  });
  EXPECT_FALSE(claim().has_value());
  EXPECT_EQ(stock().one_time_prekeys, 1U);
}

TEST_P(PrekeySuite, AnUndoneClaimGivesThePrekeysBack) {
  publish(1);
  EXPECT_EQ(write(storage(),
                  [](UnitOfWork& unit) {
                    EXPECT_EQ(unit.prekeys().claim(account, device)->one_time_prekey->id, 1U);
                    return Verdict::undo;
                  }),
            service::WorkOutcome::refused);
  EXPECT_EQ(stock().one_time_prekeys, 1U);
  EXPECT_EQ(claim()->one_time_prekey->id, 1U);
}

TEST_P(PrekeySuite, ARemovedDeviceHasNone) {
  publish(2);
  const DeviceId other = numbered<DeviceId>(2);
  keep(storage(), [&](UnitOfWork& unit) {
    unit.prekeys().add_one_time(account, other, one_time_prekeys(1, 5));
    unit.prekeys().remove_device(account, device);
  });
  EXPECT_FALSE(claim().has_value());
  EXPECT_EQ(stock().one_time_prekeys, 0U);
  EXPECT_EQ(stock().kem_prekeys, 0U);
  look(storage(), [&](UnitOfWork& unit) { EXPECT_EQ(unit.prekeys().stock(account, other).one_time_prekeys, 5U); });
}

INSTANTIATE_TEST_SUITE_P(Storage, PrekeySuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
