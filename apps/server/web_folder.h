#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "gateway/web_app.h"

namespace sotto::server {

/// All files of a web app together, compressed forms included; they are kept in memory.
inline constexpr std::size_t max_web_octets = 64 * 1024 * 1024;
inline constexpr std::size_t max_web_files = 2'000;

/// Reads a directory as `vite build` leaves it: every file below it by its path, with the compressed forms that lie
/// beside it (`x.js.br`, `x.js.gz`). Links and what begins with a dot are left out. There must be an `index.html`, and
/// no more than the limits above; else the reason, English, for the operator.
[[nodiscard]] std::expected<gateway::WebFiles, std::string> read_web_folder(const std::filesystem::path& folder);

/// The Content-Type for a file of this name.
[[nodiscard]] std::string_view media_type(std::string_view name);

/// Where the web app lies beside an installed server, `../share/sotto/web` from this program. Empty if it is not there.
[[nodiscard]] std::filesystem::path installed_web_folder();

}  // namespace sotto::server
