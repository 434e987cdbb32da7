#pragma once

#include <unordered_map>
#include <vector>

#include "base/seeded_hash.h"
#include "gateway/reply.h"
#include "service/context.h"
#include "transport/outgoing_queue.h"

namespace sotto::gateway {

/// A push on its way to any number of streams, encoded once for each form.
class Push {
 public:
  explicit Push(std::shared_ptr<const wire::ServerFrame> frame) : frame_(std::move(frame)) {}

  [[nodiscard]] const wire::ServerFrame& frame() const { return *frame_; }
  /// A WebSocket message.
  [[nodiscard]] const transport::SharedBytes& octets(Form form);
  /// The frame alone, without a WebSocket's header.
  [[nodiscard]] const transport::SharedBytes& bare(Form form);

 private:
  std::shared_ptr<const wire::ServerFrame> frame_;
  transport::SharedBytes binary_;
  transport::SharedBytes json_;
  transport::SharedBytes bare_binary_;
  transport::SharedBytes bare_json_;
};

/// A stream as notices find it.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  virtual void push(Push& push) = 0;
};

/// Which streams of this executor belong to an account. Lives on the network's thread.
class Hub {
 public:
  /// `subscriber` is borrowed until `remove`.
  void add(const service::Caller& caller, Subscriber& subscriber);
  void remove(const service::Caller& caller, Subscriber& subscriber);
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Gives the notice to the streams that it is meant for. Notices with the same frame, one after the other, share its
  /// encoding.
  void deliver(const service::Notice& notice);

 private:
  struct Entry {
    DeviceId device;
    Subscriber* subscriber = nullptr;
  };

  void deliver(const AccountId& account, const service::Notice& notice);

  std::unordered_map<AccountId, std::vector<Entry>, SeededHash> streams_;
  std::size_t size_ = 0;
  std::optional<Push> last_;
};

}  // namespace sotto::gateway
