#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "client/store/store_context.h"
#include "transparency/log_check.h"

namespace sotto::client {

/// `LogMemory` at rest: the key that is held on to, and the note, which is opened with it again.
struct StoredLog {
  std::string key;
  std::string note;

  static constexpr auto describe() {
    return wire::message(
        "StoredLog", "What is remembered of the transparency log.",
        wire::field(1, "key", &StoredLog::key, wire::at_most(512), "Its verifier key."),
        wire::field(2, "note", &StoredLog::note, wire::at_most(wire::max_checkpoint_size), "The newest checkpoint."));
  }
};

/// How the proof of a pinned device list stands.
enum class ProofState : std::uint8_t {
  wanted = 0,
  proven = 1,
};

/// What this home remembers of the server's transparency log: the tables `log_memory`, `list_proofs` and `seen_lists`.
/// All calls inside a transition.
class LogStore {
 public:
  explicit LogStore(const StoreContext& context) : context_(context) {}

  /// Nothing before the first proof.
  [[nodiscard]] std::optional<transparency::LogMemory> memory();
  void remember(const transparency::LogMemory& memory);

  /// A list of the account was pinned: its proof is wanted unless it has one, and the list counts as seen. `list` is
  /// the list's encoding.
  void pinned(AccountId account, ByteView list);
  /// Of an account that never came to be: nothing of it is looked for any more.
  void forget(AccountId account);
  /// Another account's list is pinned at the same time as `wanted_again` names: the proof is wanted anew.
  void want_again(AccountId account);
  void set_proven(AccountId account);
  /// Not asked for again before this time.
  void put_off(AccountId account, UnixMillis until);
  /// An account whose proof is wanted and not put off.
  [[nodiscard]] std::optional<AccountId> next_wanted(UnixMillis now);
  /// When a proof that was put off is due.
  [[nodiscard]] std::optional<UnixMillis> next_due();
  [[nodiscard]] std::uint64_t count(ProofState state);

  /// Digests of all lists of the account that this home ever pinned.
  [[nodiscard]] std::vector<Sha256Digest> seen(AccountId account);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
