#pragma once

#include <array>
#include <functional>
#include <memory>

#include "service/ports/backup_store.h"
#include "service/ports/group_store.h"
#include "service/ports/link_store.h"
#include "service/ports/privacy_store.h"
#include "service/ports/report_store.h"
#include "service/ports/stores.h"
#include "service/ports/transparency_store.h"

namespace sotto::service {

/// The stores as one unit of work sees them.
class UnitOfWork {
 public:
  virtual ~UnitOfWork() = default;
  virtual AccountStore& accounts() = 0;
  virtual LoginStore& logins() = 0;
  virtual PrekeyStore& prekeys() = 0;
  virtual ConversationStore& conversations() = 0;
  virtual GroupStore& groups() = 0;
  virtual MailboxStore& mailboxes() = 0;
  virtual LinkStore& links() = 0;
  virtual BackupStore& backups() = 0;
  virtual PrivacyStore& privacy() = 0;
  virtual ReportStore& reports() = 0;
  virtual TransparencyStore& transparency() = 0;
  virtual ServerValueStore& values() = 0;
};

enum class WorkOutcome : std::uint8_t {
  /// All writes of the unit are durable.
  committed,
  /// The rule turned the request down; the unit's writes, if any, were undone.
  refused,
  /// The medium failed (full, gone, broken); none of the unit's writes took effect. If the storage was lost by it,
  /// they may be there when it is opened anew.
  failed,
};

/// What a rule decided about its own unit of work.
enum class Verdict : std::uint8_t { keep, undo };

/// A piece of work and what happens afterwards. The worker calls `run` once, on its own thread, and then `finish`
/// once, on the same thread, when the outcome is certain; `finish` only hands over (it must not block). An object is
/// owned by the storage from the moment it is submitted.
class Work {
 public:
  virtual ~Work() = default;
  virtual Verdict run(UnitOfWork& unit) = 0;
  virtual void finish(WorkOutcome outcome) = 0;
};

/// How often something took how long.
struct TimeCounts {
  /// In microseconds.
  static constexpr std::array<std::uint64_t, 10> bounds{50,    100,   250,    500,     1'000,
                                                        2'500, 5'000, 25'000, 100'000, 500'000};

  /// Those that took at most so long, and longer than the bound before; the last took longer than all bounds.
  std::array<std::uint64_t, bounds.size() + 1> counts{};
  /// Microseconds of all together.
  std::uint64_t sum = 0;
};

/// How busy a storage is, for whoever runs it.
struct StorageLoad {
  /// Bounds of `commits`: units of work in one commit.
  static constexpr std::array<std::uint64_t, 5> commit_bounds{1, 4, 16, 64, 256};

  std::size_t waiting_writes = 0;
  std::size_t waiting_reads = 0;
  /// Commits by how many units they held: at most so many, and more than the bound before.
  std::array<std::uint64_t, commit_bounds.size()> commits{};
  /// Units in all commits together.
  std::uint64_t committed_units = 0;
  /// Running the units of one commit, without waiting for the medium.
  TimeCounts write_time;
  /// Making them durable.
  TimeCounts commit_time;
  /// Running one unit of reading work.
  TimeCounts read_time;
  /// Octets of the database, and of what is written and not yet copied into it. Zero if there is no file.
  std::uint64_t size = 0;
  std::uint64_t log_size = 0;
};

/// Where the server's state lives. Writing work runs one after the other in the order of submission, many in one
/// commit (group commit: a batch closes when the queue is drained, at 256 works, or after 2 ms), and `finish` follows
/// the commit. Reading work runs beside it on a consistent, recent state that includes every write whose `finish` was
/// called before the submission. Both queues are bounded.
class Storage {
 public:
  virtual ~Storage() = default;
  /// Returns the work if the queue is full, so that the caller can answer `unavailable`; null when it was taken.
  [[nodiscard]] virtual std::unique_ptr<Work> submit_write(std::unique_ptr<Work> work) = 0;
  [[nodiscard]] virtual std::unique_ptr<Work> submit_read(std::unique_ptr<Work> work) = 0;
  /// Any thread; a recent state.
  [[nodiscard]] virtual StorageLoad load() const = 0;
};

}  // namespace sotto::service
