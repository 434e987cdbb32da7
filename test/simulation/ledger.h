#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "session/device.h"
#include "simulation/server_double.h"

namespace sotto::simulation {

/// An entry as the server took it, and who might read it at that moment.
struct LoggedEntry {
  wire::LogEntry entry;
  /// Members; of an event, those before and after it.
  std::set<AccountId> readers;
  /// The devices on the members' lists, which are those that the server's epoch stood for.
  std::set<session::DeviceAddress> entitled;
  /// Those of them that had given the server no prekeys yet, or only a moment ago.
  std::set<session::DeviceAddress> without_prekeys;
};

/// The truth about every conversation, noted by watching the server's storage whenever it has answered. It also finds
/// out at once whether the server hands an entry to somebody to whom it does not belong.
class Ledger {
 public:
  /// Borrows the server and listens to all that leaves it.
  explicit Ledger(ServerDouble& server);
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  [[nodiscard]] const std::map<ConversationId, std::vector<LoggedEntry>>& logs() const { return logs_; }
  [[nodiscard]] bool is_listed(const session::DeviceAddress& device);
  /// Whether the entry was for the device's account, which has the device only since: then it is history, which a
  /// device is given when it is linked.
  [[nodiscard]] bool is_history_for(const session::DeviceAddress& device, const LoggedEntry& logged) const;
  /// Absent for who never was a member.
  [[nodiscard]] std::optional<service::StoredMember> member(ConversationId conversation, AccountId account);
  /// What was handed to the wrong device, in words.
  [[nodiscard]] const std::vector<std::string>& handed() const { return handed_; }

 private:
  void note(const ServerDouble::Exchange& exchange, const wire::ServerFrame& reply);
  void note_new_entries(ConversationId conversation);
  [[nodiscard]] LoggedEntry logged(const wire::LogEntry& entry);
  [[nodiscard]] std::vector<DeviceId> devices_of(AccountId account);
  void check_leaving(const service::Caller& receiver, const wire::ServerFrame& frame);
  void check_handed(const service::Caller& receiver, const wire::LogEntry& entry);

  ServerDouble& server_;
  std::map<ConversationId, std::vector<LoggedEntry>> logs_;
  std::map<ConversationId, std::set<AccountId>> members_;
  /// When a device's first prekeys came.
  std::map<session::DeviceAddress, UnixMillis> supplied_;
  std::vector<std::string> handed_;
};

}  // namespace sotto::simulation
