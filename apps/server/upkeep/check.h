#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/sqlite/row_checks.h"

namespace sotto::server {

/// Holds a server's database against everything that must be true in it: `storage::sqlite::check_rows`, and what the
/// rows hold, such as signatures, membership chains and the transparency log. All of it is read in one state, also
/// beside a running server. The error is a text for the operator, if there is no such database.
[[nodiscard]] std::expected<std::vector<storage::sqlite::Finding>, std::string> check_database(
    const std::filesystem::path& path);

[[nodiscard]] bool all_hold(const std::vector<storage::sqlite::Finding>& findings);

/// A line for each invariant, `ok` or `BROKEN`, and below it a line for each breach.
[[nodiscard]] std::string print_findings(const std::vector<storage::sqlite::Finding>& findings);

}  // namespace sotto::server
