#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sotto::transport {

/// Where a server is, as a person writes it.
struct ServerUrl {
  /// Without the brackets of an IPv6 address.
  std::string host;
  std::string port;
  bool encrypted = false;

  /// The Host field: port only if it is not the scheme's own, IPv6 in brackets.
  [[nodiscard]] std::string authority() const;
  /// 127.0.0.0/8, ::1 or `localhost`.
  [[nodiscard]] bool is_this_machine() const;
};

/// `http`, `https`, `ws` or `wss`, a host, an optional port and at most "/" behind it. Nothing for anything else: no
/// user, path or query.
[[nodiscard]] std::optional<ServerUrl> parse_server_url(std::string_view text);

}  // namespace sotto::transport
