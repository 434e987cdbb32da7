#pragma once

#include "transparency/note.h"
#include "transparency/proof.h"

namespace sotto::transparency {

// Checkpoints (C2SP tlog-checkpoint): signed notes with the text
//
//   <origin> '\n' <size in decimal> '\n' base64(root) '\n'
//
// and, for logs of others, further lines, which are read over.

/// What a log says of itself at one moment.
struct Checkpoint {
  /// Names the log.
  std::string origin;
  TreeHead head;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

enum class CheckpointError : std::uint8_t {
  /// Not a signed note whose text is a checkpoint.
  malformed,
  /// Not signed by the key asked for, or the signature does not verify.
  bad_signature,
  /// Signed by the key, for a log of another name.
  other_origin,
};

/// The text that is signed. The origin has to be a key name (`is_key_name`).
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
[[nodiscard]] std::optional<Checkpoint> parse_checkpoint_text(std::string_view text);

/// The signed note, under the key name `checkpoint.origin`, and a line that tells the key to those who do not know it
/// (`announced_key`). Equal arguments give equal octets.
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const crypto::Ed25519KeyPair& key_pair);

/// The checkpoint in `note`, if `key` signed it and it is of the log that `key` is named after.
[[nodiscard]] std::expected<Checkpoint, CheckpointError> open_checkpoint(std::string_view note, const NoteKey& key);

/// The key that `note` names as its log's own: a line of signature type 0xff whose name is the origin, whose octets are
/// the public key, and whose id is the first 4 octets of SHA-256(name || 0x0a || 0xff || "sotto log key v1" || key).
/// Says nothing about who made the note: for the first meeting only, after which the key is held on to.
[[nodiscard]] std::optional<NoteKey> announced_key(std::string_view note);

}  // namespace sotto::transparency
