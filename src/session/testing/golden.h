#pragma once

#include <string>
#include <string_view>

namespace sotto::session::testing {

/// Fails the running test unless the file test/golden/session/<name> holds exactly `text` and a line end. With
/// SOTTO_WRITE_GOLDEN set in the environment it writes the file instead.
void expect_golden(std::string_view name, const std::string& text);

}  // namespace sotto::session::testing
