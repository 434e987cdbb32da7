#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sotto::gateway {

/// Which web pages may speak to this server from a browser. A program that is no browser sends no Origin and may.
class OriginPolicy {
 public:
  /// `allowed` are origins as browsers write them (`https://chat.example.org`); matched exactly.
  explicit OriginPolicy(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

  struct Request {
    /// The Origin field; nothing if there is none.
    std::optional<std::string_view> origin;
    /// The Host field.
    std::optional<std::string_view> host;
  };
  /// Besides the list, a page that this server itself was asked for by a literal address or as `localhost` may speak to
  /// it. By any other name it must be on the list, or a name that an attacker points here later would do (DNS
  /// rebinding).
  [[nodiscard]] bool allows(const Request& request) const;

  /// Whether the text has the form of an origin: `http` or `https`, a host in lower case, no default port, no path.
  [[nodiscard]] static bool is_origin(std::string_view text);

 private:
  std::vector<std::string> allowed_;
};

}  // namespace sotto::gateway
