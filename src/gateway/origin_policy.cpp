#include "gateway/origin_policy.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace sotto::gateway {
namespace {

/// What follows `http://` or `https://`; nothing for other schemes.
std::optional<std::string_view> authority_of(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return origin.substr(scheme.size());
  }
  return std::nullopt;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The host of an authority, brackets included; nothing if it is not one.
std::optional<std::string_view> host_of(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return authority;
  if (!is_port(authority.substr(colon + 1))) return std::nullopt;
  return authority.substr(0, colon);
}

bool is_literal_or_localhost(std::string_view host) {
  if (host == "localhost") return true;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  boost::system::error_code code;
  (void)boost::asio::ip::make_address(std::string(host), code);
  return !code;
}

}  // namespace

bool OriginPolicy::allows(const Request& request) const {
  if (!request.origin) return true;
  if (std::ranges::find(allowed_, *request.origin) != allowed_.end()) return true;
  const auto authority = authority_of(*request.origin);
  if (!authority || authority->empty() || authority != request.host) return false;
  const auto host = host_of(*authority);
  return host && is_literal_or_localhost(*host);
}

bool OriginPolicy::is_origin(std::string_view text) {
  const auto authority = authority_of(text);
  if (!authority) return false;
  const auto host = host_of(*authority);
  if (!host || host->empty()) return false;
  if (text.ends_with(text.starts_with("https") ? ":443" : ":80")) return false;
  return std::ranges::all_of(*host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '[' || c == ']' || c == ':';
  });
}

}  // namespace sotto::gateway
