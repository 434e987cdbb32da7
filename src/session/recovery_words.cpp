#include "session/recovery_words.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/text_encoding.h"
#include "crypto/hash.h"

namespace sotto::session {
namespace {

constexpr std::array<std::string_view, 2'048> word_list = {
#include "session/recovery_words.inc"
};

constexpr unsigned bits_per_word = 11;
constexpr std::size_t letters_that_tell = 4;
constexpr std::string_view code_prefix = "sotto-recovery:";

/// Key || first octet of its SHA-256: exactly 24 words.
SecretBuffer with_checksum(const RecoveryKey& key) {
  SecretBuffer octets(RecoveryKey::size + 1);
  std::ranges::copy(key.reveal(), octets.writable().begin());
  octets.writable().back() = crypto::sha256(key.reveal()).bytes[0];
  return octets;
}

/// Letters that must be put in, taken out or exchanged to make one word of the other. The list's words have at most
/// eight letters; longer ones are not asked about.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t column = 0; column <= right.size(); ++column) row[column] = column;
  for (std::size_t line = 1; line <= left.size(); ++line) {
    std::size_t diagonal = row[0];
    row[0] = line;
    for (std::size_t column = 1; column <= right.size(); ++column) {
      const std::size_t exchanged = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
      diagonal = row[column];
      row[column] = std::min({row[column] + 1, row[column - 1] + 1, exchanged});
    }
  }
  return row.back();
}

std::string_view nearest(std::string_view word) {
  constexpr std::size_t most_asked = 16;
  constexpr std::size_t most_changes = 2;
  if (word.size() > most_asked) return {};
  std::string_view best;
  std::size_t best_distance = most_changes + 1;
  for (const std::string_view candidate : word_list) {
    const std::size_t changes = distance(word, candidate);
    if (changes < best_distance) {
      best = candidate;
      best_distance = changes;
    }
  }
  return best;
}

std::optional<std::size_t> number_of(std::string_view word) {
  // The list is in alphabetical order.
  // NOLINTNEXTLINE(readability-qualified-auto): a pointer in one standard library, a class in another.
  const auto found = std::ranges::lower_bound(word_list, word);
  if (found == word_list.end()) return std::nullopt;
  const bool cut = word.size() == letters_that_tell && found->starts_with(word);
  if (*found != word && !cut) return std::nullopt;
  return static_cast<std::size_t>(found - word_list.begin());
}

/// Words in lower case. Stops after one too many.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  bool within = false;
  for (const char given : text) {
    const bool capital = given >= 'A' && given <= 'Z';
    const char letter = capital ? static_cast<char>(given - 'A' + 'a') : given;
    const bool is_letter = (letter >= 'a' && letter <= 'z') || static_cast<unsigned char>(letter) >= 0x80;
    if (is_letter && !within) words.emplace_back();
    if (is_letter) words.back() += letter;
    within = is_letter;
  }
  return words;
}

std::optional<RecoveryKey> key_in_code(std::string_view code) {
  const std::optional<Bytes> octets = from_base64url(code);
  if (!octets || octets->size() != RecoveryKey::size) return std::nullopt;
  return RecoveryKey(std::span<const std::uint8_t, RecoveryKey::size>(*octets));
}

}  // namespace

RecoveryWords words_of(const RecoveryKey& key) {
  const SecretBuffer octets = with_checksum(key);
  RecoveryWords words;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  auto word = words.begin();
  for (const std::uint8_t octet : octets.reveal()) {
    pending = pending << 8 | octet;
    bits += 8;
    if (bits < bits_per_word) continue;
    bits -= bits_per_word;
    *word++ = word_list[pending >> bits & (word_list.size() - 1)];
  }
  return words;
}

SecretBuffer recovery_text(const RecoveryKey& key) {
  std::string text(code_prefix);
  text += to_base64url(key.reveal());
  SecretBuffer result(as_bytes(text));
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return result;
}

std::expected<RecoveryKey, RecoveryWordsError> parse_recovery_key(std::string_view text) {
  using Kind = RecoveryWordsError::Kind;
  const std::size_t code = text.find(code_prefix);
  if (code != std::string_view::npos) {
    std::string_view content = text.substr(code + code_prefix.size());
    content = content.substr(0, content.find_first_of(" \t\r\n"));
    if (auto key = key_in_code(content)) return std::move(*key);
    return std::unexpected(RecoveryWordsError{.kind = Kind::damaged_code});
  }
  const std::vector<std::string> words = split(text);
  if (words.size() != recovery_word_count) {
    return std::unexpected(RecoveryWordsError{.kind = Kind::wrong_count, .position = words.size()});
  }
  SecretBuffer octets(RecoveryKey::size + 1);
  std::size_t written = 0;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const auto number = number_of(words[index]);
    if (!number) {
      return std::unexpected(
          RecoveryWordsError{.kind = Kind::unknown_word, .position = index + 1, .suggestion = nearest(words[index])});
    }
    pending = pending << bits_per_word | static_cast<std::uint32_t>(*number);
    for (bits += bits_per_word; bits >= 8; bits -= 8) {
      octets.writable()[written++] = static_cast<std::uint8_t>(pending >> (bits - 8));
    }
  }
  RecoveryKey key(octets.reveal().first<RecoveryKey::size>());
  if (with_checksum(key) != octets) return std::unexpected(RecoveryWordsError{.kind = Kind::wrong_checksum});
  return key;
}

}  // namespace sotto::session
