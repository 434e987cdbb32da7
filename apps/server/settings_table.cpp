#include "server/settings_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "gateway/origin_policy.h"
#include "transparency/note.h"
#include "transport/listener.h"

namespace sotto::server {
namespace {

using Complaint = std::optional<std::string>;

const std::string& text_of(const Value& value) { return std::get<std::string>(value); }

Complaint anything(const Value&) { return std::nullopt; }

Complaint not_empty(const Value& value) {
  return text_of(value).empty() ? Complaint("must not be empty") : std::nullopt;
}

Complaint address(const Value& value) {
  if (transport::parse_endpoint(text_of(value))) return std::nullopt;
  return "must be an address and a port such as 127.0.0.1:7380 or [::1]:7380";
}

Complaint address_or_nothing(const Value& value) { return text_of(value).empty() ? std::nullopt : address(value); }

Complaint origin_or_nothing(const Value& value) {
  if (text_of(value).empty() || gateway::OriginPolicy::is_origin(text_of(value))) return std::nullopt;
  return "must be an origin such as https://chat.example.org";
}

Complaint key_name_or_nothing(const Value& value) {
  if (text_of(value).empty() || transparency::is_key_name(text_of(value))) return std::nullopt;
  return "must be a name without spaces and without '+', such as chat.example.org/transparency";
}

Complaint origins(const Value& value) {
  for (const std::string& origin : std::get<std::vector<std::string>>(value)) {
    if (!gateway::OriginPolicy::is_origin(origin)) return "must list origins such as https://chat.example.org";
  }
  return std::nullopt;
}

Complaint addresses(const Value& value) {
  for (const std::string& each : std::get<std::vector<std::string>>(value)) {
    boost::system::error_code code;
    (void)boost::asio::ip::make_address(each, code);
    if (code) return "must list addresses such as 127.0.0.1";
  }
  return std::nullopt;
}

template <std::int64_t Least, std::int64_t Most>
Complaint between(const Value& value) {
  const auto number = std::get<std::int64_t>(value);
  if (number >= Least && number <= Most) return std::nullopt;
  return "must be from " + std::to_string(Least) + " to " + std::to_string(Most);
}

Complaint one_of(const Value& value, std::span<const std::string_view> choices) {
  if (std::ranges::find(choices, std::string_view(text_of(value))) != choices.end()) return std::nullopt;
  std::string text = "must be one of";
  for (const std::string_view choice : choices) text.append(" \"").append(choice).append("\"");
  return text;
}

Complaint registration(const Value& value) {
  static constexpr std::array<std::string_view, 2> choices{"open", "closed"};
  return one_of(value, choices);
}

Complaint log_level(const Value& value) {
  static constexpr std::array<std::string_view, 4> choices{"debug", "info", "warning", "error"};
  return one_of(value, choices);
}

Complaint log_format(const Value& value) {
  static constexpr std::array<std::string_view, 3> choices{"auto", "json", "text"};
  return one_of(value, choices);
}

/// `Section` and `Key` are pointers to members, so the table cannot name a value that does not exist.
template <auto Section, auto Key>
constexpr Setting setting(std::string_view section, std::string_view key, Complaint (*complaint)(const Value&),
                          std::string_view meaning) {
  return {.section = section,
          .key = key,
          .meaning = meaning,
          .get = [](const Settings& settings) { return Value((settings.*Section).*Key); },
          .set =
              [](Settings& settings, const Value& value) {
                auto& target = (settings.*Section).*Key;
                target = std::get<std::remove_reference_t<decltype(target)>>(value);
              },
          .complaint = complaint};
}

using ServerSection = decltype(Settings::server);
using Tls = decltype(Settings::tls);
using Admin = decltype(Settings::admin);
using Accounts = decltype(Settings::accounts);
using LimitsSection = decltype(Settings::limits);
using BackupSection = decltype(Settings::backup);
using Transparency = decltype(Settings::transparency);
using Web = decltype(Settings::web);
using Log = decltype(Settings::log);

constexpr std::array table{
    setting<&Settings::server, &ServerSection::listen>(
        "server", "listen", address, "Where the HTTP API and the stream are served. Port 0 picks a free one."),
    setting<&Settings::server, &ServerSection::data>("server", "data", not_empty,
                                                     "Directory of the database; made if it is not there."),
    setting<&Settings::server, &ServerSection::public_url>(
        "server", "public_url", origin_or_nothing,
        "The origin under which browsers reach the server, such as `https://chat.example.org`; it is allowed."),
    setting<&Settings::server, &ServerSection::allowed_origins>("server", "allowed_origins", origins,
                                                                "Further origins whose pages may use the server."),
    setting<&Settings::server, &ServerSection::trusted_proxies>(
        "server", "trusted_proxies", addresses,
        "Addresses of reverse proxies whose `X-Forwarded-For` names the client, for limits."),
    setting<&Settings::tls, &Tls::certificate>(
        "tls", "certificate", anything, "PEM file with the certificate and the intermediate ones. Empty: no TLS."),
    setting<&Settings::tls, &Tls::private_key>(
        "tls", "private_key", anything,
        "PEM file with its key. Both files are read again when they change, and on SIGHUP."),
    setting<&Settings::admin, &Admin::listen>("admin", "listen", address_or_nothing,
                                              "Where `/metrics` is served. Empty: nowhere."),
    setting<&Settings::accounts, &Accounts::registration>(
        "accounts", "registration", registration, "`open`: people create accounts themselves. `closed`: nobody does."),
    setting<&Settings::accounts, &Accounts::password_memory_kib>(
        "accounts", "password_memory_kib", between<8'192, 4'194'303>, "Argon2id: KiB of memory for one hash."),
    setting<&Settings::accounts, &Accounts::password_passes>("accounts", "password_passes", between<1, 100>,
                                                             "Argon2id: passes over that memory."),
    setting<&Settings::accounts, &Accounts::password_threads>(
        "accounts", "password_threads", between<0, 64>,
        "Passwords that are hashed at the same time. `0`: half as many as there are processors, so that messages never "
        "wait for one."),
    setting<&Settings::accounts, &Accounts::password_queue>(
        "accounts", "password_queue", between<1, 10'000>,
        "Registrations and sign-ins under way; further ones are told to come back."),
    setting<&Settings::limits, &LimitsSection::enabled>(
        "limits", "enabled", anything, "Rate limits by account, device and address. Off is for measurements only."),
    setting<&Settings::limits, &LimitsSection::connections>("limits", "connections", between<1, 10'000'000>,
                                                            "Connections in all."),
    setting<&Settings::limits, &LimitsSection::connections_per_address>(
        "limits", "connections_per_address", between<1, 10'000'000>,
        "Connections from one address (of IPv6: one /64). This machine and trusted proxies are not counted."),
    setting<&Settings::limits, &LimitsSection::authentication_seconds>(
        "limits", "authentication_seconds", between<1, 3'600>, "Time for a new stream to authenticate."),
    setting<&Settings::limits, &LimitsSection::idle_seconds>(
        "limits", "idle_seconds", between<60, 86'400>, "A stream from which nothing was heard for so long is closed."),
    setting<&Settings::backup, &BackupSection::directory>(
        "backup", "directory", anything,
        "Where the running server puts backups of its database, best on another disk. Empty: it makes none."),
    setting<&Settings::backup, &BackupSection::interval_hours>("backup", "interval_hours", between<1, 8'760>,
                                                               "Hours between two backups."),
    setting<&Settings::backup, &BackupSection::retention_days>(
        "backup", "retention_days", between<1, 36'500>,
        "Days after which a backup is removed. The newest three always stay."),
    setting<&Settings::transparency, &Transparency::origin>(
        "transparency", "origin", key_name_or_nothing,
        "The transparency log's name, fixed at the first start; best its address without scheme, such as "
        "`chat.example.org/transparency`. Empty: made of `server.public_url`."),
    setting<&Settings::web, &Web::root>(
        "web", "root", anything,
        "Directory of the built web app, read at the start. Empty: `../share/sotto/web` from the program, if it is "
        "there. `none`: no web app."),
    setting<&Settings::log, &Log::level>("log", "level", log_level, "`debug`, `info`, `warning` or `error`."),
    setting<&Settings::log, &Log::format>("log", "format", log_format,
                                          "`json`, `text`, or `auto`: text on a terminal, else JSON lines."),
    setting<&Settings::log, &Log::addresses>("log", "addresses", anything,
                                             "Whether security events name the client's network address."),
};

std::string toml_quoted(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char letter : text) {
    const auto octet = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      out.append("\\").push_back(letter);
    } else if (octet < 0x20 || octet == 0x7f) {
      out.append("\\u00").push_back(hex[octet >> 4]);
      out.push_back(hex[octet & 15]);
    } else {
      out.push_back(letter);
    }
  }
  return out + "\"";
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::optional<Value> number_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::string Setting::name() const { return std::string(section).append(".").append(key); }

std::string Setting::environment_name() const {
  std::string text = std::string("sotto_").append(section).append("_").append(key);
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

std::span<const Setting> settings_table() { return table; }

const Setting* find_setting(std::string_view section, std::string_view key) {
  const auto found = std::ranges::find_if(
      table, [&](const Setting& setting) { return setting.section == section && setting.key == key; });
  return found == table.end() ? nullptr : &*found;
}

bool is_section(std::string_view section) {
  return std::ranges::any_of(table, [&](const Setting& setting) { return setting.section == section; });
}

std::string_view type_of(const Value& value) {
  static constexpr std::array<std::string_view, 4> names{"text", "a whole number", "true or false", "a list of texts"};
  return names[value.index()];
}

std::string to_toml(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return toml_quoted(*text);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  std::string out = "[";
  for (const std::string& each : std::get<std::vector<std::string>>(value)) {
    if (out.size() > 1) out += ", ";
    out += toml_quoted(each);
  }
  return out + "]";
}

std::optional<Value> from_text(const Value& like, std::string_view text) {
  if (std::holds_alternative<std::string>(like)) return Value(std::string(text));
  if (std::holds_alternative<std::int64_t>(like)) return number_from(text);
  if (std::holds_alternative<std::vector<std::string>>(like)) return Value(split(text));
  if (text == "true") return Value(true);
  if (text == "false") return Value(false);
  return std::nullopt;
}

std::optional<std::string> complaint_about(const Settings& settings) {
  if (settings.tls.certificate.empty() == settings.tls.private_key.empty()) return std::nullopt;
  return "tls.certificate and tls.private_key: give both or neither";
}

std::string print_settings(const Settings& settings) {
  std::string out;
  std::string_view section;
  for (const Setting& setting : table) {
    if (setting.section != section) {
      if (!section.empty()) out += "\n";
      out.append("[").append(setting.section).append("]\n");
      section = setting.section;
    }
    out.append("# ").append(setting.meaning).append("\n");
    out.append(setting.key).append(" = ").append(to_toml(setting.get(settings))).append("\n");
  }
  return out;
}

std::string print_documentation() {
  const Settings defaults;
  std::string out = "| setting | default | meaning |\n|---|---|---|\n";
  for (const Setting& setting : table) {
    out.append("| `").append(setting.name()).append("` | `").append(to_toml(setting.get(defaults)));
    out.append("` | ").append(setting.meaning).append(" |\n");
  }
  return out;
}

}  // namespace sotto::server
