// Properties: what an account shows, whom it blocks and when it was last seen are its own and are found as they were
// set; companions are those who share a conversation.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::UnitOfWork;
using wire::Audience;

const AccountId first = numbered<AccountId>(1);
const AccountId second = numbered<AccountId>(2);
const AccountId third = numbered<AccountId>(3);

class PrivacySuite : public StorageSuite {};

TEST_P(PrivacySuite, SettingsAreTheDefaultsUntilTheyAreSet) {
  const wire::Privacy hidden{
      .presence = Audience::nobody, .read_receipts = Audience::companions, .typing = Audience::nobody};
  keep(storage(), [&](UnitOfWork& unit) {
    unit.privacy().put(first, {.presence = Audience::companions, .read_receipts = Audience::nobody});
    unit.privacy().put(first, hidden);
  });
  look(storage(), [&](UnitOfWork& unit) {
    EXPECT_EQ(unit.privacy().find(first), hidden);
    EXPECT_EQ(unit.privacy().find(second), wire::Privacy{});
  });
}

TEST_P(PrivacySuite, BlocksHaveADirection) {
  keep(storage(), [](UnitOfWork& unit) {
    unit.privacy().add_block({.by = first, .whom = third});
    unit.privacy().add_block({.by = first, .whom = second});
    unit.privacy().add_block({.by = first, .whom = second});
    unit.privacy().remove_block({.by = second, .whom = first});
  });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_TRUE(unit.privacy().is_blocked({.by = first, .whom = second}));
    EXPECT_FALSE(unit.privacy().is_blocked({.by = second, .whom = first}));
    EXPECT_EQ(unit.privacy().blocked_by(first), (std::vector<AccountId>{second, third}));
    EXPECT_TRUE(unit.privacy().blocked_by(second).empty());
  });
  keep(storage(), [](UnitOfWork& unit) { unit.privacy().remove_block({.by = first, .whom = second}); });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_FALSE(unit.privacy().is_blocked({.by = first, .whom = second}));
    EXPECT_EQ(unit.privacy().blocked_by(first), (std::vector<AccountId>{third}));
  });
}

TEST_P(PrivacySuite, AWriterSeesEachChangeOfABlock) {
  const auto is_blocked = [](UnitOfWork& unit) { return unit.privacy().is_blocked({.by = first, .whom = second}); };
  keep(storage(), [&](UnitOfWork& unit) {
    EXPECT_FALSE(is_blocked(unit));
    unit.privacy().add_block({.by = first, .whom = second});
    EXPECT_TRUE(is_blocked(unit));
  });
  keep(storage(), [&](UnitOfWork& unit) {
    EXPECT_TRUE(is_blocked(unit));
    unit.privacy().remove_block({.by = first, .whom = second});
    EXPECT_FALSE(is_blocked(unit));
  });
  EXPECT_EQ(write(storage(),
                  [&](UnitOfWork& unit) {
                    unit.privacy().add_block({.by = first, .whom = second});
                    EXPECT_TRUE(is_blocked(unit));
                    return service::Verdict::undo;
                  }),
            service::WorkOutcome::refused);
  keep(storage(), [&](UnitOfWork& unit) { EXPECT_FALSE(is_blocked(unit)); });
}

TEST_P(PrivacySuite, LastSeenIsReplacedAndForgotten) {
  add_conversation(storage(), 1);
  keep(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.privacy().last_seen(first), UnixMillis{});
    unit.privacy().put_last_seen(first, {5});
    unit.privacy().put_last_seen(first, {9});
    unit.privacy().put_last_seen(second, {7});
    unit.privacy().put_last_seen(second, {});
  });
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.privacy().last_seen(first), UnixMillis{9});
    EXPECT_EQ(unit.privacy().last_seen(second), UnixMillis{});
  });
}

TEST_P(PrivacySuite, CompanionsShareAConversation) {
  add_conversation(storage(), 1);
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_TRUE(unit.privacy().are_companions({first, second}));
    EXPECT_TRUE(unit.privacy().are_companions({second, first}));
    EXPECT_FALSE(unit.privacy().are_companions({first, third}));
    EXPECT_FALSE(unit.privacy().are_companions({third, first}));
  });
}

INSTANTIATE_TEST_SUITE_P(Storage, PrivacySuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
