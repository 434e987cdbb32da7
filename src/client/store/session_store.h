#pragma once

#include <optional>
#include <vector>

#include "client/store/store_context.h"
#include "session/stored_state.h"

namespace sotto::client {

/// The sessions with one device, and what is to be done about them.
struct DeviceSessions {
  session::PeerSessions sessions;
  /// A new session must be started before anything is sealed.
  bool renew = false;
  /// A repair must be sent over the new session.
  bool repair = false;
  UnixMillis repaired_at;

  [[nodiscard]] bool can_seal() const { return sessions.can_seal() && !renew; }
};

/// The table `sessions`. All calls inside a transition; nothing of it outlives one.
class SessionStore {
 public:
  explicit SessionStore(const StoreContext& context) : context_(context) {}

  /// Empty for a device that is not known.
  [[nodiscard]] DeviceSessions load(const session::DeviceAddress& address);
  void save(const session::DeviceAddress& address, const DeviceSessions& sessions);
  /// This device's own state is an old copy: what it seals with present sessions could not be opened.
  void renew_all();
  void remove_account(AccountId account);
  void remove(const session::DeviceAddress& address);
  [[nodiscard]] std::vector<session::DeviceAddress> of_account(AccountId account);
  /// Devices that wait for a repair, at most `limit`.
  [[nodiscard]] std::vector<session::DeviceAddress> to_repair(std::size_t limit);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
