#include "transparency/note.h"

#include <algorithm>
#include <array>

#include "base/text_encoding.h"
#include "crypto/hash.h"

namespace sotto::transparency {
namespace {

constexpr std::size_t max_signatures = 32;
constexpr std::size_t id_size = 4;
constexpr std::uint8_t ed25519_type = 0x01;
/// U+2014 and a space.
constexpr std::string_view line_start = "\xe2\x80\x94 ";
/// Unicode's White_Space above ASCII.
constexpr std::array<std::string_view, 19> wide_spaces{
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83",
    "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a",
    "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

bool is_control(char character) { return static_cast<unsigned char>(character) < 0x20; }

std::uint32_t big_endian(ByteView octets) {
  std::uint32_t number = 0;
  for (std::size_t index = 0; index < id_size; ++index) number = (number << 8) | octets[index];
  return number;
}

std::array<std::uint8_t, id_size> big_endian(std::uint32_t number) {
  return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
          static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

std::optional<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(line_start)) return std::nullopt;
  line.remove_prefix(line_start.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  const auto octets = from_base64(line.substr(space + 1));
  if (!octets || octets->size() <= id_size) return std::nullopt;
  return NoteSignature{std::string(line.substr(0, space)), big_endian(*octets),
                       Bytes(octets->begin() + id_size, octets->end())};
}

std::string print_line(const NoteSignature& signature) {
  const auto id = big_endian(signature.key_id);
  Bytes octets(id.begin(), id.end());
  octets.insert(octets.end(), signature.signature.begin(), signature.signature.end());
  return std::string(line_start) + signature.name + " " + to_base64(octets) + "\n";
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_utf8(name)) return false;
  if (std::ranges::any_of(name, [](char c) { return is_control(c) || c == ' ' || c == '+'; })) return false;
  return std::ranges::none_of(wide_spaces, [&](std::string_view space) { return name.contains(space); });
}

std::uint32_t key_id(const NoteKey& key) {
  static constexpr std::array<std::uint8_t, 2> between{0x0a, ed25519_type};
  const Sha256Digest digest =
      crypto::Sha256().update(as_bytes(key.name)).update(between).update(key.key.view()).finish();
  return big_endian(digest.view());
}

std::string print_key(const NoteKey& key) {
  Bytes octets{ed25519_type};
  octets.insert(octets.end(), key.key.bytes.begin(), key.key.bytes.end());
  return key.name + "+" + to_hex(big_endian(key_id(key))) + "+" + to_base64(octets);
}

std::optional<NoteKey> parse_key(std::string_view text) {
  const std::size_t name_end = text.find('+');
  if (name_end == std::string_view::npos || !is_key_name(text.substr(0, name_end))) return std::nullopt;
  const std::size_t id_end = text.find('+', name_end + 1);
  if (id_end == std::string_view::npos) return std::nullopt;
  const auto octets = from_base64(text.substr(id_end + 1));
  if (!octets || octets->empty() || octets->front() != ed25519_type) return std::nullopt;
  const auto key = Ed25519PublicKey::from(ByteView(*octets).subspan(1));
  if (!key) return std::nullopt;
  NoteKey parsed{std::string(text.substr(0, name_end)), *key};
  if (print_key(parsed) != text) return std::nullopt;
  return parsed;
}

std::string print_note(const SignedNote& note) {
  std::string printed = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) printed += print_line(signature);
  return printed;
}

std::expected<SignedNote, NoteError> parse_note(std::string_view note) {
  const std::unexpected malformed(NoteError::malformed);
  if (!is_utf8(note) || std::ranges::any_of(note, [](char c) { return is_control(c) && c != '\n'; })) return malformed;
  const std::size_t gap = note.rfind("\n\n");
  if (gap == std::string_view::npos || !note.ends_with('\n')) return malformed;
  SignedNote parsed{std::string(note.substr(0, gap + 1)), {}};
  for (std::string_view rest = note.substr(gap + 2); !rest.empty();) {
    const std::size_t end = rest.find('\n');
    std::optional<NoteSignature> signature = parse_line(rest.substr(0, end));
    if (!signature || parsed.signatures.size() == max_signatures) return malformed;
    parsed.signatures.push_back(*std::move(signature));
    rest.remove_prefix(end + 1);
  }
  if (parsed.signatures.empty()) return malformed;
  return parsed;
}

NoteSignature sign_note(std::string_view text, std::string_view name, const crypto::Ed25519KeyPair& key_pair) {
  const Ed25519Signature signature = crypto::sign_raw(key_pair, as_bytes(text));
  return {std::string(name), key_id({std::string(name), key_pair.public_key}),
          Bytes(signature.bytes.begin(), signature.bytes.end())};
}

std::expected<void, NoteError> verify_note(const SignedNote& note, const NoteKey& key) {
  const std::uint32_t id = key_id(key);
  std::expected<void, NoteError> result = std::unexpected(NoteError::not_signed);
  for (const NoteSignature& line : note.signatures) {
    if (line.name != key.name || line.key_id != id) continue;
    const auto signature = Ed25519Signature::from(line.signature);
    if (!signature || !crypto::verify_raw(key.key, as_bytes(note.text), *signature)) {
      return std::unexpected(NoteError::bad_signature);
    }
    result = {};
  }
  return result;
}

}  // namespace sotto::transparency
