#pragma once

#include "transparency/checkpoint.h"
#include "wire/transparency.h"

namespace sotto::transparency {

// What a client does with a server's `Proof`.

/// What a client remembers of a log: its key, and the newest checkpoint that it saw, as the server sent it (the
/// server's own signature makes it evidence).
struct LogMemory {
  NoteKey key;
  Checkpoint checkpoint;
  std::string note;
};

enum class ProofError : std::uint8_t {
  /// Not a checkpoint, or none that names its key where the key is not known yet.
  malformed,
  /// The checkpoint is not signed by the log's key, or is of another log.
  bad_signature,
  /// The log is smaller than it was.
  rolled_back,
  /// The log does not begin with what it was.
  forked,
  /// The log does not hold the entry at that place.
  not_in_log,
};

/// The hash under which the tree holds a leaf.
[[nodiscard]] Sha256Digest hash_of(const wire::TransparencyLeaf& leaf);

/// Checks `proof` against `known`, which is nothing at the first meeting: the checkpoint is the log's, the log begins
/// with what is known, and holds `proof.leaf`. Gives what is to be remembered from now on. What the leaf says is the
/// caller's to compare.
[[nodiscard]] std::expected<LogMemory, ProofError> check_proof(const wire::Proof& proof,
                                                               const std::optional<LogMemory>& known);

/// How two views of a log relate.
enum class Comparison : std::uint8_t {
  /// The same tree.
  equal,
  /// Two sizes of one key's log; whether the larger continues the smaller takes the log's tiles or a proof.
  different_sizes,
  /// One size and two roots, both signed by one key: the server showed two people two logs. This is the proof of it.
  split_view,
  /// Two keys or origins, so two logs.
  other_log,
};

[[nodiscard]] Comparison compare(const LogMemory& own, const LogMemory& other);

/// A checkpoint that somebody else exported: its signature is checked by the key that it announces.
[[nodiscard]] std::expected<LogMemory, ProofError> open_exported(std::string_view note);

}  // namespace sotto::transparency
