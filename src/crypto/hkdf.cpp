#include "crypto/hkdf.h"

#include "crypto/hash.h"

namespace sotto::crypto {
namespace {

constexpr std::size_t block_size = 64;
constexpr std::size_t digest_size = 32;

/// HMAC-SHA-256 under one key, which is absorbed once for any number of messages.
class Hmac {
 public:
  explicit Hmac(ByteView key) {
    Secret<block_size> padded;
    if (key.size() > block_size) {
      Sha256Digest hashed = sha256(key);
      std::copy(hashed.bytes.begin(), hashed.bytes.end(), padded.writable().begin());
      wipe(hashed.bytes);
    } else {
      std::copy(key.begin(), key.end(), padded.writable().begin());
    }
    for (std::uint8_t& octet : padded.writable()) octet ^= 0x36;
    keyed_inner_.update(padded.reveal());
    for (std::uint8_t& octet : padded.writable()) octet ^= 0x36 ^ 0x5c;
    keyed_outer_.update(padded.reveal());
    begin();
  }

  Hmac& update(ByteView piece) {
    inner_.update(piece);
    return *this;
  }

  /// The tag of everything since the last `finish`; begins a new message.
  Secret<digest_size> finish() {
    Sha256Digest inner = inner_.finish();
    Sha256 outer;
    outer.resume_from(keyed_outer_);
    Sha256Digest tag = outer.update(inner.bytes).finish();
    begin();
    Secret<digest_size> result{std::span<const std::uint8_t, digest_size>(tag.bytes)};
    wipe(inner.bytes);
    wipe(tag.bytes);
    return result;
  }

 private:
  void begin() { inner_.resume_from(keyed_inner_); }

  Sha256 keyed_inner_;
  Sha256 keyed_outer_;
  Sha256 inner_;
};

}  // namespace

Secret<32> hmac_sha256(ByteView key, ByteView message) { return Hmac(key).update(message).finish(); }

std::expected<void, HkdfError> hkdf_sha256_fill(const HkdfInput& input, std::span<std::uint8_t> output) {
  if (output.size() > hkdf_longest_output) return std::unexpected(HkdfError::output_too_long);
  // HMAC pads its key with zeros, so an empty salt already stands for 32 zero octets.
  Hmac expand(hmac_sha256(input.salt, input.input_key_material).reveal());
  Secret<digest_size> block;
  std::size_t done = 0;
  for (std::uint8_t number = 1; done < output.size(); ++number) {
    if (number > 1) expand.update(block.reveal());
    block = expand.update(input.info).update(std::span(&number, 1)).finish();
    const std::size_t wanted = std::min(digest_size, output.size() - done);
    std::copy_n(block.reveal().begin(), wanted, output.begin() + static_cast<std::ptrdiff_t>(done));
    done += wanted;
  }
  return {};
}

}  // namespace sotto::crypto
