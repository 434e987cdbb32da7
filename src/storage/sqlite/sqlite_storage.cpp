#include "storage/sqlite/sqlite_storage.h"

#include <pthread.h>
#include <sqlite3.h>

#include "storage/sqlite/server_database.h"

namespace sotto::storage {

namespace {

std::function<void(const sqlite::Error&)> failure_report(const SqliteSettings& settings) {
  return [on_failure = settings.on_failure](const sqlite::Error& error) {
    if (on_failure) on_failure("SQLite " + std::to_string(error.code) + ": " + error.text);
  };
}

std::function<void(const sqlite::Error&)> lost_sync_report(const SqliteSettings& settings) {
  return [report = failure_report(settings), on_lost = settings.on_lost](const sqlite::Error& error) {
    report(error);
    if (on_lost) on_lost();
  };
}

/// A thread that tools show by its name, of at most 15 letters.
std::thread named_thread(const char* name, std::function<void()> function) {
  return std::thread([name, function = std::move(function)] {
    ::pthread_setname_np(::pthread_self(), name);
    function();
  });
}

}  // namespace

std::expected<std::unique_ptr<SqliteStorage>, std::string> SqliteStorage::open(const std::filesystem::path& directory,
                                                                               SqliteSettings settings) {
  auto claimed = sqlite::DataDirectory::claim(directory);
  if (!claimed) return std::unexpected(claimed.error());
  if (const auto prepared = claimed->prepare_database(); !prepared) return std::unexpected(prepared.error());
  const sqlite::DatabaseFile file = {.path = claimed->database(), .vfs = settings.vfs};
  Connections connections;
  auto writer = sqlite::open_server_database(file);
  if (!writer) return std::unexpected(writer.error());
  connections.writer = std::move(*writer);
  auto checkpointer = sqlite::open_again(file, sqlite::Access::read_write);
  if (!checkpointer) return std::unexpected(checkpointer.error());
  connections.checkpointer = std::move(*checkpointer);
  while (connections.readers.size() < settings.readers) {
    auto reader = sqlite::open_again(file, sqlite::Access::read_only);
    if (!reader) return std::unexpected(reader.error());
    connections.readers.push_back(std::move(*reader));
  }
  return std::unique_ptr<SqliteStorage>(new SqliteStorage(std::move(*claimed), std::move(connections), settings));
}

SqliteStorage::SqliteStorage(sqlite::DataDirectory directory, Connections connections, const SqliteSettings& settings)
    : directory_(std::move(directory)),
      connections_(std::move(connections)),
      writes_(settings.queue_capacity),
      reads_(settings.queue_capacity),
      checkpointer_(*connections_.checkpointer,
                    {.interval = settings.checkpoint_interval, .on_lost_sync = lost_sync_report(settings)}),
      writer_(*connections_.writer, writes_, checkpointer_,
              {.largest_batch = settings.largest_batch,
               .longest_batch = settings.longest_batch,
               .longest_log = settings.longest_log,
               .on_failure = failure_report(settings)}) {
  for (const auto& connection : connections_.readers) {
    readers_.push_back(std::make_unique<sqlite::Reader>(*connection, reads_, failure_report(settings)));
  }
  writer_thread_ = named_thread("sotto-writer", [this] { writer_.run(); });
  checkpointer_thread_ = named_thread("sotto-checkpt", [this] { checkpointer_.run(); });
  for (const auto& reader : readers_) {
    reader_threads_.push_back(named_thread("sotto-reader", [&reader = *reader] { reader.run(); }));
  }
}

SqliteStorage::~SqliteStorage() {
  writes_.close();
  writer_thread_.join();
  reads_.close();
  for (std::thread& thread : reader_threads_) thread.join();
  checkpointer_.stop();
  checkpointer_thread_.join();
  checkpointer_.empty_log(*connections_.writer);
  if (checkpointer_.has_lost_sync()) keep_log();
}

void SqliteStorage::keep_log() {
  const auto keep = [](const sqlite::Connection& connection) {
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  };
  keep(*connections_.writer);
  keep(*connections_.checkpointer);
  for (const auto& reader : connections_.readers) keep(*reader);
}

std::unique_ptr<service::Work> SqliteStorage::submit_write(std::unique_ptr<service::Work> work) {
  return writes_.push(std::move(work));
}

std::unique_ptr<service::Work> SqliteStorage::submit_read(std::unique_ptr<service::Work> work) {
  return reads_.push(std::move(work));
}

service::StorageLoad SqliteStorage::load() const {
  service::StorageLoad load;
  load.waiting_writes = writes_.size();
  load.waiting_reads = reads_.size();
  writer_.count_commits(load);
  for (const auto& reader : readers_) reader->count_time(load.read_time);
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(directory_.database(), unknown);
  if (!unknown) load.size = size;
  load.log_size = log_size();
  return load;
}

}  // namespace sotto::storage
