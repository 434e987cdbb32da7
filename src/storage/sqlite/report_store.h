#pragma once

#include "service/ports/report_store.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteReportStore final : public service::ReportStore {
 public:
  SqliteReportStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  void put(const service::StoredReport& report) override;
  std::vector<service::StoredReport> newest(std::size_t limit) override;

 private:
  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
