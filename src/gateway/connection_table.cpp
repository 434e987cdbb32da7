#include "gateway/connection_table.h"

#include "base/invariant.h"

namespace sotto::gateway {

ConnectionId ConnectionTable::next_id() {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  return {free_.back(), slots_[free_.back()].generation};
}

Connection& ConnectionTable::add(std::unique_ptr<Connection> connection) {
  const ConnectionId id = connection->id();
  invariant(!free_.empty() && free_.back() == id.slot && slots_[id.slot].generation == id.generation);
  free_.pop_back();
  if (connection->peer().counted) ++by_address_[connection->peer().address];
  ++size_;
  slots_[id.slot].connection = std::move(connection);
  return *slots_[id.slot].connection;
}

Connection* ConnectionTable::find(ConnectionId id) {
  if (id.slot >= slots_.size() || slots_[id.slot].generation != id.generation) return nullptr;
  return slots_[id.slot].connection.get();
}

void ConnectionTable::remove(ConnectionId id) {
  Connection* const connection = find(id);
  if (connection == nullptr) return;
  if (const auto count = by_address_.find(connection->peer().address);
      connection->peer().counted && count != by_address_.end() && --count->second == 0) {
    by_address_.erase(count);
  }
  slots_[id.slot].connection.reset();
  ++slots_[id.slot].generation;
  free_.push_back(id.slot);
  --size_;
}

std::size_t ConnectionTable::count_from(const std::string& address) const {
  const auto found = by_address_.find(address);
  return found == by_address_.end() ? 0 : found->second;
}

std::vector<ConnectionId> ConnectionTable::ids() const {
  std::vector<ConnectionId> ids;
  for (const Slot& slot : slots_) {
    if (slot.connection) ids.push_back(slot.connection->id());
  }
  return ids;
}

}  // namespace sotto::gateway
