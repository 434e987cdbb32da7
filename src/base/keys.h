#pragma once

#include "base/fixed_bytes.h"

namespace sotto {

// Public values of the primitives, here because both `wire` and `crypto` speak of them.

/// RFC 7748 u-coordinate, little-endian.
using X25519PublicKey = FixedBytes<struct X25519PublicKeyTag, 32>;
/// RFC 8032 compressed point.
using Ed25519PublicKey = FixedBytes<struct Ed25519PublicKeyTag, 32>;
/// RFC 8032 R || S.
using Ed25519Signature = FixedBytes<struct Ed25519SignatureTag, 64>;
/// FIPS 203 encapsulation key, k = 3.
using MlKem768PublicKey = FixedBytes<struct MlKem768PublicKeyTag, 1184>;
/// FIPS 203 ciphertext, k = 3.
using MlKem768Ciphertext = FixedBytes<struct MlKem768CiphertextTag, 1088>;
using Sha256Digest = FixedBytes<struct Sha256DigestTag, 32>;
using Sha512Digest = FixedBytes<struct Sha512DigestTag, 64>;

}  // namespace sotto
