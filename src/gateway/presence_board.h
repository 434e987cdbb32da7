#pragma once

#include <deque>
#include <unordered_map>
#include <vector>

#include "base/seeded_hash.h"
#include "gateway/hub.h"
#include "service/privacy.h"

namespace sotto::gateway {

/// Who is online, as far as this node's live streams tell, and who watches that. Only what the rules allow is watched:
/// `watch` is given their answer, and `hide` what they said later. Lives on the network's thread; memory only, so a
/// restart forgets it and clients watch again when they resume.
class PresenceBoard {
 public:
  struct Times {
    transport::MonotonicTime now;
    UnixMillis clock;
  };

  /// `linger`: how long an account still counts as online after its last stream ended, so that a reconnect is shown to
  /// nobody.
  explicit PresenceBoard(std::chrono::milliseconds linger) : linger_(linger) {}

  /// A stream of the account became live.
  void arrive(AccountId account);
  /// A live stream of the account ended.
  void leave(AccountId account, const Times& times);

  struct Watch {
    AccountId watcher;
    /// Borrowed until `forget`.
    Subscriber& subscriber;
    transport::MonotonicTime asked_at;
  };
  /// Replaces what the stream watches. `presences` is what the rules granted; who is online is filled in, and those who
  /// hid themselves since the request are taken out.
  void watch(const Watch& watch, std::vector<wire::Presence>& presences);
  /// The stream watches nobody any more.
  void forget(Subscriber& subscriber);
  /// `NoticeKind::presence_hidden` or `presence_hidden_from_watcher`.
  void hide(const service::Notice& notice, transport::MonotonicTime now);

  /// Tells the watchers of those who have been away long enough.
  void tick(transport::MonotonicTime now);
  /// At most `limit` of those whose last time is not written yet; the caller writes them before it asks again.
  [[nodiscard]] std::vector<service::LastSeen> take_seen(std::size_t limit);
  /// Nobody lingers any more: for the end of the server.
  void end_lingering();

  [[nodiscard]] std::size_t watched() const { return watchers_.size(); }

 private:
  struct Watcher {
    AccountId account;
    Subscriber* subscriber = nullptr;
  };
  struct Watching {
    AccountId watcher;
    std::vector<AccountId> accounts;
  };
  struct Departure {
    AccountId account;
    Times times;
  };
  struct Hidden {
    AccountId account;
    /// Only from this one, if set.
    std::optional<AccountId> watcher;
    transport::MonotonicTime at;
  };

  [[nodiscard]] bool is_online(AccountId account) const {
    return live_.contains(account) || lingering_.contains(account);
  }
  [[nodiscard]] bool hid_since(AccountId account, const Watch& watch) const;
  void tell(AccountId account, const wire::Presence& presence);
  void announce(const Departure& departure);
  void unwatch(AccountId account, const Subscriber& subscriber);

  std::chrono::milliseconds linger_;
  /// Live streams of each account.
  std::unordered_map<AccountId, std::size_t, SeededHash> live_;
  /// Those whose last stream ended a moment ago and who did not come back.
  std::unordered_map<AccountId, Times, SeededHash> lingering_;
  /// Departures, oldest first; one that came back, or left again later, is passed over.
  std::deque<Departure> departures_;
  using Seen = std::unordered_map<AccountId, UnixMillis, SeededHash>;
  Seen unwritten_;
  /// What `take_seen` gave out last, which the storage may not show yet.
  Seen being_written_;
  std::unordered_map<AccountId, std::vector<Watcher>, SeededHash> watchers_;
  std::unordered_map<Subscriber*, Watching> watching_;
  /// Oldest first.
  std::deque<Hidden> hidden_;
};

}  // namespace sotto::gateway
