// A database that the server made holds against every invariant; one that was damaged in any of the ways below is found
// out, by the invariant that it breaks (threats 36, 37).
#include "server/upkeep/check.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "server/upkeep/inhabited_database_test.h"

namespace sotto::server {
namespace {

using storage::sqlite::Access;
using storage::sqlite::Connection;
using storage::sqlite::Finding;

struct Damage {
  std::string_view how;
  /// Part of the invariant's sentence.
  std::string_view breaks;
};

constexpr std::array damages{
    Damage{"DELETE FROM messages WHERE seq = 3 AND kind = 0", "entries of a conversation are numbered"},
    Damage{"DELETE FROM messages WHERE seq = 1 AND kind = 0", "entries of a conversation are numbered"},
    Damage{"UPDATE messages SET seq = seq + 100 WHERE seq = 5", "entries of a conversation are numbered"},
    Damage{"UPDATE messages SET seq = 3 WHERE seq = 4", "entries of a conversation are numbered"},
    Damage{"DELETE FROM conversations WHERE kind = 0", "every row that another one refers to"},
    Damage{"UPDATE members SET read = 5 WHERE delivered = 4", "marks, beginnings and departures"},
    Damage{"UPDATE members SET delivered = 99 WHERE delivered = 4", "marks, beginnings and departures"},
    Damage{"UPDATE members SET left_seq = 99 WHERE left_seq IS NOT NULL", "marks, beginnings and departures"},
    Damage{"UPDATE members SET account_id = zeroblob(16) WHERE delivered = 4", "a member is named by its own id"},
    Damage{"UPDATE conversations SET member_count = 3 WHERE kind = 0", "a conversation counts its members"},
    Damage{"UPDATE conversations SET epoch = 0", "an epoch is not below"},
    Damage{"DELETE FROM group_events WHERE number = 2", "the events of a group are numbered"},
    Damage{"UPDATE conversations SET chain_length = 9 WHERE kind <> 0", "the events of a group are numbered"},
    Damage{"DELETE FROM group_states", "the events of a group are numbered"},
    Damage{"UPDATE messages SET body = x'01' WHERE redacted = 1", "a redacted entry has no body"},
    Damage{"UPDATE mailbox_items SET item = 7", "an item of a mailbox"},
    Damage{"UPDATE devices SET highest_kem_prekey = 0", "a one-time prekey is not above"},
    Damage{"UPDATE backups SET size = 2", "the packs of a backup"},
    Damage{"DELETE FROM backup_packs", "the packs of a backup"},
    Damage{"UPDATE logins SET device = (SELECT max(number) FROM devices WHERE account <> logins.account)",
           "a login is a device's of its own account"},
    Damage{"DELETE FROM transparency_entries WHERE position = 1", "the entries of the transparency log are numbered"},
    Damage{"UPDATE transparency_entries SET entry = (SELECT entry FROM transparency_entries WHERE position = 0)"
           " WHERE position = 1",
           "an entry of the transparency log says what its row says"},
    Damage{"UPDATE transparency_nodes SET hash = zeroblob(32) WHERE level = 1", "the hashes of the transparency log"},
    Damage{"DELETE FROM transparency_nodes WHERE level = 0 AND position = 0", "the hashes of the transparency log"},
    Damage{"INSERT INTO transparency_nodes VALUES (5, 5, zeroblob(32))", "the hashes of the transparency log"},
    Damage{"DELETE FROM transparency_entries WHERE position = 2", "device list is its newest in the transparency log"},
    Damage{"UPDATE accounts SET device_list_signature = zeroblob(64)", "a device list opens"},
    Damage{"UPDATE accounts SET device_list_version = 7", "a device list opens"},
    Damage{"DELETE FROM server_values", "the server has its keys"},
    Damage{"UPDATE logins SET device = (SELECT min(d.number) FROM devices AS d WHERE d.account = logins.account);"
           " UPDATE devices SET device = randomblob(16)",
           "a login that may do everything"},
    Damage{"UPDATE conversations SET conversation = zeroblob(16) WHERE kind = 0",
           "a direct conversation is named after"},
    Damage{"UPDATE members SET role = 1 WHERE left_seq IS NULL AND log_start = 0", "chain replays"},
    Damage{"UPDATE conversations SET closed = 1 WHERE kind <> 0", "chain replays"},
    Damage{"UPDATE messages SET body = substr(body, 1, length(body) - 1) WHERE kind = 1 AND seq = 2", "chain replays"},
    Damage{"UPDATE group_states SET state = zeroblob(9)", "chain replays"},
    Damage{"DROP INDEX messages_by_id", "the schema is the one"},
    Damage{"DELETE FROM schema_migrations WHERE version = 5", "the schema is the one"},
    Damage{"PRAGMA application_id = 7", "the schema is the one"},
};

class CheckTest : public InhabitedDatabaseTest {
 protected:
  /// A copy of the database after `how` was done to it.
  [[nodiscard]] std::filesystem::path damaged(std::string_view how) const {
    const std::filesystem::path copy = folder() / "damaged.db";
    std::filesystem::copy_file(database(), copy, std::filesystem::copy_options::overwrite_existing);
    auto connection = Connection::open(copy.string(), {.access = Access::read_write});
    EXPECT_TRUE((*connection)->execute("PRAGMA foreign_keys = OFF"));
    EXPECT_TRUE((*connection)->execute(how)) << how << ": " << (*connection)->take_failure()->text;
    return copy;
  }
  static std::vector<std::string> broken(const std::filesystem::path& path) {
    std::vector<std::string> invariants;
    const auto findings = check_database(path);
    EXPECT_TRUE(findings.has_value());
    for (const Finding& finding : *findings) {
      if (!finding.breaches.empty()) invariants.push_back(finding.invariant);
    }
    return invariants;
  }
};

TEST_F(CheckTest, WhatTheServerMadeHolds) {
  const auto findings = check_database(database());
  ASSERT_TRUE(findings.has_value());
  EXPECT_TRUE(all_hold(*findings)) << print_findings(*findings);
  EXPECT_GE(findings->size(), 20u);
}

TEST_F(CheckTest, EveryDamageIsFoundByTheInvariantThatItBreaks) {
  for (const Damage& damage : damages) {
    const auto invariants = broken(damaged(damage.how));
    const bool found = std::ranges::any_of(
        invariants, [&](const std::string& invariant) { return invariant.contains(damage.breaks); });
    EXPECT_TRUE(found) << damage.how << " broke: " << ::testing::PrintToString(invariants);
  }
}

TEST_F(CheckTest, ADamagedPageIsFound) {
  const std::filesystem::path copy = damaged("SELECT 1");
  std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
  const auto size = std::filesystem::file_size(copy);
  // Each page but the first few, so that the schema can be read and nothing below it.
  for (std::uintmax_t place = 8 * 4'096; place + 64 < size; place += 4'096) {
    file.seekp(static_cast<std::streamoff>(place));
    file.write(std::string(64, '\xff').data(), 64);
  }
  file.close();
  const auto findings = check_database(copy);
  EXPECT_TRUE(!findings || !all_hold(*findings)) << print_findings(*findings);
}

TEST_F(CheckTest, WhatIsNoDatabaseIsSaidToBeNone) {
  EXPECT_FALSE(check_database(folder() / "nothing.db").has_value());
  const std::filesystem::path text = folder() / "text.db";
  std::ofstream(text) << std::string(10'000, 'x');
  const auto findings = check_database(text);
  EXPECT_TRUE(!findings || !all_hold(*findings));
}

TEST_F(CheckTest, FindingsNameRowsAndIdsAndNoContent) {
  const auto findings = check_database(damaged("UPDATE messages SET seq = seq + 100 WHERE seq = 5"));
  const std::string text = print_findings(*findings);
  EXPECT_TRUE(text.contains(
      "BROKEN  the entries of a conversation are numbered without a gap or a repetition\n          conversation "))
      << text;
  EXPECT_FALSE(text.contains("ada")) << "threat 38";
}

}  // namespace
}  // namespace sotto::server
