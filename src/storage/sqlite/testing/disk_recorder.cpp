#include "storage/sqlite/testing/disk_recorder.h"

#include <sqlite3.h>
#include <thread>
#include <utility>

namespace sotto::storage::sqlite::testing {

namespace {

constexpr std::chrono::microseconds time_of_a_sync{100};

}  // namespace

DiskRecorder::DiskRecorder(const DiskImage& start, std::uint64_t seed) : random_(seed) {
  for (const auto& [name, content] : start) files_[name] = next_file_++;
}

void DiskRecorder::acknowledge(std::uint64_t what) {
  const std::lock_guard lock(mutex_);
  steps_.push_back(Acknowledged{what});
}

void DiskRecorder::set(Faults faults) {
  const std::lock_guard lock(mutex_);
  faults_ = faults;
}

std::vector<DiskStep> DiskRecorder::steps() {
  const std::lock_guard lock(mutex_);
  return steps_;
}

std::optional<int> DiskRecorder::open(const Handle& handle) {
  const std::lock_guard lock(mutex_);
  if (handle.file.empty()) return std::nullopt;
  const auto [found, is_new] = files_.try_emplace(std::string(handle.file), next_file_);
  if (is_new) steps_.push_back(FileCreated{.name = found->first, .file = next_file_++});
  told_[handle.number] = failures_[found->second];
  return std::nullopt;
}

std::optional<int> DiskRecorder::write(const Write& call) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(call.file);
  if (found == files_.end()) return std::nullopt;
  FileWritten step{
      .file = found->second, .offset = call.offset, .octets = Bytes(call.octets.begin(), call.octets.end())};
  const bool fails_now = fails(faults_.writes);
  if (fails_now) step.octets.resize(random_() % step.octets.size());
  steps_.push_back(std::move(step));
  return fails_now ? std::optional(random_() % 2 == 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE) : std::nullopt;
}

std::optional<int> DiskRecorder::truncate(std::string_view file, std::uint64_t size) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(file);
  if (found != files_.end()) steps_.push_back(FileTruncated{.file = found->second, .size = size});
  return std::nullopt;
}

std::optional<int> DiskRecorder::sync(const Handle& handle, Directory directory) {
  std::unique_lock lock(mutex_);
  const auto found = files_.find(handle.file);
  if (found == files_.end()) return std::nullopt;
  FileSynced step{.file = found->second,
                  .covers = steps_.size(),
                  .directory = directory == Directory::synced,
                  .failed = fails(faults_.syncs)};
  lock.unlock();
  std::this_thread::sleep_for(time_of_a_sync);
  lock.lock();
  steps_.push_back(step);
  if (step.failed) ++failures_[step.file];
  const std::size_t told = std::exchange(told_[handle.number], failures_[step.file]);
  return told < failures_[step.file] ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

std::optional<int> DiskRecorder::remove(std::string_view file, Directory directory) {
  const std::lock_guard lock(mutex_);
  const auto found = files_.find(file);
  if (found == files_.end()) return std::nullopt;
  files_.erase(found);
  steps_.push_back(FileRemoved{.name = std::string(file)});
  if (directory == Directory::synced) steps_.push_back(DirectorySynced{.covers = steps_.size()});
  return std::nullopt;
}

}  // namespace sotto::storage::sqlite::testing
