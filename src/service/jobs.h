#pragma once

#include "service/context.h"

namespace sotto::service {

// Work that nobody asks for. The server runs each in a writing unit, every `job_interval`.

inline constexpr Milliseconds job_interval = hours(1);

/// Removes mailbox items older than `mailbox_item_lifetime`; returns how many.
std::size_t remove_expired_mailbox_items(UnitOfWork& unit, UnixMillis now);

/// Removes logins idle for longer than `login_idle_time`; returns how many. Their access tokens died long before.
std::size_t remove_idle_logins(UnitOfWork& unit, UnixMillis now);

}  // namespace sotto::service
