#pragma once

#include "storage/sqlite/row_checks.h"

namespace sotto::server {

/// The breaches of one invariant as they are found. Knows when there are enough.
class FindingMaker {
 public:
  static constexpr std::size_t most_breaches = 10;

  explicit FindingMaker(std::string_view invariant) : finding_{std::string(invariant), {}} {}

  void breach(std::string line) {
    if (!enough()) finding_.breaches.push_back(std::move(line));
  }
  [[nodiscard]] bool enough() const { return finding_.breaches.size() >= most_breaches; }

  /// Adds a failure of the connection as a breach, if there is one, and hands the finding out.
  [[nodiscard]] storage::sqlite::Finding finish(storage::sqlite::Connection& connection) {
    if (const auto failure = connection.take_failure()) breach("cannot be read: " + failure->text);
    return std::move(finding_);
  }

 private:
  storage::sqlite::Finding finding_;
};

}  // namespace sotto::server
