#pragma once

#include <mutex>
#include <random>

#include "storage/sqlite/testing/layered_file_system.h"
#include "storage/sqlite/testing/recorded_disk.h"

namespace sotto::storage::sqlite::testing {

/// Writes down what SQLite does to its files. Nothing is really synced; a sync takes a while all the same, so that
/// others write meanwhile. Any thread.
class DiskRecorder final : public FileCalls {
 public:
  struct Faults {
    /// Of a thousand syncs and writes, how many fail.
    std::uint64_t syncs = 0;
    std::uint64_t writes = 0;
  };

  /// `start`: the files that are there.
  DiskRecorder(const DiskImage& start, std::uint64_t seed);

  /// Whom the storage told that something is durable tells it here.
  void acknowledge(std::uint64_t what);
  void set(Faults faults);
  /// All steps so far.
  [[nodiscard]] std::vector<DiskStep> steps();

 private:
  std::optional<int> open(const Handle& handle) override;
  std::optional<int> write(const Write& call) override;
  std::optional<int> truncate(std::string_view file, std::uint64_t size) override;
  std::optional<int> sync(const Handle& handle, Directory directory) override;
  std::optional<int> remove(std::string_view file, Directory directory) override;
  [[nodiscard]] bool fails(std::uint64_t of_thousand) { return random_() % 1'000 < of_thousand; }

  std::mutex mutex_;
  std::mt19937_64 random_;
  Faults faults_;
  std::map<std::string, std::size_t, std::less<>> files_;
  /// By file: syncs that failed; and by handle, how many of them it was told of. As Linux does, each handle hears of
  /// each failure once, also if it was another's sync that failed.
  std::map<std::size_t, std::size_t> failures_;
  std::map<const void*, std::size_t> told_;
  std::size_t next_file_ = 0;
  std::vector<DiskStep> steps_;
};

}  // namespace sotto::storage::sqlite::testing
