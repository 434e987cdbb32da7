#pragma once

#include <expected>
#include <string_view>

#include "crypto/ed25519.h"
#include "wire/group_link.h"

namespace sotto::session {

// The link of an invitation to a group (docs/protocol/encryption.md, "Membership chains"). The private half of the
// invitation's key travels in it, so the text is as secret as the invitation is.

enum class GroupLinkError : std::uint8_t {
  /// Not the link of an invitation: something else was scanned or copied.
  not_a_link,
  /// The link of an invitation of which something is missing or mistyped.
  damaged,
};

/// "sotto-group:" and the link's encoding in base64url.
[[nodiscard]] SecretBuffer group_link_text(const wire::GroupLink& link);
/// Leaves out blanks and line ends at both ends, which copying adds. Accepts nothing that `group_link_text` would not
/// write, and no link with an all-zero id.
[[nodiscard]] std::expected<wire::GroupLink, GroupLinkError> parse_group_link(std::string_view text);

/// The invitation's key pair.
[[nodiscard]] crypto::Ed25519KeyPair invitation_key_of(const wire::GroupLink& link);

}  // namespace sotto::session
