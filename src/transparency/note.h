#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/ed25519.h"

namespace sotto::transparency {

// Signed notes (C2SP signed-note): text that ends in a newline, an empty line, and signature lines
//
//   U+2014 ' ' <key name> ' ' base64(key id (4, big-endian) || signature) '\n'

/// A public key and the name under which it signs. The name is not empty and holds no space and no '+'.
struct NoteKey {
  std::string name;
  Ed25519PublicKey key;

  friend bool operator==(const NoteKey&, const NoteKey&) = default;
};

/// One line of signature, of whatever kind.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;

  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

/// A note taken apart. Nothing in it is to be believed before `verify_note`.
struct SignedNote {
  /// With its last newline, without the empty line.
  std::string text;
  std::vector<NoteSignature> signatures;

  friend bool operator==(const SignedNote&, const SignedNote&) = default;
};

enum class NoteError : std::uint8_t {
  /// Not a signed note, or one with more than 32 signatures.
  malformed,
  /// The key asked for did not sign it.
  not_signed,
  /// A signature that names the key does not verify.
  bad_signature,
};

/// Whether `name` may be a key's: UTF-8, not empty, no control character, no Unicode space, no '+'.
[[nodiscard]] bool is_key_name(std::string_view name);

/// The first 4 octets of SHA-256(name || 0x0a || 0x01 || key), big-endian.
[[nodiscard]] std::uint32_t key_id(const NoteKey& key);

/// The verifier key in the form that Go's note package made usual: `<name>+<key id in hex>+base64(0x01 || key)`.
[[nodiscard]] std::string print_key(const NoteKey& key);
/// Nothing unless `text` is what `print_key` prints for some key.
[[nodiscard]] std::optional<NoteKey> parse_key(std::string_view text);

[[nodiscard]] std::string print_note(const SignedNote& note);
[[nodiscard]] std::expected<SignedNote, NoteError> parse_note(std::string_view note);

/// An Ed25519 signature (type 0x01) of `text` as it is, under `name`.
[[nodiscard]] NoteSignature sign_note(std::string_view text, std::string_view name,
                                      const crypto::Ed25519KeyPair& key_pair);

/// At least one signature names `key`, and all that do verify. Others are not looked at.
[[nodiscard]] std::expected<void, NoteError> verify_note(const SignedNote& note, const NoteKey& key);

}  // namespace sotto::transparency
