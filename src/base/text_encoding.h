#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace sotto {

/// Lowercase hexadecimal.
[[nodiscard]] std::string to_hex(ByteView bytes);
/// Nothing for an odd length or a character outside 0-9, a-f, A-F.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

/// RFC 4648 section 4, with padding.
[[nodiscard]] std::string to_base64(ByteView bytes);
/// Nothing unless `text` is exactly what `to_base64` would print for some octets.
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);

/// RFC 4648 section 5, without padding, as JSON Web Tokens use it.
[[nodiscard]] std::string to_base64url(ByteView bytes);
/// Nothing unless `text` is exactly what `to_base64url` would print for some octets.
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

/// RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace sotto
