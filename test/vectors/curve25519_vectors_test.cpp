// Property: X25519 and Ed25519 agree with every published vector, except that X25519 refuses every public key that is
// of low order or not canonical, where the vectors leave the choice.
#include <gtest/gtest.h>

#include "crypto/ed25519.h"
#include "crypto/x25519.h"
#include "vectors/vector_file.h"

namespace sotto::crypto {
namespace {

/// The vectors call these "acceptable": RFC 7748 lets an implementation compute with them. This project does not.
bool must_be_refused(const nlohmann::json& test) {
  return has_flag(test, "NonCanonicalPublic") || has_flag(test, "LowOrderPublic") || has_flag(test, "ZeroSharedSecret");
}

void check_x25519(const nlohmann::json&, const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const X25519PublicKey peer = X25519PublicKey::from(octets(test, "public")).value();
  const Secret<32> private_key(std::span<const std::uint8_t, 32>(octets(test, "private")));
  const auto shared = x25519(private_key, peer);
  EXPECT_EQ(shared.has_value(), !must_be_refused(test));
  EXPECT_EQ(is_acceptable(peer), !must_be_refused(test));
  if (!shared) return;
  EXPECT_EQ(Bytes(shared->reveal().begin(), shared->reveal().end()), octets(test, "shared"));
}

TEST(Vectors, X25519) {
  const auto file = VectorFile::open("x25519_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("x25519_test.json");
  const std::size_t executed = file->for_each(check_x25519);
  EXPECT_GT(executed, 0u);
  EXPECT_EQ(executed, file->announced());
}

void check_ed25519(const nlohmann::json& group, const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const Ed25519PublicKey public_key = Ed25519PublicKey::from(octets(group.at("publicKey"), "pk")).value();
  // A signature of another length has no place in the type.
  const auto signature = Ed25519Signature::from(octets(test, "sig"));
  EXPECT_EQ(signature && verify_raw(public_key, octets(test, "msg"), *signature), is_valid(test));
}

TEST(Vectors, Ed25519) {
  const auto file = VectorFile::open("ed25519_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("ed25519_test.json");
  const std::size_t executed = file->for_each(check_ed25519);
  EXPECT_GT(executed, 0u);
  EXPECT_EQ(executed, file->announced());
}

}  // namespace
}  // namespace sotto::crypto
