#pragma once

#include <expected>

#include "crypto/aead.h"
#include "session/end_keys.h"
#include "session/ratchet.h"

namespace sotto::session {

// One message's AES-256-GCM: key and nonce from the message key and the header's salt, everything around the message as
// associated data.

/// What a message is bound to, besides the suite.
struct MessageBinding {
  EndKeys sender;
  EndKeys recipient;
  const Bytes& header;
  const wire::SessionContext& context;
};

[[nodiscard]] Bytes seal_message(const MessageKey& key, const wire::MessageSalt& salt, const MessageBinding& binding,
                                 ByteView plaintext);

[[nodiscard]] std::expected<SecretBuffer, crypto::AeadError> open_message(const MessageKey& key,
                                                                          const wire::MessageSalt& salt,
                                                                          const MessageBinding& binding,
                                                                          ByteView ciphertext);

}  // namespace sotto::session
