#pragma once

#include <array>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace sotto::bench::peers {

/// What stands for `@NAME@` in a committed configuration.
struct Setting {
  std::string name;
  std::string value;
};

/// The text with every `@NAME@` of the settings replaced.
[[nodiscard]] std::string fill_in(std::string text, const std::vector<Setting>& settings);

/// Appends the file `source`, filled in, to the file `target`, which may not exist yet. The error is a sentence.
std::expected<void, std::string> write_configuration(const std::filesystem::path& target,
                                                     const std::filesystem::path& source,
                                                     const std::vector<Setting>& settings);

/// Two ports of the loopback address that nobody listened on a moment ago. The error is a sentence.
[[nodiscard]] std::expected<std::array<std::uint16_t, 2>, std::string> free_ports();

}  // namespace sotto::bench::peers
