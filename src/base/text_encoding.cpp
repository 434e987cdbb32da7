#include "base/text_encoding.h"

#include <array>

namespace sotto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint8_t no_digit = 0xff;

using DigitTable = std::array<std::uint8_t, 256>;

constexpr DigitTable make_table(std::string_view alphabet) {
  DigitTable table{};
  table.fill(no_digit);
  for (std::size_t value = 0; value < alphabet.size(); ++value) {
    table[static_cast<std::uint8_t>(alphabet[value])] = static_cast<std::uint8_t>(value);
  }
  return table;
}

constexpr DigitTable hex_values = [] {
  DigitTable table = make_table(hex_digits);
  for (std::uint8_t letter = 0; letter < 6; ++letter) {
    table[static_cast<std::size_t>('A' + letter)] = static_cast<std::uint8_t>(10 + letter);
  }
  return table;
}();
constexpr DigitTable base64_values = make_table(base64_alphabet);
constexpr DigitTable base64url_values = make_table(base64url_alphabet);

std::string encode_sextets(ByteView bytes, std::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3 + 2);
  std::uint32_t window = 0;
  unsigned bits = 0;
  for (const std::uint8_t octet : bytes) {
    window = (window << 8) | octet;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text.push_back(alphabet[(window >> bits) & 63]);
    }
  }
  if (bits > 0) text.push_back(alphabet[(window << (6 - bits)) & 63]);
  return text;
}

std::optional<Bytes> decode_sextets(std::string_view text, const DigitTable& values) {
  if (text.size() % 4 == 1) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t window = 0;
  unsigned bits = 0;
  for (const char character : text) {
    const std::uint8_t digit = values[static_cast<std::uint8_t>(character)];
    if (digit == no_digit) return std::nullopt;
    window = ((window << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(window >> bits));
    }
  }
  // Left-over bits must be zero, or two texts would stand for the same octets.
  if ((window & ((1u << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

/// Octets of the sequence that `lead` begins; 0 if nothing may begin so.
std::size_t utf8_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

bool is_utf8_sequence(std::string_view sequence) {
  const auto lead = static_cast<std::uint8_t>(sequence[0]);
  std::uint32_t code_point = sequence.size() == 1 ? lead : lead & (0x7fu >> sequence.size());
  for (const char continuation : sequence.substr(1)) {
    const auto octet = static_cast<std::uint8_t>(continuation);
    if ((octet & 0xc0) != 0x80) return false;
    code_point = (code_point << 6) | (octet & 0x3fu);
  }
  constexpr std::array<std::uint32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code_point >= 0xd800 && code_point < 0xe000;
  return code_point >= smallest[sequence.size()] && code_point <= 0x10ffff && !is_surrogate;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t octet : bytes) {
    text.push_back(hex_digits[octet >> 4]);
    text.push_back(hex_digits[octet & 15]);
  }
  return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t index = 0; index < text.size(); index += 2) {
    const std::uint8_t high = hex_values[static_cast<std::uint8_t>(text[index])];
    const std::uint8_t low = hex_values[static_cast<std::uint8_t>(text[index + 1])];
    if (high == no_digit || low == no_digit) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

std::string to_base64(ByteView bytes) {
  std::string text = encode_sextets(bytes, base64_alphabet);
  while (text.size() % 4 != 0) text.push_back('=');
  return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decode_sextets(text, base64_values);
}

std::string to_base64url(ByteView bytes) { return encode_sextets(bytes, base64url_alphabet); }

std::optional<Bytes> from_base64url(std::string_view text) { return decode_sextets(text, base64url_values); }

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(static_cast<std::uint8_t>(text[0]));
    if (length == 0 || length > text.size() || !is_utf8_sequence(text.substr(0, length))) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace sotto
