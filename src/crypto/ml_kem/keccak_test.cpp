// Property: the sponges are those of FIPS 202, however input and output are cut into pieces, and agree with OpenSSL's.
#include "crypto/ml_kem/keccak.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "crypto/testing/from_text.h"

namespace sotto::crypto::ml_kem {
namespace {

template <class Function>
Bytes output_of(ByteView message, std::size_t length) {
  Bytes output(length);
  Function().absorb(message).squeeze(output);
  return output;
}

// NIST's examples for the empty message and "abc".
TEST(Keccak, MatchesPublishedDigests) {
  EXPECT_EQ(to_hex(output_of<Sha3_256>({}, 32)), "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a");
  EXPECT_EQ(
      to_hex(output_of<Sha3_512>(as_bytes("abc"), 64)),
      "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408"
      "d5a56592f8274eec53f0");
  EXPECT_EQ(to_hex(output_of<Shake128>({}, 16)), "7f9c2ba4e88f827d616045507605853e");
  EXPECT_EQ(to_hex(output_of<Shake256>({}, 16)), "46b9dd2b0ba88d13233b3feb743eeb24");
}

Bytes output_of_openssl(const EVP_MD* function, ByteView message, std::size_t length) {
  Bytes output(length);
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, function, nullptr);
  EVP_DigestUpdate(context, message.data(), message.size());
  EVP_DigestFinalXOF(context, output.data(), output.size());
  EVP_MD_CTX_free(context);
  return output;
}

TEST(Keccak, AgreesWithOpenSsl) {
  for (std::size_t length = 0; length < 500; length += 3) {
    Bytes message(length);
    for (std::size_t index = 0; index < length; ++index) message[index] = static_cast<std::uint8_t>(index * index + 3);
    EXPECT_EQ(output_of<Shake128>(message, length + 1), output_of_openssl(EVP_shake128(), message, length + 1));
    EXPECT_EQ(output_of<Shake256>(message, length + 1), output_of_openssl(EVP_shake256(), message, length + 1));
  }
}

TEST(Keccak, PiecesGiveTheSameAsTheWhole) {
  const Bytes message(400, 0x3c);
  const Bytes whole = output_of<Shake128>(message, 600);
  for (std::size_t cut = 0; cut <= 400; cut += 9) {
    Shake128 sponge;
    sponge.absorb(ByteView(message).first(cut)).absorb(ByteView(message).subspan(cut));
    Bytes output(600);
    sponge.squeeze(std::span(output).first(cut));
    sponge.squeeze(std::span(output).subspan(cut));
    EXPECT_EQ(output, whole) << cut;
  }
}

}  // namespace
}  // namespace sotto::crypto::ml_kem
