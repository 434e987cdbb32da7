#include "service/jobs.h"

#include "service/logins.h"
#include "service/mailboxes.h"

namespace sotto::service {
namespace {

UnixMillis before(UnixMillis now, Milliseconds span) {
  const auto count = static_cast<std::uint64_t>(span.count);
  return {now.value > count ? now.value - count : 0};
}

}  // namespace

std::size_t remove_expired_mailbox_items(UnitOfWork& unit, UnixMillis now) {
  return unit.mailboxes().remove_expired(before(now, mailbox_item_lifetime), job_batch);
}

std::size_t remove_idle_logins(UnitOfWork& unit, UnixMillis now) {
  return unit.logins().remove_idle(before(now, login_idle_time), job_batch);
}

std::size_t drop_expired_bodies(UnitOfWork& unit, UnixMillis now) {
  return unit.conversations().drop_expired_bodies(now, job_batch);
}

std::size_t remove_ended_links(UnitOfWork& unit, UnixMillis now) { return unit.links().remove_ended(now); }

}  // namespace sotto::service
