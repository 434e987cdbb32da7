#include "crypto/x25519.h"

#include <algorithm>
#include <sodium.h>

#include "base/invariant.h"
#include "crypto/declassify.h"
#include "crypto/edwards_to_montgomery.h"
#include "crypto/sodium_start.h"

namespace sotto::crypto {
namespace {

// The canonical encodings of all points of low order on the curve and its twist (order 1, 2, 4, 4, 8, 8 by u).
constexpr std::array<ByteArray<32>, 5> low_order_points = {{
    {},
    {1},
    {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
     0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00},
    {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
     0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
}};

/// u < 2^255 - 19. Public keys are public, so this may branch on them.
bool is_canonical(const ByteArray<32>& u) {
  if (u[31] != 0x7f) return u[31] < 0x7f;
  const bool middle_is_full =
      std::all_of(u.begin() + 1, u.begin() + 31, [](std::uint8_t octet) { return octet == 0xff; });
  return !middle_is_full || u[0] < 0xed;
}

}  // namespace

bool is_acceptable(const X25519PublicKey& public_key) {
  return is_canonical(public_key.bytes) &&
         std::find(low_order_points.begin(), low_order_points.end(), public_key.bytes) == low_order_points.end();
}

X25519KeyPair generate_x25519(Random& random) { return x25519_from_private(random.next_secret<32>()); }

X25519KeyPair x25519_from_private(Secret<32> private_key) {
  start_sodium();
  // libsodium multiplies Ed25519's base point from a table, in half the time of the Montgomery ladder that its
  // function for this curve runs; both curves are one, and both functions clamp the scalar in the same way.
  ByteArray<32> point;
  int result = crypto_scalarmult_ed25519_base(point.data(), private_key.reveal().data());
  declassify(point);
  // A clamped scalar is no multiple of the group's order, so this tells nobody anything.
  declassify({reinterpret_cast<const std::uint8_t*>(&result), sizeof result});
  invariant(result == 0);
  return {.private_key = std::move(private_key), .public_key = edwards_to_montgomery(point)};
}

std::expected<Secret<32>, X25519Error> x25519(const Secret<32>& private_key, const X25519PublicKey& peer) {
  start_sodium();
  if (!is_acceptable(peer)) return std::unexpected(X25519Error::unacceptable_public_key);
  Secret<32> shared;
  int result = crypto_scalarmult_curve25519(shared.writable().data(), private_key.reveal().data(), peer.bytes.data());
  // libsodium refuses an all-zero result itself; the check above leaves it nothing to refuse, so this tells nobody
  // anything.
  declassify({reinterpret_cast<const std::uint8_t*>(&result), sizeof result});
  if (result != 0) return std::unexpected(X25519Error::unacceptable_public_key);
  return shared;
}

}  // namespace sotto::crypto
