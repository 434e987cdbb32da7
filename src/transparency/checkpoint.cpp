#include "transparency/checkpoint.h"

#include <array>
#include <charconv>

#include "base/text_encoding.h"
#include "crypto/hash.h"

namespace sotto::transparency {
namespace {

constexpr std::string_view announcement_label = "sotto log key v1";

std::uint32_t announcement_id(const NoteKey& key) {
  static constexpr std::array<std::uint8_t, 2> between{0x0a, 0xff};
  const Sha256Digest digest = crypto::Sha256()
                                  .update(as_bytes(key.name))
                                  .update(between)
                                  .update(as_bytes(announcement_label))
                                  .update(key.key.view())
                                  .finish();
  std::uint32_t id = 0;
  for (std::size_t index = 0; index < 4; ++index) id = (id << 8) | digest.bytes[index];
  return id;
}

/// Takes the next line off the front of `text`, which is then behind its newline; nothing if it is empty or not ended.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return size;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" +
         to_base64(checkpoint.head.root.view()) + "\n";
}

std::optional<Checkpoint> parse_checkpoint_text(std::string_view text) {
  const auto origin = take_line(text);
  const auto size_line = origin ? take_line(text) : std::nullopt;
  const auto root_line = size_line ? take_line(text) : std::nullopt;
  if (!root_line) return std::nullopt;
  const auto size = parse_size(*size_line);
  const auto octets = from_base64(*root_line);
  if (!size || !octets) return std::nullopt;
  const auto root = Sha256Digest::from(*octets);
  if (!root) return std::nullopt;
  while (!text.empty()) {
    if (!take_line(text)) return std::nullopt;
  }
  return Checkpoint{std::string(*origin), {*size, *root}};
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::Ed25519KeyPair& key_pair) {
  const NoteKey key{checkpoint.origin, key_pair.public_key};
  SignedNote note{checkpoint_text(checkpoint), {}};
  note.signatures.push_back(sign_note(note.text, key.name, key_pair));
  note.signatures.push_back({key.name, announcement_id(key), Bytes(key.key.bytes.begin(), key.key.bytes.end())});
  return print_note(note);
}

std::expected<Checkpoint, CheckpointError> open_checkpoint(std::string_view note, const NoteKey& key) {
  const auto parsed = parse_note(note);
  if (!parsed) return std::unexpected(CheckpointError::malformed);
  if (!verify_note(*parsed, key)) return std::unexpected(CheckpointError::bad_signature);
  std::optional<Checkpoint> checkpoint = parse_checkpoint_text(parsed->text);
  if (!checkpoint) return std::unexpected(CheckpointError::malformed);
  if (checkpoint->origin != key.name) return std::unexpected(CheckpointError::other_origin);
  return *std::move(checkpoint);
}

std::optional<NoteKey> announced_key(std::string_view note) {
  const auto parsed = parse_note(note);
  const auto checkpoint = parsed ? parse_checkpoint_text(parsed->text) : std::nullopt;
  if (!checkpoint) return std::nullopt;
  for (const NoteSignature& line : parsed->signatures) {
    const auto key = Ed25519PublicKey::from(line.signature);
    if (!key || line.name != checkpoint->origin) continue;
    NoteKey announced{line.name, *key};
    if (line.key_id == announcement_id(announced)) return announced;
  }
  return std::nullopt;
}

}  // namespace sotto::transparency
