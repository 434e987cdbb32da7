#include "crypto/hash.h"

// The one-shot and EVP interfaces of OpenSSL 3 spend longer on look-ups than on hashing 64 octets, and the ratchet
// hashes little else. The functions below are marked deprecated in favour of those, with no date for their removal.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <new>
#include <openssl/sha.h>

namespace sotto::crypto {
namespace {

template <class Room>
SHA256_CTX* state_in(Room& room) {
  static_assert(sizeof(room) == sizeof(SHA256_CTX) && alignof(SHA256_CTX) <= alignof(std::uint64_t));
  return std::launder(reinterpret_cast<SHA256_CTX*>(room.data()));
}

}  // namespace

Sha256::Sha256() { SHA256_Init(new (state_.data()) SHA256_CTX); }

Sha256::~Sha256() { wipe(state_); }

Sha256& Sha256::update(ByteView piece) {
  SHA256_Update(state_in(state_), piece.data(), piece.size());
  return *this;
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  SHA256_Final(digest.bytes.data(), state_in(state_));
  SHA256_Init(state_in(state_));
  return digest;
}

void Sha256::resume_from(const Sha256& other) { state_ = other.state_; }

Sha256Digest sha256(ByteView message) { return Sha256().update(message).finish(); }

Sha512Digest sha512(ByteView message) {
  SHA512_CTX state;
  SHA512_Init(&state);
  SHA512_Update(&state, message.data(), message.size());
  Sha512Digest digest;
  SHA512_Final(digest.bytes.data(), &state);
  wipe({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
  return digest;
}

}  // namespace sotto::crypto
