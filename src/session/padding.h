#pragma once

#include <optional>

#include "base/secret.h"

namespace sotto::session {

// Padding of plaintext, so that a ciphertext's length says little: content || 0x80 || zeros up to `padded_size`.

/// The smallest padded plaintext: most of what people write looks alike.
inline constexpr std::size_t smallest_padded_size = 256;

/// Padmé (Nikitin et al., PETS 2019, section 4) of `content_size` + 1, at least `smallest_padded_size`: at most 12 %
/// longer, and the length betrays O(log log) bits.
[[nodiscard]] std::size_t padded_size(std::size_t content_size);

[[nodiscard]] SecretBuffer pad(ByteView content);

/// The content within `padded`, borrowed from it; nothing unless it is exactly what `pad` makes of it.
[[nodiscard]] std::optional<ByteView> unpad(ByteView padded);

}  // namespace sotto::session
