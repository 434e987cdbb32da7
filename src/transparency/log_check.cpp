#include "transparency/log_check.h"

#include "base/bytes.h"
#include "wire/binary.h"

namespace sotto::transparency {
namespace {

ProofError as_proof_error(CheckpointError error) {
  return error == CheckpointError::malformed ? ProofError::malformed : ProofError::bad_signature;
}

std::expected<LogMemory, ProofError> open_with(std::string_view note, NoteKey key) {
  auto checkpoint = open_checkpoint(note, key);
  if (!checkpoint) return std::unexpected(as_proof_error(checkpoint.error()));
  return LogMemory{std::move(key), *std::move(checkpoint), std::string(note)};
}

}  // namespace

Sha256Digest hash_of(const wire::TransparencyLeaf& leaf) { return leaf_hash(wire::encode(leaf)); }

std::expected<LogMemory, ProofError> open_exported(std::string_view note) {
  std::optional<NoteKey> key = announced_key(note);
  if (!key) return std::unexpected(ProofError::malformed);
  return open_with(note, *std::move(key));
}

std::expected<LogMemory, ProofError> check_proof(const wire::Proof& proof, const std::optional<LogMemory>& known) {
  const std::string_view note = as_text(proof.checkpoint);
  auto seen = known ? open_with(note, known->key) : open_exported(note);
  if (!seen) return seen;
  const TreeHead& head = seen->checkpoint.head;
  if (known && head.size < known->checkpoint.head.size) return std::unexpected(ProofError::rolled_back);
  if (known && !verify_consistency({known->checkpoint.head, head}, proof.consistency)) {
    return std::unexpected(ProofError::forked);
  }
  if (!verify_inclusion({proof.index, hash_of(proof.leaf)}, head, proof.inclusion)) {
    return std::unexpected(ProofError::not_in_log);
  }
  return seen;
}

Comparison compare(const LogMemory& own, const LogMemory& other) {
  if (own.key != other.key) return Comparison::other_log;
  if (own.checkpoint.head.size != other.checkpoint.head.size) return Comparison::different_sizes;
  return own.checkpoint.head.root == other.checkpoint.head.root ? Comparison::equal : Comparison::split_view;
}

}  // namespace sotto::transparency
