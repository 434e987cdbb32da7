#pragma once

#include <span>

#include "client/turn.h"

namespace sotto::client {

/// What the log's entries of the own account are compared with.
struct OwnLists {
  /// SHA-256 of the pinned list.
  Sha256Digest newest;
  /// Of every list that this home ever pinned, the newest one included.
  std::vector<Sha256Digest> seen;
};

/// Judges the entries of one account in the order of the log, of which the last one was proven to be in it. They are
/// accounted for if each names its predecessor's hash, versions rise by one (a new identity begins at 1), and the last
/// one is the pinned list. An entry after which a version repeats, or that does not fit in the chain, is unexpected.
[[nodiscard]] std::vector<EntryStanding> judge_entries(std::span<const wire::TransparencyLeaf> leaves,
                                                       const OwnLists& own);

void run_audit(Turn& turn, WaitingCommand& waiting);
void run_transparency_status(Turn& turn, const WaitingCommand& waiting);

void receive_audit_proof(Turn& turn, const Asked& asked, const wire::Proof& proof);
void receive_audit_page(Turn& turn, const Asked& asked, const wire::TransparencyPage& page);

}  // namespace sotto::client
