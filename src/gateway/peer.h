#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sotto::gateway {

/// Who is at the other end of a connection, as far as the network tells.
struct Peer {
  /// As `limit_subject` writes it.
  std::string address;
  /// This machine, or a proxy whose X-Forwarded-For is believed.
  bool counted = true;
  bool trusted_proxy = false;
};

/// What limits are counted for: an IPv4 address; of an IPv6 address the first 64 bits, because a host has all that
/// follow. An IPv4 address inside an IPv6 one counts as itself.
[[nodiscard]] std::string limit_subject(const boost::asio::ip::address& address);

/// Whether one of the addresses in `listed` is this very address, however each is written. What is no address matches
/// nothing.
[[nodiscard]] bool is_listed(const boost::asio::ip::address& address, std::span<const std::string> listed);

/// The client that the nearest proxy names, the last in X-Forwarded-For; nothing if that is no address.
[[nodiscard]] std::optional<std::string> forwarded_subject(std::string_view forwarded_for);

}  // namespace sotto::gateway
