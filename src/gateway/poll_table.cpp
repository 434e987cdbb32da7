#include "gateway/poll_table.h"

#include <algorithm>

#include "base/secret.h"

namespace sotto::gateway {

wire::PollName PollTable::name_of(ConnectionId id, const Secret& secret) {
  wire::PollName name;
  for (std::size_t at = 0; at < sizeof(std::uint64_t); ++at) {
    name.bytes[at] = static_cast<std::uint8_t>(id.packed() >> (8 * at));
  }
  std::ranges::copy(secret, name.bytes.begin() + sizeof(std::uint64_t));
  return name;
}

std::optional<wire::PollName> PollTable::open(const PollSession::Parts& parts, PollSession::Client client,
                                              Counting counting) {
  const GatewaySettings& settings = parts.surroundings.settings;
  if (sessions_.size() >= settings.max_polled_streams) return std::nullopt;
  if (counting == Counting::counted) {
    const auto found = by_address_.find(client.address);
    if (found != by_address_.end() && found->second >= settings.max_connections_per_address) return std::nullopt;
  }
  ConnectionId id{.slot = next_slot_};
  while (sessions_.contains(id.packed())) ++id.generation;
  next_slot_ = std::max(next_slot_ + 1, ConnectionId::first_polled_slot);
  Entry entry;
  random_.fill(entry.secret);
  ++by_address_[client.address];
  entry.session = std::make_unique<PollSession>(parts, id, std::move(client));
  const wire::PollName name = name_of(id, entry.secret);
  sessions_.emplace(id.packed(), std::move(entry));
  return name;
}

PollTable::Entry* PollTable::find_entry(ConnectionId id) {
  const auto found = sessions_.find(id.packed());
  return found == sessions_.end() ? nullptr : &found->second;
}

PollSession* PollTable::find(const wire::PollName& name) {
  std::uint64_t packed = 0;
  for (std::size_t at = 0; at < sizeof packed; ++at) packed |= std::uint64_t{name.bytes[at]} << (8 * at);
  const ConnectionId id = ConnectionId::unpacked(packed);
  Entry* const entry = find_entry(id);
  if (entry == nullptr || !equal_in_constant_time(name_of(id, entry->secret).view(), name.view())) return nullptr;
  touch(id);
  return entry->session.get();
}

PollSession* PollTable::find(ConnectionId id) {
  Entry* const entry = find_entry(id);
  if (entry == nullptr) return nullptr;
  touch(id);
  return entry->session.get();
}

void PollTable::tick() {
  for (auto& [packed, entry] : sessions_) {
    entry.session->tick();
    touch(ConnectionId::unpacked(packed));
  }
}

void PollTable::settle() {
  for (std::size_t at = 0; at < touched_.size(); ++at) {
    Entry* const entry = find_entry(touched_[at]);
    if (entry == nullptr) continue;
    entry->session->settle();
    if (entry->session->is_over()) remove(touched_[at]);
  }
  touched_.clear();
}

void PollTable::remove(ConnectionId id) {
  const auto found = sessions_.find(id.packed());
  if (found == sessions_.end()) return;
  const auto count = by_address_.find(found->second.session->address());
  if (count != by_address_.end() && --count->second == 0) by_address_.erase(count);
  sessions_.erase(found);
}

void PollTable::stop() {
  for (auto& [packed, entry] : sessions_) {
    entry.session->stop();
    touch(ConnectionId::unpacked(packed));
  }
}

}  // namespace sotto::gateway
