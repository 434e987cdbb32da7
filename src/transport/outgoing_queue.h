#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace sotto::transport {

/// Octets ready for the socket. Shared because one push goes to many connections and is encoded once.
using SharedBytes = std::shared_ptr<const Bytes>;

/// What waits to be written to one connection, in order. Owns nothing while it is empty.
class OutgoingQueue {
 public:
  void push(SharedBytes frame);

  /// Octets not yet written.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// Fills `pieces` with what is to be written next; returns how many it filled.
  [[nodiscard]] std::size_t front(std::span<ByteView> pieces) const;
  /// Drops `size` written octets from the front.
  void written(std::size_t size);
  /// Drops everything.
  void clear();

 private:
  std::vector<SharedBytes> frames_;
  std::size_t first_ = 0;    // Frames before it are written and already let go.
  std::size_t written_ = 0;  // Octets of the first frame that are written.
  std::size_t size_ = 0;
};

}  // namespace sotto::transport
