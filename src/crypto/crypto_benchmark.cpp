// What each primitive costs, at the sizes that one message uses.
#include <benchmark/benchmark.h>

#include "crypto/aead.h"
#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "crypto/mlkem768.h"
#include "crypto/system_random.h"
#include "crypto/testing/deterministic_random.h"
#include "crypto/x25519.h"

namespace sotto::crypto {
namespace {

constexpr std::size_t message_size = 400;
constexpr std::size_t associated_data_size = 64;

void seal_400_octets(benchmark::State& state) {
  DeterministicRandom random(1);
  const AeadKey key = random.next_secret<32>();
  const Bytes message(message_size);
  const Bytes associated_data(associated_data_size);
  for (auto _ : state) benchmark::DoNotOptimize(seal(key, AeadNonce{}, associated_data, message));
}
BENCHMARK(seal_400_octets);

void open_400_octets(benchmark::State& state) {
  DeterministicRandom random(1);
  const AeadKey key = random.next_secret<32>();
  const Bytes associated_data(associated_data_size);
  const Bytes sealed = seal(key, AeadNonce{}, associated_data, Bytes(message_size));
  for (auto _ : state) benchmark::DoNotOptimize(open(key, AeadNonce{}, associated_data, sealed));
}
BENCHMARK(open_400_octets);

void sha256_400_octets(benchmark::State& state) {
  const Bytes message(message_size);
  for (auto _ : state) benchmark::DoNotOptimize(sha256(message));
}
BENCHMARK(sha256_400_octets);

void hmac_of_1_octet(benchmark::State& state) {
  DeterministicRandom random(1);
  const Secret<32> key = random.next_secret<32>();
  const ByteArray<1> message{1};
  for (auto _ : state) benchmark::DoNotOptimize(hmac_sha256(key.reveal(), message));
}
BENCHMARK(hmac_of_1_octet);

void hkdf_to_64_octets(benchmark::State& state) {
  DeterministicRandom random(1);
  const Secret<32> input = random.next_secret<32>();
  const Secret<32> salt = random.next_secret<32>();
  for (auto _ : state) {
    benchmark::DoNotOptimize(hkdf_sha256<64>(input.reveal(), salt.reveal(), "sotto benchmark root v1"));
  }
}
BENCHMARK(hkdf_to_64_octets);

void x25519_key_pair(benchmark::State& state) {
  DeterministicRandom random(1);
  for (auto _ : state) benchmark::DoNotOptimize(generate_x25519(random));
}
BENCHMARK(x25519_key_pair);

void x25519_exchange(benchmark::State& state) {
  DeterministicRandom random(1);
  const X25519KeyPair own = generate_x25519(random);
  const X25519KeyPair peer = generate_x25519(random);
  for (auto _ : state) benchmark::DoNotOptimize(x25519(own.private_key, peer.public_key));
}
BENCHMARK(x25519_exchange);

void ed25519_sign(benchmark::State& state) {
  DeterministicRandom random(1);
  const Ed25519KeyPair key_pair = generate_ed25519(random);
  const Bytes message(200);
  for (auto _ : state) benchmark::DoNotOptimize(sign(key_pair, "sotto benchmark v1", message));
}
BENCHMARK(ed25519_sign);

void ed25519_verify(benchmark::State& state) {
  DeterministicRandom random(1);
  const Ed25519KeyPair key_pair = generate_ed25519(random);
  const Bytes message(200);
  const Ed25519Signature signature = sign(key_pair, "sotto benchmark v1", message);
  for (auto _ : state) {
    benchmark::DoNotOptimize(verify(key_pair.public_key, "sotto benchmark v1", message, signature));
  }
}
BENCHMARK(ed25519_verify);

void mlkem768_key_pair(benchmark::State& state) {
  DeterministicRandom random(1);
  for (auto _ : state) benchmark::DoNotOptimize(generate_mlkem768(random));
}
BENCHMARK(mlkem768_key_pair);

void mlkem768_encapsulate(benchmark::State& state) {
  DeterministicRandom random(1);
  const MlKem768KeyPair peer = generate_mlkem768(random);
  for (auto _ : state) benchmark::DoNotOptimize(encapsulate(peer.public_key, random));
}
BENCHMARK(mlkem768_encapsulate);

void mlkem768_decapsulate(benchmark::State& state) {
  DeterministicRandom random(1);
  const MlKem768KeyPair own = generate_mlkem768(random);
  const auto encapsulation = encapsulate(own.public_key, random);
  for (auto _ : state) benchmark::DoNotOptimize(decapsulate(own.private_key, encapsulation->ciphertext));
}
BENCHMARK(mlkem768_decapsulate);

void system_random_32_octets(benchmark::State& state) {
  SystemRandom random;
  for (auto _ : state) benchmark::DoNotOptimize(random.next_secret<32>());
}
BENCHMARK(system_random_32_octets);

}  // namespace
}  // namespace sotto::crypto

BENCHMARK_MAIN();
