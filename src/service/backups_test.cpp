// An account has one backup, of which only its own devices see anything, and which a race of two devices neither mixes
// nor loses (threats 6, 32, 35).
#include "service/backups.h"

#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

BackupId generation(std::uint8_t number) {
  BackupId id;
  id.bytes.fill(number);
  return id;
}

class BackupsTest : public testing::RulesTest {
 protected:
  ErrorCode put(std::uint8_t number, Bytes header = {1, 2}) {
    return refusal_code(server_.ask(ada_caller_, wire::PutBackup{generation(number), std::move(header)}));
  }
  ErrorCode append(const Caller& caller, std::uint32_t number, Bytes pack = {9}, std::uint8_t of = 1) {
    return refusal_code(server_.ask(caller, wire::AppendBackup{generation(of), number, std::move(pack)}));
  }
  Outcome<wire::BackupPage> read(std::uint32_t after, std::uint8_t of = 1) {
    return server_.ask(ada_caller_, wire::ReadBackup{generation(of), after});
  }
};

TEST_F(BackupsTest, IsReadAsItWasWritten) {
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  EXPECT_EQ(append(ada_caller_, 1, {1}), ErrorCode::unspecified);
  server_.now = server_.now + seconds(5);
  EXPECT_EQ(append(ada_caller_, 2, {2, 2}), ErrorCode::unspecified);
  const auto backup = server_.ask(ada_caller_, wire::GetBackup{});
  ASSERT_TRUE(backup.has_value());
  EXPECT_EQ(backup->answer.backup, generation(1));
  EXPECT_EQ(backup->answer.header, (Bytes{1, 2}));
  EXPECT_EQ(backup->answer.packs, 2u);
  EXPECT_EQ(backup->answer.size, 3u);
  EXPECT_EQ(backup->answer.changed_at, server_.now);
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::backup_opened);
  const auto page = read(1);
  ASSERT_EQ(page->answer.packs.size(), 1u);
  EXPECT_EQ(page->answer.packs[0].number, 2u);
  EXPECT_EQ(page->answer.packs[0].pack, (Bytes{2, 2}));
  EXPECT_FALSE(page->answer.more);
}

TEST_F(BackupsTest, PagesAreBoundedAndSayWhetherMoreFollow) {
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  for (std::uint32_t number = 1; number <= 6; ++number) {
    ASSERT_EQ(append(ada_caller_, number, Bytes(wire::max_backup_pack_size, 1)), ErrorCode::unspecified);
  }
  const auto first = read(0);
  EXPECT_EQ(first->answer.packs.size(), 4u);
  EXPECT_TRUE(first->answer.more);
  const auto rest = read(4);
  EXPECT_EQ(rest->answer.packs.size(), 2u);
  EXPECT_FALSE(rest->answer.more);
}

TEST_F(BackupsTest, ANewGenerationTakesThePlaceOfTheOld) {
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  ASSERT_EQ(append(ada_caller_, 1), ErrorCode::unspecified);
  EXPECT_EQ(put(1), ErrorCode::unspecified) << "a repeat";
  EXPECT_EQ(read(0)->answer.packs.size(), 1u);
  EXPECT_EQ(put(1, {3}), ErrorCode::conflict);
  EXPECT_EQ(put(2), ErrorCode::unspecified);
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::backup_replaced);
  EXPECT_TRUE(read(0, 2)->answer.packs.empty());
  EXPECT_EQ(refusal_code(read(0, 1)), ErrorCode::not_found);
  EXPECT_EQ(append(ada_caller_, 2), ErrorCode::not_found);
}

TEST_F(BackupsTest, OfTwoDevicesThatAddTheSameNumberOneIsToldSo) {
  const Caller second = link_device(ada_, ada_caller_, ada_.first_list());
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  EXPECT_EQ(append(ada_caller_, 1, {1}), ErrorCode::unspecified);
  EXPECT_EQ(append(second, 1, {2}), ErrorCode::conflict);
  EXPECT_EQ(append(ada_caller_, 1, {1}), ErrorCode::unspecified) << "a repeat";
  EXPECT_EQ(append(second, 2, {2}), ErrorCode::unspecified);
  EXPECT_EQ(append(second, 4), ErrorCode::invalid_value);
  EXPECT_EQ(append(second, 0), ErrorCode::invalid_value);
  EXPECT_EQ(read(0)->answer.packs.size(), 2u);
}

TEST_F(BackupsTest, RefusesWhatIsEmpty) {
  EXPECT_EQ(put(0), ErrorCode::invalid_value);
  EXPECT_EQ(put(1, {}), ErrorCode::invalid_value);
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  EXPECT_EQ(append(ada_caller_, 1, {}), ErrorCode::invalid_value);
}

TEST_F(BackupsTest, Threat35ABackupHasAQuota) {
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  // As if the packs before had filled it.
  const auto fill = [&](UnitOfWork& unit) {
    const std::size_t size = wire::max_backup_size - wire::max_backup_pack_size;
    unit.backups().append(ada_.account, {1, Bytes(size, 1)}, server_.now);
    return true;
  };
  ASSERT_TRUE(server_.write(std::function<std::optional<bool>(UnitOfWork&)>(fill)));
  EXPECT_EQ(append(ada_caller_, 2, Bytes(wire::max_backup_pack_size, 1)), ErrorCode::unspecified);
  EXPECT_EQ(append(ada_caller_, 3, {1}), ErrorCode::limit_reached);
  EXPECT_EQ(put(2), ErrorCode::unspecified);
  EXPECT_EQ(append(ada_caller_, 1, {1}, 2), ErrorCode::unspecified);
}

TEST_F(BackupsTest, Threat32NobodyReachesAnothersBackup) {
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  ASSERT_EQ(append(ada_caller_, 1), ErrorCode::unspecified);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::GetBackup{})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ReadBackup{generation(1), 0})), ErrorCode::not_found);
  EXPECT_EQ(append(eve_caller_, 2), ErrorCode::not_found);
  EXPECT_TRUE(server_.ask(eve_caller_, wire::DeleteBackup{}));
  EXPECT_EQ(read(0)->answer.packs.size(), 1u);
}

TEST_F(BackupsTest, WhatARemovedDeviceHadQueuedDeletesNothing) {
  const wire::SignedDeviceList first = ada_.first_list();
  const Caller removed = link_device(ada_, ada_caller_, first);
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  const wire::SignedDeviceList second = ada_.sign(ada_.list_of_devices(2, &first));
  ada_.devices.pop_back();
  ASSERT_TRUE(server_.ask(ada_caller_, wire::PublishDeviceList{ada_.sign(ada_.list_of_devices(3, &second))}));
  EXPECT_EQ(refusal_code(server_.ask(removed, wire::DeleteBackup{})), ErrorCode::token_revoked);
  EXPECT_EQ(refusal_code(server_.ask(removed, wire::PutBackup{generation(2), {1}})), ErrorCode::token_revoked);
  EXPECT_EQ(server_.ask(ada_caller_, wire::GetBackup{})->answer.backup, generation(1));
}

TEST_F(BackupsTest, IsDeletedWithItsPacks) {
  EXPECT_TRUE(server_.ask(ada_caller_, wire::DeleteBackup{})) << "there is none";
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  ASSERT_EQ(append(ada_caller_, 1), ErrorCode::unspecified);
  EXPECT_TRUE(server_.ask(ada_caller_, wire::DeleteBackup{}));
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::backup_deleted);
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::GetBackup{})), ErrorCode::not_found);
  ASSERT_EQ(put(1), ErrorCode::unspecified);
  EXPECT_TRUE(read(0)->answer.packs.empty());
}

}  // namespace
}  // namespace sotto::service
