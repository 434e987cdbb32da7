#pragma once

#include <array>

#include "service/context.h"

namespace sotto::service {

// Work that nobody asks for. The server runs each job in writing units of its own, at most `job_batch` rows at a time
// so that requests wait for no long one: again as long as a batch was full, and then after the job's interval.

inline constexpr std::size_t job_batch = 200;

/// Removes mailbox items older than `mailbox_item_lifetime`; returns how many.
std::size_t remove_expired_mailbox_items(UnitOfWork& unit, UnixMillis now);

/// Removes logins idle for longer than `login_idle_time`; returns how many. Their access tokens died long before.
std::size_t remove_idle_logins(UnitOfWork& unit, UnixMillis now);

/// Removes linkings that are over, with their boxes; returns how many. There are never many.
std::size_t remove_ended_links(UnitOfWork& unit, UnixMillis now);

/// Drops bodies whose `expires_at` has come; returns how many. The entries stay.
std::size_t drop_expired_bodies(UnitOfWork& unit, UnixMillis now);

struct Job {
  /// For logs.
  std::string_view name;
  /// One batch; how many rows it changed.
  std::size_t (*run)(UnitOfWork& unit, UnixMillis now) = nullptr;
  Milliseconds interval;
};

inline constexpr std::array jobs{
    Job{"mailbox items", remove_expired_mailbox_items, hours(1)},
    Job{"logins", remove_idle_logins, hours(1)},
    Job{"links", remove_ended_links, minutes(10)},
    Job{"message bodies", drop_expired_bodies, seconds(1)},
};

}  // namespace sotto::service
