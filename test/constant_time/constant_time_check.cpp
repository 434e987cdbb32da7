// Property: no branch and no address depends on a secret in ML-KEM-768 (key generation, encapsulation, decapsulation
// and implicit rejection), in our AES-256-GCM, in comparing secrets, in HMAC, HKDF, X25519 and Ed25519 signing. Run
// under valgrind, which reports each place that does. The modes `leak-branch` and `leak-index` do it on purpose, to
// show that it is reported.
#include <cstdio>
#include <string_view>

#include "constant_time/secret_marking.h"
#include "crypto/aes_gcm/gcm.h"
#include "crypto/ed25519.h"
#include "crypto/hkdf.h"
#include "crypto/mlkem768.h"
#include "crypto/x25519.h"

namespace sotto::crypto {
namespace {

/// A fixed value that valgrind takes for a secret.
template <std::size_t Size>
Secret<Size> marked_secret(std::uint8_t first_octet) {
  Secret<Size> secret;
  for (std::uint8_t& octet : secret.writable()) octet = first_octet++;
  mark_secret(secret.reveal());
  return secret;
}

/// Whether both are equal; the comparison is watched, its outcome is not.
bool are_equal(const Secret<32>& left, const Secret<32>& right) {
  const bool equal = left == right;
  mark_public({reinterpret_cast<const std::uint8_t*>(&equal), sizeof equal});
  return equal;
}

bool check_mlkem768() {
  MlKem768KeyPair pair = mlkem768_from_seed(marked_secret<64>(1));
  mark_public(pair.public_key.bytes);
  auto encapsulation = encapsulate_deterministic(pair.public_key, marked_secret<32>(2));
  if (!encapsulation) return false;
  mark_public(encapsulation->ciphertext.bytes);
  if (!are_equal(decapsulate(pair.private_key, encapsulation->ciphertext), encapsulation->shared_secret)) return false;

  MlKem768Ciphertext altered = encapsulation->ciphertext;
  altered.bytes[500] ^= 1;
  const Secret<32> rejected = decapsulate(pair.private_key, altered);
  return !are_equal(rejected, encapsulation->shared_secret) &&
         are_equal(rejected, decapsulate(pair.private_key, altered));
}

bool check_derivation() {
  const Secret<32> key = marked_secret<32>(3);
  const Secret<32> first = hkdf_sha256<32>(key.reveal(), {}, "first");
  const Secret<32> second = hmac_sha256(first.reveal(), marked_secret<32>(4).reveal());
  return !are_equal(first, second);
}

bool check_aes_gcm() {
  const Secret<32> text = marked_secret<32>(7);
  const AeadKey key = marked_secret<32>(8);
  ByteArray<32 + aead_tag_size> sealed;
  aes_gcm::seal(key, {}, {}, text.reveal(), sealed);
  mark_public(sealed);
  Secret<32> opened;
  return aes_gcm::open(key, {}, {}, sealed, opened.writable()) && are_equal(opened, text);
}

bool check_x25519() {
  X25519KeyPair alice = x25519_from_private(marked_secret<32>(5));
  X25519KeyPair bob = x25519_from_private(marked_secret<32>(6));
  mark_public(alice.public_key.bytes);
  mark_public(bob.public_key.bytes);
  const auto of_alice = x25519(alice.private_key, bob.public_key);
  const auto of_bob = x25519(bob.private_key, alice.public_key);
  return of_alice && of_bob && are_equal(*of_alice, *of_bob);
}

bool check_ed25519() {
  Ed25519KeyPair pair = ed25519_from_seed(marked_secret<32>(7));
  mark_public(pair.public_key.bytes);
  const Ed25519Signature signature = sign(pair, "sotto constant time v1", as_bytes("message"));
  mark_public(signature.bytes);
  return verify(pair.public_key, "sotto constant time v1", as_bytes("message"), signature);
}

int report(std::string_view name, bool holds) {
  std::printf("%.*s: %s\n", static_cast<int>(name.size()), name.data(), holds ? "agrees" : "WRONG RESULT");
  return holds ? 0 : 1;
}

int check() {
  return report("ML-KEM-768", check_mlkem768()) | report("our AES-256-GCM", check_aes_gcm()) |
         report("HMAC and HKDF", check_derivation()) | report("X25519", check_x25519()) |
         report("Ed25519 signing", check_ed25519());
}

int leak_by_branch() {
  const Secret<32> secret = marked_secret<32>(8);
  if (secret.reveal()[0] == 8) std::puts("this branch depends on a secret");
  return 0;
}

int leak_by_index() {
  static volatile std::uint8_t table[256] = {};
  const Secret<32> secret = marked_secret<32>(9);
  const std::uint8_t looked_up = table[secret.reveal()[0]];
  std::puts("this address depended on a secret");
  return looked_up & 0;
}

int run(std::string_view mode) {
  if (!is_watched()) {
    std::puts("not under valgrind: nothing would be checked");
    return 2;
  }
  if (mode == "check") return check();
  if (mode == "leak-branch") return leak_by_branch();
  if (mode == "leak-index") return leak_by_index();
  std::puts("usage: constant_time_check check|leak-branch|leak-index");
  return 2;
}

}  // namespace
}  // namespace sotto::crypto

int main(int argument_count, char** arguments) { return sotto::crypto::run(argument_count == 2 ? arguments[1] : ""); }
