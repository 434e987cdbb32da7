// ML-KEM-768 of OpenSSL from 3.5, where the system has it.

#include <memory>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "base/invariant.h"
#include "crypto/mlkem768.h"

namespace sotto::crypto {
namespace {

constexpr const char* algorithm = "ML-KEM-768";

struct Release {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Release>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Release>;

/// OpenSSL takes parameters by pointers that are not const, and only reads them.
OSSL_PARAM octets_param(const char* name, ByteView octets) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(octets.data()), octets.size());
}

Key key_of_seed(const Secret<64>& seed) {
  const Context context(EVP_PKEY_CTX_new_from_name(nullptr, algorithm, nullptr));
  invariant(context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  OSSL_PARAM params[] = {octets_param(OSSL_PKEY_PARAM_ML_KEM_SEED, seed.reveal()), OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  invariant(EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, params) == 1);
  return Key(key);
}

Context context_of(const Key& key) {
  Context context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  invariant(context != nullptr);
  return context;
}

}  // namespace

MlKem768KeyPair mlkem768_from_seed(Secret<64> seed) {
  const Key key = key_of_seed(seed);
  MlKem768PublicKey public_key;
  std::size_t size = public_key.bytes.size();
  invariant(EVP_PKEY_get_raw_public_key(key.get(), public_key.bytes.data(), &size) == 1 &&
            size == public_key.bytes.size());
  return {.private_key = {std::move(seed)}, .public_key = public_key};
}

std::expected<Encapsulation, MlKem768Error> encapsulate_deterministic(const MlKem768PublicKey& public_key,
                                                                      const Secret<32>& message) {
  if (!is_acceptable(public_key)) return std::unexpected(MlKem768Error::malformed_public_key);
  const Key key(
      EVP_PKEY_new_raw_public_key_ex(nullptr, algorithm, nullptr, public_key.bytes.data(), public_key.bytes.size()));
  invariant(key != nullptr);
  const Context context = context_of(key);
  OSSL_PARAM params[] = {octets_param(OSSL_KEM_PARAM_IKME, message.reveal()), OSSL_PARAM_construct_end()};
  invariant(EVP_PKEY_encapsulate_init(context.get(), params) == 1);
  Encapsulation result;
  std::size_t size = result.ciphertext.bytes.size();
  std::size_t secret_size = Secret<32>::size;
  invariant(EVP_PKEY_encapsulate(context.get(), result.ciphertext.bytes.data(), &size,
                                 result.shared_secret.writable().data(), &secret_size) == 1);
  invariant(size == result.ciphertext.bytes.size() && secret_size == Secret<32>::size);
  return result;
}

Secret<32> decapsulate(const MlKem768PrivateKey& private_key, const MlKem768Ciphertext& ciphertext) {
  const Key key = key_of_seed(private_key.seed);
  const Context context = context_of(key);
  invariant(EVP_PKEY_decapsulate_init(context.get(), nullptr) == 1);
  Secret<32> secret;
  std::size_t size = Secret<32>::size;
  invariant(EVP_PKEY_decapsulate(context.get(), secret.writable().data(), &size, ciphertext.bytes.data(),
                                 ciphertext.bytes.size()) == 1);
  invariant(size == Secret<32>::size);
  return secret;
}

}  // namespace sotto::crypto
