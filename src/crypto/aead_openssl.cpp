#include <openssl/evp.h>

#include "base/invariant.h"
#include "crypto/aead_library.h"

namespace sotto::crypto {
namespace {

/// One context per thread, because making one costs more than sealing a short message with it. It holds no key between
/// uses: see `Use`.
EVP_CIPHER_CTX* context_of_this_thread() {
  struct Owner {
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    ~Owner() { EVP_CIPHER_CTX_free(context); }
  };
  thread_local const Owner owner;
  invariant(owner.context != nullptr);
  return owner.context;
}

const EVP_CIPHER* aes_256_gcm() {
  // Fetched once: an implicit fetch on every call costs a look-up under a lock. Lives as long as the process.
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  invariant(cipher != nullptr);
  return cipher;
}

/// The thread's context for the length of one operation; wipes the expanded key afterwards.
class Use {
 public:
  Use() : context_(context_of_this_thread()) {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() { EVP_CIPHER_CTX_reset(context_); }
  EVP_CIPHER_CTX* get() const { return context_; }

 private:
  EVP_CIPHER_CTX* context_;
};

int length_of(ByteView bytes) { return static_cast<int>(bytes.size()); }

}  // namespace

void aead_library_seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext,
                       std::span<std::uint8_t> sealed) {
  const Use use;
  std::uint8_t* const tag = sealed.data() + plaintext.size();
  int written = 0;
  bool done = EVP_EncryptInit_ex2(use.get(), aes_256_gcm(), key.reveal().data(), nonce.data(), nullptr) == 1;
  if (!associated_data.empty()) {
    done = done &&
           EVP_EncryptUpdate(use.get(), nullptr, &written, associated_data.data(), length_of(associated_data)) == 1;
  }
  if (!plaintext.empty()) {
    done = done && EVP_EncryptUpdate(use.get(), sealed.data(), &written, plaintext.data(), length_of(plaintext)) == 1;
  }
  done = done && EVP_EncryptFinal_ex(use.get(), tag, &written) == 1;
  done = done && EVP_CIPHER_CTX_ctrl(use.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(aead_tag_size), tag) == 1;
  invariant(done);  // With sizes in range, only a broken library or lack of memory gets here.
}

bool aead_library_open(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView sealed,
                       std::span<std::uint8_t> plaintext) {
  const Use use;
  const ByteView body = sealed.first(sealed.size() - aead_tag_size);
  ByteArray<aead_tag_size> tag;
  std::copy_n(sealed.end() - aead_tag_size, aead_tag_size, tag.begin());
  int written = 0;
  bool done = EVP_DecryptInit_ex2(use.get(), aes_256_gcm(), key.reveal().data(), nonce.data(), nullptr) == 1;
  if (!associated_data.empty()) {
    done = done &&
           EVP_DecryptUpdate(use.get(), nullptr, &written, associated_data.data(), length_of(associated_data)) == 1;
  }
  if (!body.empty()) {
    done = done && EVP_DecryptUpdate(use.get(), plaintext.data(), &written, body.data(), length_of(body)) == 1;
  }
  done =
      done && EVP_CIPHER_CTX_ctrl(use.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(aead_tag_size), tag.data()) == 1;
  invariant(done);
  std::uint8_t nothing = 0;
  return EVP_DecryptFinal_ex(use.get(), &nothing, &written) == 1;
}

}  // namespace sotto::crypto
