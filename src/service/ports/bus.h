#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "wire/frame.h"

namespace sotto::service {

/// What a node makes of a notice.
enum class NoticeKind : std::uint8_t {
  /// Gives the frame to the streams that the notice is meant for.
  push,
  /// The account shows its presence no more and is shown none: all watches of it end, with the frame as the last word,
  /// and so do its own.
  presence_hidden,
  /// The same for one watcher's watch of it.
  presence_hidden_from_watcher,
};

/// A push for the devices of one account or of many. Only a hint: it may be dropped, the log is the truth.
struct Notice {
  /// With `accounts` only the one that `except_device` is a device of.
  AccountId account;
  /// Only this device, if set.
  std::optional<DeviceId> device;
  /// All but this device, if set: the one that caused the notice and has its answer.
  std::optional<DeviceId> except_device;
  /// A push frame (id 0). Shared because one message goes to many accounts and is encoded once.
  std::shared_ptr<const wire::ServerFrame> frame;
  NoticeKind kind = NoticeKind::push;
  /// Of `presence_hidden_from_watcher` only.
  AccountId watcher = {};
  /// Of `push` only: all of these are told, each once. Shared because a group is told of every message.
  std::shared_ptr<const std::vector<AccountId>> accounts = {};
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
