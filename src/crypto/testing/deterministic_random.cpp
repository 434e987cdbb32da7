#include "crypto/testing/deterministic_random.h"

#include <sodium.h>

#include "crypto/hash.h"
#include "crypto/sodium_start.h"

namespace sotto::crypto {
namespace {

ByteArray<8> little_endian(std::uint64_t value) {
  ByteArray<8> bytes;
  for (std::uint8_t& octet : bytes) {
    octet = static_cast<std::uint8_t>(value);
    value >>= 8;
  }
  return bytes;
}

}  // namespace

DeterministicRandom::DeterministicRandom(std::uint64_t seed) {
  start_sodium();
  const Sha256Digest digest =
      Sha256().update(as_bytes("sotto deterministic random v1")).update(little_endian(seed)).finish();
  std::copy(digest.bytes.begin(), digest.bytes.end(), key_.writable().begin());
}

void DeterministicRandom::fill(std::span<std::uint8_t> memory) {
  const ByteArray<8> nonce = little_endian(calls_++);
  if (memory.empty()) return;  // The library takes no null pointer.
  crypto_stream_chacha20(memory.data(), memory.size(), nonce.data(), key_.reveal().data());
}

}  // namespace sotto::crypto
