#include "server/upkeep/backup_schedule.h"

#include <boost/asio/post.hpp>

namespace sotto::server {
namespace {

constexpr Milliseconds wait_after_failure = minutes(10);

}  // namespace

void BackupSchedule::stop() {
  stopping_ = true;
  timer_.cancel();
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

std::vector<gateway::NamedNumber> BackupSchedule::numbers() const {
  const auto seconds_of = [](auto milliseconds) { return static_cast<double>(milliseconds) / 1'000; };
  using enum gateway::NumberKind;
  return {{"sotto_backups_total", "Backups made.", counter, static_cast<double>(state_.made)},
          {"sotto_backup_failures_total", "Backups that failed.", counter, static_cast<double>(state_.failed)},
          {"sotto_backup_newest_timestamp_seconds", "When the newest backup was begun; 0 if there is none.", gauge,
           seconds_of(state_.newest_at.value)},
          {"sotto_backup_bytes", "Size of the last backup made.", gauge, static_cast<double>(state_.last_size)},
          {"sotto_backup_duration_seconds", "How long the last backup took.", gauge,
           seconds_of(state_.last_duration.count)}};
}

void BackupSchedule::wait(Milliseconds span) {
  timer_.expires_after(std::chrono::milliseconds(span.count));
  timer_.async_wait([this](const boost::system::error_code& code) {
    if (!code) begin();
  });
}

void BackupSchedule::begin() {
  if (stopping_) return;
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
