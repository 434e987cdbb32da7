#include <algorithm>

#include "storage/memory/stores.h"

namespace sotto::storage::memory {

void MemoryReportStore::put(const service::StoredReport& report) {
  tables_.reports.put({report.reporter, report.conversation}, report);
}

std::vector<service::StoredReport> MemoryReportStore::newest(std::size_t limit) {
  std::vector<service::StoredReport> reports;
  for (const auto& [place, report] : tables_.reports.rows()) reports.push_back(report);
  std::ranges::stable_sort(reports, std::ranges::greater(), &service::StoredReport::reported_at);
  if (reports.size() > limit) reports.resize(limit);
  return reports;
}

}  // namespace sotto::storage::memory
