#pragma once

#include <memory>
#include <optional>

#include "base/ids.h"
#include "wire/frame.h"

namespace sotto::service {

/// A push for the devices of one account. Only a hint: it may be dropped, the log is the truth.
struct Notice {
  AccountId account;
  /// Only this device, if set.
  std::optional<DeviceId> device;
  /// All but this device, if set: the one that caused the notice and has its answer.
  std::optional<DeviceId> except_device;
  /// A push frame (id 0). Shared because one message goes to many accounts and is encoded once.
  std::shared_ptr<const wire::ServerFrame> frame;
};

/// Takes notices to every node that has a connection of the account.
class NoticeBus {
 public:
  virtual ~NoticeBus() = default;
  virtual void publish(const Notice& notice) = 0;
};

/// Where a node receives the notices of all nodes, its own included.
class NoticeListener {
 public:
  virtual ~NoticeListener() = default;
  virtual void receive(const Notice& notice) = 0;
};

}  // namespace sotto::service
