#pragma once

#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/settings.h"

namespace sotto::server {

/// Where settings come from. What comes later in this order wins: defaults, file, environment, command line.
struct ConfigurationSources {
  /// Path of the TOML file, if one was named.
  std::optional<std::string> file;
  /// All variables of the environment.
  std::map<std::string, std::string> environment;
  /// Setting (`server.listen`) to value, as given on the command line.
  std::map<std::string, std::string> flags;
};

/// The settings, or what is wrong in English, naming file and line, variable or flag.
[[nodiscard]] std::expected<Settings, std::string> load_settings(const ConfigurationSources& sources);

/// Reads one TOML text over the given settings. `name` stands for the file in errors.
[[nodiscard]] std::expected<void, std::string> read_toml(Settings& settings, std::string_view text,
                                                         const std::string& name);

}  // namespace sotto::server
