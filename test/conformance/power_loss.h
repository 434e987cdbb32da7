#pragma once

#include <map>
#include <string>
#include <vector>

#include "storage/sqlite/testing/disk_recorder.h"

namespace sotto::conformance {

/// Where the storage said that it had put a message.
struct Place {
  std::uint64_t conversation = 0;
  std::uint64_t seq = 0;
};

/// What the storage said of the messages that it was given, by their numbers.
struct Promises {
  std::map<std::uint64_t, Place> acknowledged;
  /// Given to it so far; the next message gets this number.
  std::uint64_t messages = 0;
};

/// What one run of a storage did to its disk.
struct Recording {
  storage::sqlite::testing::DiskImage start;
  std::vector<storage::sqlite::testing::DiskStep> steps;
  /// Of this run and those before; which of them were given when, `steps` tell.
  Promises promises;
  std::size_t failures = 0;
  /// Whether the storage took no more writes in the end, and wants to be opened again.
  bool lost = false;
};

struct RunSettings {
  std::uint64_t seed = 1;
  std::uint64_t messages = 40;
  /// From when on the storage is open.
  storage::sqlite::testing::DiskRecorder::Faults faults = {};
};

/// Opens the real storage over the files in `start`, appends messages as fast as it takes them, undoes every fifth,
/// puts an item beside every third into a mailbox, and closes it.
[[nodiscard]] Recording record(const storage::sqlite::testing::DiskImage& start, const Promises& before,
                               const RunSettings& settings);

/// Opens the real storage over what is left on the disk and compares it with what was promised. In words what does not
/// hold: it opens and is whole, each message is there once, under its number, with its item or without; the numbers
/// have no gap; nothing undone appears; all that was acknowledged is there; and it takes a new message.
[[nodiscard]] std::vector<std::string> breaches(const storage::sqlite::testing::DiskImage& image,
                                                const std::map<std::uint64_t, Place>& acknowledged);

}  // namespace sotto::conformance
