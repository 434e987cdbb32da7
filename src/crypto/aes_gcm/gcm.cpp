#include "crypto/aes_gcm/gcm.h"

#include <algorithm>

#include "crypto/aes_gcm/ghash.h"
#include "crypto/constant_time.h"
#include "crypto/declassify.h"

namespace sotto::crypto::aes_gcm {
namespace {

void write_big_endian(std::uint64_t number, std::span<std::uint8_t> target) {
  for (std::size_t at = target.size(); at > 0; number >>= 8) target[--at] = static_cast<std::uint8_t>(number);
}

/// The blocks of a nonce, numbered: 0 is the one of zeros, 1 the tag's, 2 and up the text's.
class KeyStream {
 public:
  KeyStream(const AeadKey& key, const AeadNonce& nonce) : cipher_(key), nonce_(nonce) {
    Blocks blocks = numbered(0);
    std::fill_n(blocks.begin(), block_size, std::uint8_t{0});
    cipher_.encrypt(blocks);
    std::copy_n(blocks.begin(), block_size, zeros_.begin());
    std::copy_n(blocks.begin() + block_size, block_size, tags_.begin());
    text_ = blocks;
    used_ = 2 * block_size;
    next_ = blocks_at_once;
  }
  KeyStream(const KeyStream&) = delete;
  KeyStream& operator=(const KeyStream&) = delete;
  ~KeyStream() {
    wipe(zeros_);
    wipe(tags_);
    wipe(text_);
  }

  [[nodiscard]] const Block& of_zeros() const { return zeros_; }
  [[nodiscard]] const Block& of_tag() const { return tags_; }

  /// Adds what follows of the stream. Both are of the same length and may be the same.
  void add(ByteView source, std::span<std::uint8_t> target) {
    for (std::size_t at = 0; at < source.size(); ++at) {
      if (used_ == text_.size()) refill();
      target[at] = source[at] ^ text_[used_++];
    }
  }

 private:
  [[nodiscard]] Blocks numbered(std::uint32_t first) const {
    Blocks blocks;
    for (std::size_t place = 0; place < blocks_at_once; ++place) {
      const std::span<std::uint8_t> block = std::span(blocks).subspan(place * block_size, block_size);
      std::ranges::copy(nonce_, block.begin());
      write_big_endian(first + place, block.subspan(nonce_.size()));
    }
    return blocks;
  }

  void refill() {
    text_ = numbered(next_);
    cipher_.encrypt(text_);
    next_ += blocks_at_once;
    used_ = 0;
  }

  Aes256 cipher_;
  AeadNonce nonce_;
  Block zeros_;
  Block tags_;
  Blocks text_;
  std::size_t used_ = 0;
  std::uint32_t next_ = 0;
};

Block tag_of(const KeyStream& stream, ByteView associated_data, ByteView ciphertext) {
  Ghash hash(stream.of_zeros());
  hash.update(associated_data);
  hash.update(ciphertext);
  Block lengths;
  write_big_endian(std::uint64_t{associated_data.size()} * 8, std::span(lengths).first<8>());
  write_big_endian(std::uint64_t{ciphertext.size()} * 8, std::span(lengths).last<8>());
  hash.update(lengths);
  Block tag = hash.sum();
  for (std::size_t at = 0; at < tag.size(); ++at) tag[at] ^= stream.of_tag()[at];
  return tag;
}

}  // namespace

void seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext,
          std::span<std::uint8_t> sealed) {
  KeyStream stream(key, nonce);
  const std::span<std::uint8_t> ciphertext = sealed.first(plaintext.size());
  stream.add(plaintext, ciphertext);
  std::ranges::copy(tag_of(stream, associated_data, ciphertext), sealed.last<aead_tag_size>().begin());
}

bool open(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView sealed,
          std::span<std::uint8_t> plaintext) {
  KeyStream stream(key, nonce);
  const ByteView ciphertext = sealed.first(plaintext.size());
  const Block tag = tag_of(stream, associated_data, ciphertext);
  const Mask authentic = mask_if_equal(tag, sealed.last<aead_tag_size>());
  declassify({&authentic.value, 1});
  if (authentic.value == 0) return false;
  stream.add(ciphertext, plaintext);
  return true;
}

}  // namespace sotto::crypto::aes_gcm
