#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "service/ports/storage.h"
#include "storage/sqlite/checkpointer.h"
#include "storage/sqlite/data_directory.h"
#include "storage/sqlite/reader.h"
#include "storage/sqlite/work_queue.h"
#include "storage/sqlite/writer.h"

namespace sotto::storage {

struct SqliteSettings {
  /// Pieces of work that may wait, of each kind.
  std::size_t queue_capacity = 8'192;
  std::size_t largest_batch = 256;
  std::chrono::microseconds longest_batch{2'000};
  std::size_t readers = 2;
  std::chrono::milliseconds checkpoint_interval{200};
  /// Octets of write-ahead log beyond which the writer finishes it before the next batch. A log that is short is soon
  /// overwritten, which is synced in half the time that one takes which grows, and its index stays in the caches.
  std::size_t longest_log = std::size_t{4} << 20U;
  /// Told a text for the operator, without any stored value, when the medium fails. Called on the storage's threads.
  std::function<void(std::string_view)> on_failure;
  /// Called once, on one of the storage's threads, when the medium failed in such a way that only a storage that is
  /// opened anew may write: this one fails all writing work from then on, and goes on reading.
  std::function<void()> on_lost;
  /// The name of a registered SQLite VFS; empty for the default.
  std::string vfs;
};

/// A server's state in one SQLite database in WAL mode, `synchronous=FULL`: one writer thread that commits in groups,
/// a pool of readers, and a thread that checkpoints. The file is <directory>/sotto.db.
class SqliteStorage final : public service::Storage {
 public:
  /// Creates the directory and the database if they do not exist. The error is a text for the operator.
  [[nodiscard]] static std::expected<std::unique_ptr<SqliteStorage>, std::string> open(
      const std::filesystem::path& directory, SqliteSettings settings);

  /// Takes no more work, runs what was taken, copies the log back into the database and closes it.
  ~SqliteStorage() override;

  [[nodiscard]] std::unique_ptr<service::Work> submit_write(std::unique_ptr<service::Work> work) override;
  [[nodiscard]] std::unique_ptr<service::Work> submit_read(std::unique_ptr<service::Work> work) override;

  [[nodiscard]] service::StorageLoad load() const override;

  /// Any thread: octets in the write-ahead log after the last commit.
  [[nodiscard]] std::size_t log_size() const { return writer_.log_size(); }

 private:
  struct Connections {
    std::unique_ptr<sqlite::Connection> writer;
    std::unique_ptr<sqlite::Connection> checkpointer;
    std::vector<std::unique_ptr<sqlite::Connection>> readers;
  };

  SqliteStorage(sqlite::DataDirectory directory, Connections connections, const SqliteSettings& settings);

  /// Closing must not copy it back.
  void keep_log();

  sqlite::DataDirectory directory_;
  Connections connections_;
  sqlite::WorkQueue writes_;
  sqlite::WorkQueue reads_;
  sqlite::Checkpointer checkpointer_;
  sqlite::Writer writer_;
  std::vector<std::unique_ptr<sqlite::Reader>> readers_;
  std::thread writer_thread_;
  std::thread checkpointer_thread_;
  std::vector<std::thread> reader_threads_;
};

}  // namespace sotto::storage
