// Properties: an account has one generation of its backup, whose packs come back in order and within limits, and which
// goes as a whole.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;

const AccountId owner = numbered<AccountId>(1);
const AccountId other_owner = numbered<AccountId>(2);

wire::Backup backup_of(std::uint64_t number) {
  return {.backup = numbered<BackupId>(number),
          .header = {static_cast<std::uint8_t>(number), 2},
          .changed_at = {100 + number}};
}

wire::BackupPack pack_of(std::uint32_t number, std::size_t size = 10) {
  return {number, Bytes(size, static_cast<std::uint8_t>(number))};
}

class BackupSuite : public StorageSuite {
 protected:
  void begin_with_packs(AccountId account, std::uint32_t count) {
    keep(storage(), [&](UnitOfWork& unit) {
      unit.backups().begin(account, backup_of(1));
      for (std::uint32_t number = 1; number <= count; ++number) {
        unit.backups().append(account, pack_of(number), {500 + number});
      }
    });
  }
};

TEST_P(BackupSuite, ABackupIsFoundWithItsPacksCounted) {
  begin_with_packs(owner, 3);
  look(storage(), [](UnitOfWork& unit) {
    const auto found = unit.backups().find(owner);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->backup, numbered<BackupId>(1));
    EXPECT_EQ(found->header, (Bytes{1, 2}));
    EXPECT_EQ(found->packs, 3U);
    EXPECT_EQ(found->size, 30U);
    EXPECT_EQ(found->changed_at, UnixMillis{503});
    EXPECT_FALSE(unit.backups().find(other_owner).has_value());
  });
}

TEST_P(BackupSuite, PacksComeBackInOrderAndWithinLimits) {
  begin_with_packs(owner, 5);
  begin_with_packs(other_owner, 1);
  look(storage(), [](UnitOfWork& unit) {
    const auto numbers = [&](const service::BackupStore::Range& range) {
      std::vector<std::uint32_t> found;
      for (const wire::BackupPack& pack : unit.backups().read(owner, range)) {
        EXPECT_EQ(pack.pack, pack_of(pack.number).pack);
        found.push_back(pack.number);
      }
      return found;
    };
    EXPECT_EQ(numbers({}), (std::vector<std::uint32_t>{1, 2, 3, 4, 5}));
    EXPECT_EQ(numbers({.after = 3}), (std::vector<std::uint32_t>{4, 5}));
    EXPECT_EQ(numbers({.after = 1, .max_packs = 2}), (std::vector<std::uint32_t>{2, 3}));
    EXPECT_EQ(numbers({.after = 0, .max_packs = 9, .max_size = 25}), (std::vector<std::uint32_t>{1, 2}));
    EXPECT_EQ(numbers({.after = 0, .max_packs = 9, .max_size = 1}), (std::vector<std::uint32_t>{1}));
    EXPECT_TRUE(numbers({.after = 5}).empty());
  });
}

TEST_P(BackupSuite, ANewGenerationTakesTheOldOnesPlace) {
  begin_with_packs(owner, 2);
  keep(storage(), [](UnitOfWork& unit) { unit.backups().begin(owner, backup_of(2)); });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.backups().find(owner)->backup, numbered<BackupId>(2));
    EXPECT_EQ(unit.backups().find(owner)->packs, 0U);
    EXPECT_EQ(unit.backups().find(owner)->size, 0U);
    EXPECT_TRUE(unit.backups().read(owner, {}).empty());
  });
}

TEST_P(BackupSuite, APackNeedsItsBackupAndAFreeNumber) {
  begin_with_packs(owner, 1);
  for (const AccountId account : {owner, other_owner}) {
    const auto outcome = write(storage(), [&](UnitOfWork& unit) {
      unit.backups().append(account, pack_of(1), {});
      return Verdict::keep;
    });
    EXPECT_EQ(outcome, WorkOutcome::failed);
  }
  look(storage(), [](UnitOfWork& unit) { EXPECT_EQ(unit.backups().find(owner)->packs, 1U); });
}

TEST_P(BackupSuite, ABackupGoesAsAWhole) {
  begin_with_packs(owner, 2);
  begin_with_packs(other_owner, 1);
  keep(storage(), [](UnitOfWork& unit) {
    unit.backups().remove(owner);
    unit.backups().remove(numbered<AccountId>(9));
  });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_FALSE(unit.backups().find(owner).has_value());
    EXPECT_TRUE(unit.backups().read(owner, {}).empty());
    EXPECT_EQ(unit.backups().read(other_owner, {}).size(), 1U);
  });
}

INSTANTIATE_TEST_SUITE_P(Storage, BackupSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
