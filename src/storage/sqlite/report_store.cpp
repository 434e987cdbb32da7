#include "storage/sqlite/report_store.h"

namespace sotto::storage::sqlite {

void SqliteReportStore::put(const service::StoredReport& report) {
  const AccountNumber reporter = identities_.number_of(report.reporter);
  scope_.before_write();
  connection_
      .statement("INSERT OR REPLACE INTO reports (conversation, reporter, reason, reported_at) VALUES (?1, ?2, ?3, ?4)")
      .run(report.conversation, reporter, report.reason, report.reported_at);
}

std::vector<service::StoredReport> SqliteReportStore::newest(std::size_t limit) {
  Statement row = connection_.statement(
      "SELECT i.account, r.conversation, r.reason, r.reported_at FROM reports AS r"
      " JOIN account_ids AS i ON i.number = r.reporter"
      " ORDER BY r.reported_at DESC, i.account, r.conversation LIMIT ?1");
  row.bind(bound(limit));
  std::vector<service::StoredReport> reports;
  while (row.step()) {
    reports.push_back({.reporter = row.fixed<AccountId>(0),
                       .conversation = row.fixed<ConversationId>(1),
                       .reason = row.number<wire::ReportReason>(2),
                       .reported_at = row.time(3)});
  }
  return reports;
}

}  // namespace sotto::storage::sqlite
