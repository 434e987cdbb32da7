#include "session/group_link.h"

#include "base/text_encoding.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

constexpr std::string_view group_link_prefix = "sotto-group:";

}  // namespace

SecretBuffer group_link_text(const wire::GroupLink& link) {
  std::string text(group_link_prefix);
  text += to_base64url(wire::encode_secret(link).reveal());
  return SecretBuffer(as_bytes(text));
}

std::expected<wire::GroupLink, GroupLinkError> parse_group_link(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return std::unexpected(GroupLinkError::not_a_link);
  text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
  if (!text.starts_with(group_link_prefix)) return std::unexpected(GroupLinkError::not_a_link);
  const std::optional<Bytes> octets = from_base64url(text.substr(group_link_prefix.size()));
  if (!octets) return std::unexpected(GroupLinkError::damaged);
  auto link = wire::decode_canonical<wire::GroupLink>(*octets);
  if (!link || link->conversation.is_zero() || link->invitation.is_zero()) {
    return std::unexpected(GroupLinkError::damaged);
  }
  return std::move(*link);
}

crypto::Ed25519KeyPair invitation_key_of(const wire::GroupLink& link) {
  return crypto::ed25519_from_seed(link.seed.copy());
}

}  // namespace sotto::session
