#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "gateway/metrics.h"
#include "server/operator_log.h"
#include "server/upkeep/backup_files.h"

namespace sotto::server {

/// Makes backups at an interval and removes old ones. Lives on the network's thread; each backup has a thread of its
/// own while it is made, which works beside the server as another process would.
class BackupSchedule {
 public:
  struct Settings {
    BackupPlaces places;
    Milliseconds interval;
    /// How long a backup is kept.
    Milliseconds retention;
  };
  /// Borrowed for the object's life.
  struct Parts {
    boost::asio::io_context& context;
    const Clock& clock;
    OperatorLog& log;
  };

  BackupSchedule(const Parts& parts, Settings settings) : parts_(parts), settings_(std::move(settings)) {}
  BackupSchedule(const BackupSchedule&) = delete;
  BackupSchedule& operator=(const BackupSchedule&) = delete;
  ~BackupSchedule() { stop(); }

  /// Makes a backup at once if the newest one is older than the interval, and goes on from there.
  void start();
  /// Gives up a backup that is being made, and makes none any more.
  void stop();
  /// For metrics.
  [[nodiscard]] std::vector<gateway::NamedNumber> numbers() const;

 private:
  using Outcome = std::expected<MadeBackup, std::string>;
  struct State {
    /// Of the newest backup, also of one that was there at the start; zero if there is none.
    UnixMillis newest_at;
    /// Octets of the last one made.
    std::uint64_t last_size = 0;
    Milliseconds last_duration;
    std::uint64_t made = 0;
    std::uint64_t failed = 0;
  };

  void wait(Milliseconds span);
  void begin();
  void finish(const Outcome& outcome, UnixMillis begun_at);

  Parts parts_;
  Settings settings_;
  State state_;
  boost::asio::steady_timer timer_{parts_.context};
  std::thread worker_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace sotto::server
