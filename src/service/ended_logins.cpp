#include "service/ended_logins.h"

namespace sotto::service {

void EndedLogins::note(const Notice& notice, UnixMillis now) {
  if (const auto* ended = std::get_if<wire::LoginEnded>(&notice.frame->answer)) add(ended->login, now);
}

void EndedLogins::add(LoginId login, UnixMillis now) {
  const std::scoped_lock lock(mutex_);
  while (!entries_.empty() && entries_.front().ended_at + keep_for_ < now) {
    logins_.erase(entries_.front().login);
    entries_.pop_front();
  }
  if (logins_.insert(login).second) entries_.push_back({login, now});
}

bool EndedLogins::contains(LoginId login) const {
  const std::scoped_lock lock(mutex_);
  return logins_.contains(login);
}

std::size_t EndedLogins::size() const {
  const std::scoped_lock lock(mutex_);
  return logins_.size();
}

}  // namespace sotto::service
