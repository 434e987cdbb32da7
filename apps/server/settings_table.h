#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/settings.h"

namespace sotto::server {

// The settings are described once, in one table, from which come: reading the file, the environment and the command
// line, their checks, `sottod config print` and the table in docs/operations.md.

using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

struct Setting {
  std::string_view section;
  std::string_view key;
  std::string_view meaning;
  Value (*get)(const Settings& settings);
  /// The value has the type that `get` returns.
  void (*set)(Settings& settings, const Value& value);
  /// What is wrong with a value of the right type; nothing if it is allowed.
  std::optional<std::string> (*complaint)(const Value& value);

  /// `server.listen`
  [[nodiscard]] std::string name() const;
  /// `SOTTO_SERVER_LISTEN`
  [[nodiscard]] std::string environment_name() const;
};

[[nodiscard]] std::span<const Setting> settings_table();
/// Null if there is none.
[[nodiscard]] const Setting* find_setting(std::string_view section, std::string_view key);
[[nodiscard]] bool is_section(std::string_view section);

/// "text", "a whole number", "true or false", "a list of texts".
[[nodiscard]] std::string_view type_of(const Value& value);
/// As TOML writes it.
[[nodiscard]] std::string to_toml(const Value& value);
/// Reads a value of the type of `like` from one line of text: a list is separated by commas. Nothing if it has not got
/// that form.
[[nodiscard]] std::optional<Value> from_text(const Value& like, std::string_view text);

/// What is wrong with settings that are right one by one.
[[nodiscard]] std::optional<std::string> complaint_about(const Settings& settings);

/// The whole configuration as a TOML file.
[[nodiscard]] std::string print_settings(const Settings& settings);
/// The table of docs/operations.md, in Markdown.
[[nodiscard]] std::string print_documentation();

}  // namespace sotto::server
