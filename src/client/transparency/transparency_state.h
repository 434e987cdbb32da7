#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "transparency/log_check.h"
#include "wire/transparency.h"

namespace sotto::client {

/// What a proof was asked for.
enum class ProofPurpose : std::uint8_t {
  /// A pinned list.
  pinned_list,
  /// An audit of the own account.
  audit,
  /// To see whether the log begins with what somebody else was shown.
  comparison,
};

/// The log's newest entry of an account is not the pinned list: perhaps the list is outdated, so the directory is asked
/// anew; if the log still says the same afterwards, the server contradicts itself.
struct ProofDoubt {
  Sha256Digest leaf;
  /// The directory was asked after this leaf was seen.
  bool directory_asked = false;
};

/// An audit at work.
struct AuditProgress {
  wire::TransparencyLeaf proven;
  std::uint64_t size = 0;
  std::vector<wire::TransparencyLeaf> leaves;
  /// The pages so far do not reach the end.
  bool more = true;
};

/// All of it is forgotten with the stream.
struct TransparencyState {
  std::map<AccountId, ProofDoubt> doubts;
  /// By the command's number.
  std::map<std::uint64_t, AuditProgress> audits;
  /// Comparisons for which the own view was brought up to date.
  std::map<std::uint64_t, bool> compared;
  /// The own account's entry was asked for on this stream.
  bool own_entry_asked = false;
};

}  // namespace sotto::client
