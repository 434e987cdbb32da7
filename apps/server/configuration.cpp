#include "server/configuration.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <fstream>
#include <sstream>
#include <toml++/toml.h>

#include "server/settings_table.h"

namespace sotto::server {
namespace {

using Result = std::expected<void, std::string>;

std::unexpected<std::string> complain(const std::string& place, std::string_view text) {
  return std::unexpected(std::string(place).append(": ").append(text));
}

Result assign(Settings& settings, const Setting& setting, const Value& value, const std::string& place) {
  if (const auto complaint = setting.complaint(value)) return complain(place, setting.name() + " " + *complaint);
  setting.set(settings, value);
  return {};
}

Result assign_text(Settings& settings, const Setting& setting, const std::string& text, const std::string& place) {
  const Value like = setting.get(settings);
  const auto value = from_text(like, text);
  if (!value) return complain(place, setting.name() + " must be " + std::string(type_of(like)));
  return assign(settings, setting, *value, place);
}

std::optional<Value> list_from(const toml::array& array) {
  std::vector<std::string> list;
  for (const toml::node& element : array) {
    const auto text = element.value_exact<std::string>();
    if (!text) return std::nullopt;
    list.push_back(*text);
  }
  return list;
}

/// The node as a value of the type of `like`.
std::optional<Value> value_from(const toml::node& node, const Value& like) {
  if (std::holds_alternative<std::string>(like)) {
    if (const auto text = node.value_exact<std::string>()) return *text;
  } else if (std::holds_alternative<std::int64_t>(like)) {
    if (const auto number = node.value_exact<std::int64_t>()) return *number;
  } else if (std::holds_alternative<bool>(like)) {
    if (const auto truth = node.value_exact<bool>()) return *truth;
  } else if (const toml::array* array = node.as_array()) {
    return list_from(*array);
  }
  return std::nullopt;
}

std::string place_of(const std::string& name, const toml::source_region& region) {
  return name + ":" + std::to_string(region.begin.line);
}

Result read_section(Settings& settings, std::string_view section, const toml::table& table, const std::string& name) {
  for (const auto& [key, node] : table) {
    const std::string place = place_of(name, key.source());
    const Setting* const setting = find_setting(section, key.str());
    if (setting == nullptr) {
      return complain(place, std::string("there is no setting ").append(section).append(".").append(key.str()));
    }
    const Value like = setting->get(settings);
    const auto value = value_from(node, like);
    if (!value) return complain(place, setting->name() + " must be " + std::string(type_of(like)));
    if (auto result = assign(settings, *setting, *value, place); !result) return result;
  }
  return {};
}

Result read_environment(Settings& settings, const std::map<std::string, std::string>& environment) {
  for (const auto& [name, text] : environment) {
    if (!name.starts_with("SOTTO_")) continue;
    const Setting* found = nullptr;
    bool in_section = false;
    for (const Setting& setting : settings_table()) {
      const std::string full = setting.environment_name();
      if (name == full) found = &setting;
      in_section |= name.starts_with(full.substr(0, full.size() - setting.key.size()));
    }
    if (found != nullptr) {
      if (auto result = assign_text(settings, *found, text, name); !result) return result;
    } else if (in_section) {
      // Other programs of the project have variables too, but none that begins with a section's name.
      return complain(name, "there is no such setting");
    }
  }
  return {};
}

}  // namespace

std::expected<void, std::string> read_toml(Settings& settings, std::string_view text, const std::string& name) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) return complain(place_of(name, parsed.error().source()), parsed.error().description());
  for (const auto& [key, node] : parsed.table()) {
    const std::string place = place_of(name, key.source());
    if (!is_section(key.str())) return complain(place, std::string("there is no section ").append(key.str()));
    const toml::table* const table = node.as_table();
    if (table == nullptr) return complain(place, std::string(key.str()).append(" must be a section"));
    if (auto result = read_section(settings, key.str(), *table, name); !result) return result;
  }
  return {};
}

std::expected<Settings, std::string> load_settings(const ConfigurationSources& sources) {
  Settings settings;
  if (sources.file) {
    std::ifstream file(*sources.file);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return complain(*sources.file, "cannot be read");
    if (auto result = read_toml(settings, text.str(), *sources.file); !result) return std::unexpected(result.error());
  }
  if (auto result = read_environment(settings, sources.environment); !result) return std::unexpected(result.error());
  for (const auto& [name, text] : sources.flags) {
    const std::size_t dot = name.find('.');
    const Setting* const setting = find_setting(name.substr(0, dot), name.substr(dot + 1));
    if (setting == nullptr) return complain(name, "there is no such setting");
    auto result = assign_text(settings, *setting, text, std::string("--").append(setting->key));
    if (!result) return std::unexpected(result.error());
  }
  if (const auto complaint = complaint_about(settings)) return std::unexpected(*complaint);
  return settings;
}

}  // namespace sotto::server
