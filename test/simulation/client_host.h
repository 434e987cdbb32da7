#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "client/engine.h"
#include "crypto/testing/deterministic_random.h"
#include "simulation/server_double.h"
#include "storage/client/sqlite_database.h"

namespace sotto::simulation {

/// A folder in memory where there is one, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct HostOptions {
  std::string name;
  std::string database_path;
  /// Decides the storage key and, with `process`, all randomness.
  std::uint64_t seed = 0;
  std::uint64_t process = 0;
};

/// One process of one home: an engine, its database, its stream. What it wants to send and tell is queued here; who
/// drives it decides when that travels.
class ClientHost {
 public:
  ClientHost(HostOptions options, UnixMillis now);

  /// Hands an input to the engine, which must be running.
  void handle(client::Input input, UnixMillis now);
  /// Issues a command and returns its number.
  std::uint64_t command(client::Command command, UnixMillis now);
  /// The answer to a command, if it came; it is taken out.
  [[nodiscard]] std::optional<client::Event> take_answer(std::uint64_t command);

  /// The process is gone at once; its database is as of its last commit.
  void crash();
  void start(UnixMillis now);
  [[nodiscard]] bool is_running() const { return engine_ != nullptr; }

  /// Copies the database of a process that does not run, or puts the copy back.
  void back_up();
  [[nodiscard]] bool has_backup() const { return has_backup_; }
  void restore();

  [[nodiscard]] const std::string& name() const { return options_.name; }
  [[nodiscard]] client::StorageKey storage_key() const;
  [[nodiscard]] bool wants_stream() const { return wants_stream_; }
  [[nodiscard]] std::optional<UnixMillis> wake_at() const { return wake_at_; }
  [[nodiscard]] std::deque<Bytes>& outgoing() { return outgoing_; }
  /// Processor time that the engine has taken so far.
  [[nodiscard]] std::chrono::nanoseconds spent() const { return spent_; }
  /// Everything that came by itself since this was last cleared.
  std::vector<client::Event> events;

 private:
  void take(client::Effects effects);

  HostOptions options_;
  std::unique_ptr<crypto::DeterministicRandom> random_;
  std::unique_ptr<storage::SqliteDatabase> database_;
  std::unique_ptr<client::Engine> engine_;
  std::chrono::nanoseconds spent_{};
  bool has_backup_ = false;
  bool wants_stream_ = false;
  std::optional<UnixMillis> wake_at_;
  std::deque<Bytes> outgoing_;
  std::vector<client::EventFrame> answers_;
  std::uint64_t next_command_ = 1;
};

}  // namespace sotto::simulation
