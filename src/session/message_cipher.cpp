#include "session/message_cipher.h"

#include <algorithm>

#include "crypto/hkdf.h"
#include "session/labels.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

struct CipherKey {
  crypto::AeadKey key;
  crypto::AeadNonce nonce;
};

CipherKey derive(const MessageKey& message_key, const wire::MessageSalt& salt) {
  const Secret<44> derived = crypto::hkdf_sha256<44>(message_key.reveal(), salt.view(), label::message_aead);
  CipherKey result{.key = crypto::AeadKey(derived.reveal().first<32>()), .nonce = {}};
  std::ranges::copy(derived.reveal().last<12>(), result.nonce.begin());
  return result;
}

Bytes associated_data(const MessageBinding& binding) {
  return wire::encode(wire::SessionBinding{.suite = wire::suite_1,
                                           .sender = binding.sender.address.account,
                                           .sender_device = binding.sender.address.device,
                                           .sender_account_key = binding.sender.account_key,
                                           .sender_identity_key = binding.sender.identity_key,
                                           .recipient = binding.recipient.address.account,
                                           .recipient_device = binding.recipient.address.device,
                                           .recipient_account_key = binding.recipient.account_key,
                                           .recipient_identity_key = binding.recipient.identity_key,
                                           .header = binding.header,
                                           .context = wire::encode(binding.context)});
}

}  // namespace

Bytes seal_message(const MessageKey& key, const wire::MessageSalt& salt, const MessageBinding& binding,
                   ByteView plaintext) {
  const CipherKey cipher = derive(key, salt);
  return crypto::seal(cipher.key, cipher.nonce, associated_data(binding), plaintext);
}

std::expected<SecretBuffer, crypto::AeadError> open_message(const MessageKey& key, const wire::MessageSalt& salt,
                                                            const MessageBinding& binding, ByteView ciphertext) {
  const CipherKey cipher = derive(key, salt);
  return crypto::open(cipher.key, cipher.nonce, associated_data(binding), ciphertext);
}

}  // namespace sotto::session
