#pragma once

#include <deque>
#include <mutex>
#include <unordered_set>

#include "base/ids.h"
#include "base/time.h"
#include "service/ports/bus.h"

namespace sotto::service {

/// The logins that ended while an access token of theirs may still be valid, so that sign-out and revocation take
/// effect at once. An entry is dropped after `keep_for`, the longest life of an access token; the rate limits on
/// opening logins bound the size. May be used from any thread.
class EndedLogins {
 public:
  /// `keep_for` is the tokens' lifetime plus the clock skew that is forgiven.
  explicit EndedLogins(Milliseconds keep_for) : keep_for_(keep_for) {}

  /// Remembers the login if the notice is a `wire::LoginEnded`; else does nothing. Give it every notice that the node
  /// receives.
  void note(const Notice& notice, UnixMillis now);
  void add(LoginId login, UnixMillis now);
  [[nodiscard]] bool contains(LoginId login) const;
  [[nodiscard]] std::size_t size() const;

 private:
  struct Entry {
    LoginId login;
    UnixMillis ended_at;
  };

  Milliseconds keep_for_;
  mutable std::mutex mutex_;
  std::unordered_set<LoginId> logins_;
  /// Oldest first.
  std::deque<Entry> entries_;
};

}  // namespace sotto::service
