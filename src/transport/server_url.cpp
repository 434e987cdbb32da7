#include "transport/server_url.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace sotto::transport {
namespace {

struct Scheme {
  std::string_view prefix;
  bool encrypted;
};
constexpr std::array schemes{Scheme{"http://", false}, Scheme{"https://", true}, Scheme{"ws://", false},
                             Scheme{"wss://", true}};

std::string_view default_port(const ServerUrl& url) { return url.encrypted ? "443" : "80"; }

bool is_port(std::string_view text) {
  unsigned number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() && number > 0 && number < 65'536;
}

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() < 254 &&
         std::ranges::all_of(
             text,
             [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '.' || c == '_';
             });
}

bool is_ipv6(const std::string& text) {
  boost::system::error_code code;
  (void)boost::asio::ip::make_address_v6(text, code);
  return !code;
}

/// Splits `[::1]:80`, `host:80` or `host`.
bool read_authority(std::string_view text, ServerUrl& url) {
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
  if (text.starts_with('[')) {
    if (bracket == std::string_view::npos) return false;
    url.host = text.substr(1, bracket - 1);
    if (!is_ipv6(url.host)) return false;
    text.remove_prefix(bracket + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    url.host = text.substr(0, colon);
    if (!is_host_name(url.host)) return false;
    text.remove_prefix(colon);
  }
  url.port = default_port(url);
  if (text.empty()) return true;
  if (!text.starts_with(':') || !is_port(text.substr(1))) return false;
  url.port = text.substr(1);
  return true;
}

}  // namespace

std::string ServerUrl::authority() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == default_port(*this) ? name : name + ":" + port;
}

bool ServerUrl::is_this_machine() const {
  if (host == "localhost") return true;
  boost::system::error_code code;
  const auto address = boost::asio::ip::make_address(host, code);
  return !code && address.is_loopback();
}

std::optional<ServerUrl> parse_server_url(std::string_view text) {
  for (const Scheme& scheme : schemes) {
    if (!text.starts_with(scheme.prefix)) continue;
    ServerUrl url{.host = {}, .port = {}, .encrypted = scheme.encrypted};
    std::string_view authority = text.substr(scheme.prefix.size());
    if (authority.ends_with('/')) authority.remove_suffix(1);
    if (!read_authority(authority, url)) return std::nullopt;
    return url;
  }
  return std::nullopt;
}

}  // namespace sotto::transport
