#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/connection.h"

namespace sotto::gateway {

/// Owns the connections of one executor and counts them by address.
class ConnectionTable {
 public:
  /// The name of the next connection to be added.
  [[nodiscard]] ConnectionId next_id();
  /// Its id must come from `next_id`, called just before.
  Connection& add(std::unique_ptr<Connection> connection);
  /// Null if it is gone.
  [[nodiscard]] Connection* find(ConnectionId id);
  void remove(ConnectionId id);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t count_from(const std::string& address) const;
  [[nodiscard]] std::vector<ConnectionId> ids() const;

 private:
  struct Slot {
    std::unique_ptr<Connection> connection;
    std::uint32_t generation = 0;
  };

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::string, std::size_t> by_address_;
  std::size_t size_ = 0;
};

}  // namespace sotto::gateway
