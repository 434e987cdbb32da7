#include "server/upkeep/backup_schedule.h"

#include <boost/asio/post.hpp>

namespace sotto::server {
namespace {

constexpr Milliseconds wait_after_failure = minutes(10);

}  // namespace

BackupSchedule::~BackupSchedule() {
  stopping_ = true;
  if (worker_.joinable()) worker_.join();
}

void BackupSchedule::start() {
  const auto newest = newest_backup(settings_.places.backups);
  const UnixMillis now = parts_.clock.now();
  if (newest) state_.newest_at = *newest;
  // One from the future was made by another clock, and says nothing.
  const bool recent = newest && *newest <= now && now - *newest < settings_.interval;
  wait(recent ? Milliseconds{settings_.interval.count - (now - *newest).count} : Milliseconds{});
}

void BackupSchedule::wait(Milliseconds span) {
  timer_.expires_after(std::chrono::milliseconds(span.count));
  timer_.async_wait([this](const boost::system::error_code& code) {
    if (!code) begin();
  });
}

void BackupSchedule::begin() {
  if (worker_.joinable()) worker_.join();
  const UnixMillis now = parts_.clock.now();
  worker_ = std::thread([this, now] {
    Outcome outcome = make_backup(settings_.places, now, [this] { return stopping_.load(); });
    if (outcome) remove_expired_backups(settings_.places.backups, now, settings_.retention);
    boost::asio::post(parts_.context, [this, now, outcome = std::move(outcome)] { finish(outcome, now); });
  });
}

void BackupSchedule::finish(const Outcome& outcome, UnixMillis begun_at) {
  const Milliseconds duration = parts_.clock.now() - begun_at;
  if (!outcome) {
    ++state_.failed;
    parts_.log.write(LogLevel::error, "the backup failed", {{"reason", outcome.error()}});
    return wait(std::min(settings_.interval, wait_after_failure));
  }
  ++state_.made;
  state_.newest_at = begun_at;
  state_.last_size = outcome->size;
  state_.last_duration = duration;
  parts_.log.write(LogLevel::info, "backup made",
                   {{"file", outcome->path.string()},
                    {"octets", std::to_string(outcome->size)},
                    {"milliseconds", std::to_string(duration.count)}});
  wait(settings_.interval);
}

}  // namespace sotto::server
