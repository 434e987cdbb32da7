#pragma once

#include <expected>

#include "session/open_error.h"
#include "wire/content.h"
#include "wire/session_message.h"

namespace sotto::session {

// The part of a direct message that is sealed once for all recipients. AES-GCM does not commit to its key, so a
// commitment derived from the key goes along: one ciphertext cannot open to two contents for two devices.

struct SealedContent {
  Sha256Digest commitment;
  Bytes ciphertext;
};

[[nodiscard]] SealedContent seal_content(const Secret<32>& content_key, const wire::DirectBinding& binding,
                                         const wire::Content& content);

/// What a slot names: SHA-256(commitment || ciphertext).
[[nodiscard]] Sha256Digest content_hash(const wire::DirectMessage& message);

/// Errors: bad_commitment, bad_authentication, bad_content.
[[nodiscard]] std::expected<wire::Content, OpenError> open_content(const wire::DirectKey& key,
                                                                   const wire::DirectBinding& binding,
                                                                   const wire::DirectMessage& message);

}  // namespace sotto::session
