#pragma once

#include <array>
#include <expected>
#include <string_view>

#include "base/random.h"

namespace sotto::session {

// The recovery key as people keep it: 24 words of the English BIP-39 list (256 bits, and 8 bits of SHA-256 as a
// checksum, in groups of 11), or "sotto-recovery:" and the key in base64url in a QR code. What a wallet would derive
// from such words is not used here; the words are the key itself.

/// Opens a backup. Random, shown to its user once, kept by nobody else.
using RecoveryKey = Secret<32>;

inline constexpr std::size_t recovery_word_count = 24;

/// Borrowed from the list, which is there for good. As secret as the key.
using RecoveryWords = std::array<std::string_view, recovery_word_count>;

[[nodiscard]] RecoveryWords words_of(const RecoveryKey& key);

/// The key as a QR code holds it.
[[nodiscard]] SecretBuffer recovery_text(const RecoveryKey& key);

struct RecoveryWordsError {
  enum class Kind : std::uint8_t {
    /// `position` words instead of 24.
    wrong_count,
    /// The word at `position`, counted from 1, is not on the list; `suggestion` is the likeliest one, if any is near.
    unknown_word,
    /// All words are on the list, but they do not belong together: one is another word, or two changed places.
    wrong_checksum,
    /// Begins as a QR code's text and does not hold a key.
    damaged_code,
  };
  Kind kind = Kind::wrong_count;
  std::size_t position = 0;
  std::string_view suggestion = {};

  friend bool operator==(const RecoveryWordsError&, const RecoveryWordsError&) = default;
};

/// Reads words or a QR code's text. Capitals, and whatever stands between the words (blanks, commas, line ends, the
/// numbers of a list), do not matter; a word may be cut after its fourth letter.
[[nodiscard]] std::expected<RecoveryKey, RecoveryWordsError> parse_recovery_key(std::string_view text);

}  // namespace sotto::session
