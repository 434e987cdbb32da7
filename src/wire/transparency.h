#pragma once

#include "wire/directory.h"

namespace sotto::wire {

// The transparency log: every device list that the directory ever showed, in an append-only Merkle tree (RFC 6962
// hashing, C2SP tlog-tiles and signed-note checkpoints) that anybody can mirror and check.

/// One entry of the log; the tree holds SHA-256(0x00 || encoding).
struct TransparencyLeaf {
  AccountId account;
  std::uint64_t version = 0;
  Sha256Digest device_list;
  std::optional<Sha256Digest> previous;
  UnixMillis at;

  static constexpr auto describe() {
    using Self = TransparencyLeaf;
    return message(
        "TransparencyLeaf", "One entry of the transparency log.",
        field(1, "account", &Self::account, "Random, so it names nobody."),
        field(2, "version", &Self::version, "Of the device list."),
        field(3, "device_list", &Self::device_list, "SHA-256 of the device list's encoding."),
        field(4, "previous", &Self::previous, "Leaf hash of the account's entry before; absent in its first."),
        field(5, "at", &Self::at, "By the server's clock."));
  }
};

/// Proves the newest entry of an account, and that the log still holds what it held.
struct GetProof {
  AccountId account;
  std::uint64_t known_size = 0;

  static constexpr auto describe() {
    return message("GetProof", "Asks for proof of an account's newest entry in the transparency log.",
                   field(1, "account", &GetProof::account, "Whose."),
                   field(2, "known_size", &GetProof::known_size, "Of the last checkpoint held; 0 for none."));
  }
};

struct Proof {
  Bytes checkpoint;
  std::uint64_t index = 0;
  TransparencyLeaf leaf;
  std::vector<Sha256Digest> inclusion;
  std::vector<Sha256Digest> consistency;

  static constexpr auto describe() {
    return message("Proof", "Proof of an entry in the transparency log.",
                   field(1, "checkpoint", &Proof::checkpoint, at_most(max_checkpoint_size), "A signed note."),
                   field(2, "index", &Proof::index, "The entry's, from 0."),
                   field(3, "leaf", &Proof::leaf, "The entry."),
                   field(4, "inclusion", &Proof::inclusion, at_most(max_proof_hashes), "RFC 6962 section 2.1.1."),
                   field(5, "consistency", &Proof::consistency, at_most(max_proof_hashes),
                         "RFC 6962 section 2.1.2, from `known_size`; empty if that is 0."));
  }
};

/// Reads all entries of one account, for auditing one's own.
struct ReadTransparency {
  AccountId account;
  std::uint64_t after_version = 0;

  static constexpr auto describe() {
    return message("ReadTransparency", "Reads the entries of an account in the transparency log.",
                   field(1, "account", &ReadTransparency::account, "Whose."),
                   field(2, "after_version", &ReadTransparency::after_version, "The last version already held."));
  }
};

struct TransparencyPage {
  std::vector<TransparencyLeaf> leaves;
  bool more = false;

  static constexpr auto describe() {
    return message("TransparencyPage", "Entries of an account, in order.",
                   field(1, "leaves", &TransparencyPage::leaves, at_most(max_page_entries), "Ascending by version."),
                   field(2, "more", &TransparencyPage::more, "Whether more follow."));
  }
};

}  // namespace sotto::wire
