#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "wire/backup.h"

namespace sotto::service {

/// The encrypted backup of each account, one generation at a time: a header and packs 1, 2, 3 and so on. Called and
/// failing as the stores of `stores.h`.
class BackupStore {
 public:
  virtual ~BackupStore() = default;
  /// The number of packs and their size are those of the packs that are there.
  [[nodiscard]] virtual std::optional<wire::Backup> find(AccountId account) = 0;
  /// Begins a generation without packs; the one before goes with all of its packs. Of `backup` only the name, the
  /// header and the time count.
  virtual void begin(AccountId account, const wire::Backup& backup) = 0;
  /// Adds the pack that follows the last one and makes `now` the time of the last change. The backup must exist; a
  /// number that is taken fails the unit.
  virtual void append(AccountId account, const wire::BackupPack& pack, UnixMillis now) = 0;

  struct Range {
    std::uint32_t after = 0;
    std::size_t max_packs = wire::max_page_entries;
    /// Octets; the first pack is returned whatever its size.
    std::size_t max_size = wire::max_page_size;
  };
  /// Ascending and without a gap.
  [[nodiscard]] virtual std::vector<wire::BackupPack> read(AccountId account, const Range& range) = 0;
  /// Removes the backup with all of its packs, if there is one.
  virtual void remove(AccountId account) = 0;
};

}  // namespace sotto::service
