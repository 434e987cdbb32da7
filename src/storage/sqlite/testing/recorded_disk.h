#pragma once

#include <map>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"

namespace sotto::storage::sqlite::testing {

/// What is on a medium after power is lost: files by name.
using DiskImage = std::map<std::string, Bytes>;

// What happened to a disk, step by step. Files are numbered as they come into being.

struct FileCreated {
  std::string name;
  std::size_t file = 0;
};
struct FileRemoved {
  std::string name;
};
struct FileWritten {
  std::size_t file = 0;
  std::uint64_t offset = 0;
  Bytes octets;
};
struct FileTruncated {
  std::size_t file = 0;
  std::uint64_t size = 0;
};
/// The end of a sync; what came before the step `covers` is durable now.
struct FileSynced {
  std::size_t file = 0;
  std::size_t covers = 0;
  bool directory = false;
  /// The sync failed: what it covers has or has not reached the medium, and no later sync will bring it there.
  bool failed = false;
};
struct DirectorySynced {
  std::size_t covers = 0;
};
/// Somebody was told that something is durable.
struct Acknowledged {
  std::uint64_t what = 0;
};

using DiskStep =
    std::variant<FileCreated, FileRemoved, FileWritten, FileTruncated, FileSynced, DirectorySynced, Acknowledged>;

/// What becomes of writes that were never synced.
enum class Unsynced : std::uint8_t {
  dropped,
  kept,
  /// Each piece of 512 octets is, by chance, there, missing, or noise. Octets beside what was written stay as they are.
  torn,
};

/// A disk that goes through the steps of a recording, so that the power can be cut after each of them.
class RecordedDisk {
 public:
  /// Begins with files that are durable, numbered from 0 in the order of their names.
  RecordedDisk(const DiskImage& start, std::uint64_t seed);

  /// Steps must come in the order in which they were recorded.
  void apply(const DiskStep& step);

  [[nodiscard]] DiskImage cut(Unsynced unsynced);

 private:
  using Change = std::variant<FileWritten, FileTruncated>;
  struct Pending {
    std::size_t step = 0;
    Change change;
  };
  struct File {
    Bytes durable;
    std::vector<Pending> pending;
  };
  struct PendingName {
    std::size_t step = 0;
    std::string name;
    /// None if the name was removed.
    std::optional<std::size_t> file;
  };

  void settle(const FileSynced& sync);
  void settle_names(std::size_t covers);
  void change(Bytes& content, const Change& change, Unsynced unsynced);
  void tear(Bytes& content, const FileWritten& write);
  [[nodiscard]] std::uint64_t chance(std::uint64_t of) { return random_() % of; }

  std::mt19937_64 random_;
  std::size_t steps_ = 0;
  std::vector<File> files_;
  std::map<std::string, std::size_t> names_;
  std::vector<PendingName> pending_names_;
};

}  // namespace sotto::storage::sqlite::testing
