#pragma once

#include <vector>

#include "base/time.h"
#include "wire/report.h"

namespace sotto::service {

struct StoredReport {
  AccountId reporter;
  ConversationId conversation;
  wire::ReportReason reason = wire::ReportReason::other;
  UnixMillis reported_at;

  friend bool operator==(const StoredReport&, const StoredReport&) = default;
};

/// What members reported to those who run the server. Called and failing as the stores of `stores.h`.
class ReportStore {
 public:
  virtual ~ReportStore() = default;
  /// Replaces an earlier report of the conversation by the same account.
  virtual void put(const StoredReport& report) = 0;
  /// The newest first, at most `limit`.
  [[nodiscard]] virtual std::vector<StoredReport> newest(std::size_t limit) = 0;
};

}  // namespace sotto::service
