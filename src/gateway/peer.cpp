#include "gateway/peer.h"

#include <algorithm>

namespace sotto::gateway {

namespace ip = boost::asio::ip;

namespace {

/// An IPv4 address inside an IPv6 one is itself.
ip::address plain(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

}  // namespace

bool is_listed(const ip::address& address, std::span<const std::string> listed) {
  return std::ranges::any_of(listed, [wanted = plain(address)](const std::string& text) {
    boost::system::error_code code;
    const ip::address each = ip::make_address(text, code);
    return !code && plain(each) == wanted;
  });
}

std::string limit_subject(const ip::address& address) {
  if (address.is_v4()) return address.to_string();
  const ip::address_v6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6).to_string();
  auto octets = v6.to_bytes();
  std::fill(octets.begin() + 8, octets.end(), std::uint8_t{0});
  return ip::address_v6(octets).to_string() + "/64";
}

std::optional<std::string> forwarded_subject(std::string_view forwarded_for) {
  const std::size_t comma = forwarded_for.rfind(',');
  std::string_view last = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
  while (last.starts_with(' ')) last.remove_prefix(1);
  while (last.ends_with(' ')) last.remove_suffix(1);
  boost::system::error_code code;
  const auto address = ip::make_address(std::string(last), code);
  if (code) return std::nullopt;
  return limit_subject(address);
}

}  // namespace sotto::gateway
