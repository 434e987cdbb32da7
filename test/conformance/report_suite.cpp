// Properties: an account's last report of a conversation is the one that is kept; reports are listed newest first and
// no more than asked for.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::StoredReport;
using service::UnitOfWork;
using wire::ReportReason;

class ReportSuite : public StorageSuite {};

StoredReport report_of(std::uint8_t reporter, std::uint8_t conversation, ReportReason reason, std::uint64_t at) {
  return {.reporter = numbered<AccountId>(reporter),
          .conversation = numbered<ConversationId>(conversation),
          .reason = reason,
          .reported_at = {at}};
}

TEST_P(ReportSuite, TheLastReportOfAConversationCounts) {
  const StoredReport later = report_of(1, 7, ReportReason::harassment, 20);
  const StoredReport other = report_of(2, 7, ReportReason::spam, 15);
  keep(storage(), [&](UnitOfWork& unit) {
    unit.reports().put(report_of(1, 7, ReportReason::spam, 10));
    unit.reports().put(other);
  });
  keep(storage(), [&](UnitOfWork& unit) { unit.reports().put(later); });
  look(storage(), [&](UnitOfWork& unit) {
    EXPECT_EQ(unit.reports().newest(10), (std::vector<StoredReport>{later, other}));
    EXPECT_EQ(unit.reports().newest(1), std::vector<StoredReport>{later});
  });
}

TEST_P(ReportSuite, ThereAreNoneAtFirst) {
  look(storage(), [](UnitOfWork& unit) { EXPECT_TRUE(unit.reports().newest(10).empty()); });
}

INSTANTIATE_TEST_SUITE_P(Storage, ReportSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
