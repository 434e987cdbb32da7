#include "server/upkeep/check.h"

#include <algorithm>
#include <iterator>

#include "server/upkeep/content_checks.h"
#include "storage/sqlite/server_database.h"

namespace sotto::server {

using storage::sqlite::Finding;

std::expected<std::vector<Finding>, std::string> check_database(const std::filesystem::path& path) {
  auto connection = storage::sqlite::open_again({.path = path, .vfs = {}}, storage::sqlite::Access::read_only);
  if (!connection) return std::unexpected(std::move(connection.error()));
  std::vector<Finding> findings;
  if ((*connection)->begin_read()) {
    findings = storage::sqlite::check_rows(**connection);
    std::ranges::move(check_content(**connection), std::back_inserter(findings));
  }
  (*connection)->roll_back();
  if (const auto failure = (*connection)->take_failure()) return std::unexpected(path.string() + ": " + failure->text);
  return findings;
}

bool all_hold(const std::vector<Finding>& findings) {
  return std::ranges::all_of(findings, [](const Finding& finding) { return finding.breaches.empty(); });
}

std::string print_findings(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += (finding.breaches.empty() ? "ok      " : "BROKEN  ") + finding.invariant + "\n";
    for (const std::string& breach : finding.breaches) text += "          " + breach + "\n";
  }
  return text;
}

}  // namespace sotto::server
