#include <algorithm>
#include <limits>

#include "storage/memory/stores.h"

namespace sotto::storage::memory {

namespace {

DeviceAddress key_of(const service::MailboxStore::Address& address) { return {address.account, address.device}; }

}  // namespace

std::optional<std::uint64_t> MemoryMailboxStore::insert(const Address& recipient, const wire::MailboxItem& item) {
  const DeviceAddress mailbox = key_of(recipient);
  if (tables_.mailbox_receipts.contains({mailbox, item.sender_device, item.message})) return std::nullopt;
  const DeviceCounters* found = tables_.devices.find(mailbox);
  DeviceCounters counters = found != nullptr ? *found : DeviceCounters{};
  const std::uint64_t number = ++counters.last_mailbox_item;
  tables_.devices.put(mailbox, counters);
  wire::MailboxItem stored = item;
  stored.item = number;
  tables_.mailbox_items.insert({mailbox, number}, std::move(stored));
  tables_.mailbox_receipts.insert({mailbox, item.sender_device, item.message}, number);
  return number;
}

std::size_t MemoryMailboxStore::count(const Address& recipient) {
  return read(recipient, {.max_items = std::numeric_limits<std::size_t>::max(),
                          .max_size = std::numeric_limits<std::size_t>::max()})
      .size();
}

std::vector<wire::MailboxItem> MemoryMailboxStore::read(const Address& recipient, const Range& range) {
  const DeviceAddress mailbox = key_of(recipient);
  std::vector<wire::MailboxItem> items;
  const auto& rows = tables_.mailbox_items.rows();
  std::size_t size = 0;
  for (auto row = rows.upper_bound({mailbox, range.after});
       row != rows.end() && row->first.first == mailbox && items.size() < range.max_items; ++row) {
    size += row->second.body.size();
    if (!items.empty() && size > range.max_size) break;
    items.push_back(row->second);
  }
  return items;
}

void MemoryMailboxStore::remove_up_to(const Address& recipient, std::uint64_t item) {
  remove_if([&, mailbox = key_of(recipient)](const DeviceAddress& address, const wire::MailboxItem& other) {
    return address == mailbox && other.item <= item;
  });
}

std::size_t MemoryMailboxStore::remove_expired(UnixMillis oldest, std::size_t limit) {
  std::vector<std::pair<UnixMillis, std::pair<DeviceAddress, std::uint64_t>>> expired;
  for (const auto& [place, item] : tables_.mailbox_items.rows()) {
    if (item.sent_at < oldest) expired.emplace_back(item.sent_at, place);
  }
  std::ranges::sort(expired);
  if (expired.size() > limit) expired.resize(limit);
  for (const auto& [sent, place] : expired) remove(place);
  return expired.size();
}

void MemoryMailboxStore::remove_device(const Address& device) {
  remove_if([mailbox = key_of(device)](const DeviceAddress& address, const wire::MailboxItem&) {
    return address == mailbox;
  });
}

void MemoryMailboxStore::remove(const std::pair<DeviceAddress, std::uint64_t>& place) {
  const wire::MailboxItem* item = tables_.mailbox_items.find(place);
  if (item == nullptr) return;
  tables_.mailbox_receipts.erase({place.first, item->sender_device, item->message});
  tables_.mailbox_items.erase(place);
}

template <class Predicate>
void MemoryMailboxStore::remove_if(Predicate predicate) {
  std::vector<std::pair<DeviceAddress, std::uint64_t>> places;
  for (const auto& [place, item] : tables_.mailbox_items.rows()) {
    if (predicate(place.first, item)) places.push_back(place);
  }
  for (const auto& place : places) remove(place);
}

}  // namespace sotto::storage::memory
