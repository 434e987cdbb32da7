#include "session/direct_content.h"

#include <algorithm>

#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "session/content_check.h"
#include "session/labels.h"
#include "session/padding.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

struct DirectCipher {
  crypto::AeadKey key;
  crypto::AeadNonce nonce;
  Sha256Digest commitment;
};

DirectCipher derive(const Secret<32>& content_key) {
  const Secret<44> derived = crypto::hkdf_sha256<44>(content_key.reveal(), {}, label::direct_content);
  const Secret<32> commitment = crypto::hkdf_sha256<32>(content_key.reveal(), {}, label::direct_commitment);
  DirectCipher cipher{.key = crypto::AeadKey(derived.reveal().first<32>()), .nonce = {}, .commitment = {}};
  std::ranges::copy(derived.reveal().last<12>(), cipher.nonce.begin());
  std::ranges::copy(commitment.reveal(), cipher.commitment.bytes.begin());
  return cipher;
}

}  // namespace

SealedContent seal_content(const Secret<32>& content_key, const wire::DirectBinding& binding,
                           const wire::Content& content) {
  const DirectCipher cipher = derive(content_key);
  const SecretBuffer padded = pad(wire::encode_secret(content).reveal());
  return {.commitment = cipher.commitment,
          .ciphertext = crypto::seal(cipher.key, cipher.nonce, wire::encode(binding), padded.reveal())};
}

Sha256Digest content_hash(const wire::DirectMessage& message) {
  return crypto::Sha256().update(message.commitment.view()).update(message.ciphertext).finish();
}

std::expected<wire::Content, OpenError> open_content(const wire::DirectKey& key, const wire::DirectBinding& binding,
                                                     const wire::DirectMessage& message) {
  const DirectCipher cipher = derive(key.content_key);
  if (!equal_in_constant_time(cipher.commitment.view(), message.commitment.view()) ||
      key.content_hash != content_hash(message)) {
    return std::unexpected(OpenError::bad_commitment);
  }
  const auto padded = crypto::open(cipher.key, cipher.nonce, wire::encode(binding), message.ciphertext);
  if (!padded) return std::unexpected(OpenError::bad_authentication);
  const auto encoded = unpad(padded->reveal());
  if (!encoded) return std::unexpected(OpenError::bad_content);
  auto content = wire::decode<wire::Content>(*encoded);
  if (!content || !is_well_formed(*content)) return std::unexpected(OpenError::bad_content);
  return std::move(*content);
}

}  // namespace sotto::session
