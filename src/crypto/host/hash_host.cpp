#include <sodium.h>

#include "crypto/hash.h"

namespace sotto::crypto {

// The state in `state_` is libsodium's crypto_hash_sha256_state, of 104 octets; it holds no pointers, so it may be
// copied and may lie anywhere.

Sha256::Sha256() { crypto_hash_sha256_init(state_.data()); }

Sha256::~Sha256() { wipe(state_); }

Sha256& Sha256::update(ByteView piece) {
  crypto_hash_sha256_update(state_.data(), piece.data(), piece.size());
  return *this;
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  crypto_hash_sha256_final(state_.data(), digest.bytes.data());
  crypto_hash_sha256_init(state_.data());
  return digest;
}

void Sha256::resume_from(const Sha256& other) { state_ = other.state_; }

Sha256Digest sha256(ByteView message) {
  Sha256Digest digest;
  crypto_hash_sha256(digest.bytes.data(), message.data(), message.size());
  return digest;
}

Sha512Digest sha512(ByteView message) {
  Sha512Digest digest;
  crypto_hash_sha512(digest.bytes.data(), message.data(), message.size());
  return digest;
}

}  // namespace sotto::crypto
