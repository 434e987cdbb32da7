// Property: no octets crash the readers of notes, checkpoints, keys, tile paths, bundles and proofs; what they accept
// is printed as it was read; and a proof never makes a client forget what it knew without a signature of the log's key.

#include "base/invariant.h"
#include "transparency/log_check.h"
#include "transparency/tile.h"
#include "wire/binary.h"

namespace sotto::transparency {
namespace {

void check_texts(std::string_view text) {
  if (const auto note = parse_note(text)) invariant(parse_note(print_note(*note)) == *note);
  if (const auto key = parse_key(text)) invariant(print_key(*key) == text);
  if (const auto path = parse_tile_path(text)) invariant(print_tile_path(*path) == text);
  if (const auto checkpoint = parse_checkpoint_text(text)) {
    invariant(parse_checkpoint_text(checkpoint_text(*checkpoint)) == checkpoint);
  }
  if (const auto key = announced_key(text)) invariant(is_key_name(key->name));
}

void check_bundle(ByteView octets) {
  const auto entries = split_bundle(octets);
  if (!entries) return;
  Bytes bundle;
  for (const Bytes& entry : *entries) append_to_bundle(bundle, entry);
  invariant(Bytes(octets.begin(), octets.end()) == bundle);
}

void check_answer(ByteView octets) {
  const auto proof = wire::decode<wire::Proof>(octets);
  if (!proof) return;
  const auto seen = check_proof(*proof, std::nullopt);
  if (!seen) return;
  invariant(proof->index < seen->checkpoint.head.size);
  const auto again = check_proof(*proof, *seen);
  invariant(again.has_value() == proof->consistency.empty());
}

}  // namespace
}  // namespace sotto::transparency

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sotto::ByteView input(data, size);
  sotto::transparency::check_texts(sotto::as_text(input));
  sotto::transparency::check_bundle(input);
  sotto::transparency::check_answer(input);
  return 0;
}
