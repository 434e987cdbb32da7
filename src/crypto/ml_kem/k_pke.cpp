#include "crypto/ml_kem/k_pke.h"

#include "crypto/declassify.h"
#include "crypto/ml_kem/compression.h"
#include "crypto/ml_kem/keccak.h"
#include "crypto/ml_kem/ntt.h"
#include "crypto/ml_kem/sampling.h"

namespace sotto::crypto::ml_kem {
namespace {

// Octets of one element of t in a public key, of u in a ciphertext, and of v.
constexpr std::size_t t_size = encoded_size<12>;
constexpr std::size_t u_size = encoded_size<10>;
constexpr std::size_t v_size = encoded_size<4>;
static_assert(k * t_size + 32 == MlKem768PublicKey::size);
static_assert(k * u_size + v_size == MlKem768Ciphertext::size);

TransformedVector sample_transformed_vector(const Secret<32>& seed, std::uint8_t first_counter) {
  TransformedVector vector;
  for (std::uint8_t element = 0; element < k; ++element) {
    vector[element] = ntt(sample_centred_binomial(seed, static_cast<std::uint8_t>(first_counter + element)));
  }
  return vector;
}

TransformedVector column(const Matrix& matrix, std::size_t number) {
  return {matrix[0][number], matrix[1][number], matrix[2][number]};
}

MlKem768PublicKey encode_public_key(const TransformedVector& t, std::span<const std::uint8_t, 32> rho) {
  MlKem768PublicKey encoded;
  const std::span<std::uint8_t, MlKem768PublicKey::size> output(encoded.bytes);
  encode(t[0], output.subspan<0, t_size>());
  encode(t[1], output.subspan<t_size, t_size>());
  encode(t[2], output.subspan<2 * t_size, t_size>());
  std::copy(rho.begin(), rho.end(), output.subspan<k * t_size>().begin());
  return encoded;
}

MlKem768Ciphertext encode_ciphertext(const Vector& u, const Polynomial& v) {
  MlKem768Ciphertext ciphertext;
  const std::span<std::uint8_t, MlKem768Ciphertext::size> output(ciphertext.bytes);
  compress_and_encode<10>(u[0], output.subspan<0, u_size>());
  compress_and_encode<10>(u[1], output.subspan<u_size, u_size>());
  compress_and_encode<10>(u[2], output.subspan<2 * u_size, u_size>());
  compress_and_encode<4>(v, output.subspan<k * u_size, v_size>());
  return ciphertext;
}

}  // namespace

PkeKeyPair pke_generate(std::span<const std::uint8_t, 32> d) {
  Secret<64> seeds;
  constexpr auto parameter = static_cast<std::uint8_t>(k);
  Sha3_512().absorb(d).absorb(std::span(&parameter, 1)).squeeze(seeds.writable());
  const auto rho = seeds.reveal().first<32>();
  const Secret<32> sigma(seeds.reveal().last<32>());
  declassify(rho);

  PkeKeyPair pair;
  pair.encryption_key.a = sample_matrix(rho);
  pair.s = sample_transformed_vector(sigma, 0);
  const TransformedVector e = sample_transformed_vector(sigma, k);
  for (std::size_t row = 0; row < k; ++row) {
    TransformedPolynomial& t = pair.encryption_key.t[row];
    t = inner_product(pair.s, pair.encryption_key.a[row]);
    multiply_by_montgomery_factor(t);
    add(t, e[row]);
    for (Coefficient& value : t.values) value = barrett_reduce(value);
  }
  pair.encoded = encode_public_key(pair.encryption_key.t, rho);
  return pair;
}

EncryptionKey pke_expand(const MlKem768PublicKey& encoded) {
  const std::span<const std::uint8_t, MlKem768PublicKey::size> input(encoded.bytes);
  EncryptionKey key;
  key.t = {decode(input.subspan<0, t_size>()), decode(input.subspan<t_size, t_size>()),
           decode(input.subspan<2 * t_size, t_size>())};
  key.a = sample_matrix(input.subspan<k * t_size, 32>());
  return key;
}

MlKem768Ciphertext pke_encrypt(const EncryptionKey& key, const PkeInput& input) {
  const TransformedVector y = sample_transformed_vector(input.randomness, 0);
  Vector u;
  for (std::uint8_t element = 0; element < k; ++element) {
    u[element] = inverse_ntt(inner_product(y, column(key.a, element)));
    add(u[element], sample_centred_binomial(input.randomness, static_cast<std::uint8_t>(k + element)));
  }
  Polynomial v = inverse_ntt(inner_product(y, key.t));
  add(v, sample_centred_binomial(input.randomness, 2 * k));
  add(v, decode_and_decompress<1>(input.message.reveal()));
  return encode_ciphertext(u, v);
}

Secret<32> pke_decrypt(const TransformedVector& s, const MlKem768Ciphertext& ciphertext) {
  const std::span<const std::uint8_t, MlKem768Ciphertext::size> input(ciphertext.bytes);
  const TransformedVector u = {ntt(decode_and_decompress<10>(input.subspan<0, u_size>())),
                               ntt(decode_and_decompress<10>(input.subspan<u_size, u_size>())),
                               ntt(decode_and_decompress<10>(input.subspan<2 * u_size, u_size>()))};
  Polynomial w = decode_and_decompress<4>(input.subspan<k * u_size, v_size>());
  subtract(w, inverse_ntt(inner_product(s, u)));
  Secret<32> message;
  compress_and_encode<1>(w, message.writable());
  return message;
}

}  // namespace sotto::crypto::ml_kem
