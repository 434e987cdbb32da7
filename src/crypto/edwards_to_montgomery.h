#pragma once

#include "base/bytes.h"
#include "base/keys.h"

namespace sotto::crypto {

/// u = (1 + y) / (1 - y) modulo 2^255 - 19, canonically encoded: the X25519 public key of the point whose Ed25519
/// encoding is `point` (RFC 7748 section 4.1; the sign of x is left out). The neutral point, y = 1, gives 0. Both
/// encodings name one public point; the time taken does not depend on it either.
[[nodiscard]] X25519PublicKey edwards_to_montgomery(const ByteArray<32>& point);

}  // namespace sotto::crypto
