#include "storage/memory/stores.h"

namespace sotto::storage::memory {

namespace {

template <class Prekey>
auto first_of(const Table<PrekeyName, Prekey>& prekeys, const DeviceAddress& device) {
  return prekeys.rows().lower_bound({device, 0});
}

template <class Prekey>
std::uint32_t count_of(const Table<PrekeyName, Prekey>& prekeys, const DeviceAddress& device) {
  std::uint32_t count = 0;
  for (auto row = first_of(prekeys, device); row != prekeys.rows().end() && row->first.first == device; ++row) ++count;
  return count;
}

template <class Prekey>
std::optional<Prekey> take_first(Table<PrekeyName, Prekey>& prekeys, const DeviceAddress& device) {
  const auto row = first_of(prekeys, device);
  if (row == prekeys.rows().end() || row->first.first != device) return std::nullopt;
  const PrekeyName name = row->first;
  const Prekey prekey = row->second;
  prekeys.erase(name);
  return prekey;
}

DeviceCounters counters_of(const Tables& tables, const DeviceAddress& device) {
  const DeviceCounters* counters = tables.devices.find(device);
  return counters != nullptr ? *counters : DeviceCounters{};
}

}  // namespace

void MemoryPrekeyStore::replace_signed(AccountId account, DeviceId device, const wire::SignedPrekey& prekey) {
  tables_.signed_prekeys.put({account, device}, prekey);
}

void MemoryPrekeyStore::replace_last_resort(AccountId account, DeviceId device, const wire::KemPrekey& prekey) {
  tables_.last_resort_prekeys.put({account, device}, prekey);
}

void MemoryPrekeyStore::add_one_time(AccountId account, DeviceId device, std::span<const wire::OneTimePrekey> prekeys) {
  const DeviceAddress address = {account, device};
  DeviceCounters counters = counters_of(tables_, address);
  for (const wire::OneTimePrekey& prekey : prekeys) {
    if (prekey.id <= counters.highest_one_time_prekey) continue;
    counters.highest_one_time_prekey = prekey.id;
    tables_.one_time_prekeys.insert({address, prekey.id}, prekey);
  }
  tables_.devices.put(address, counters);
}

void MemoryPrekeyStore::add_kem(AccountId account, DeviceId device, std::span<const wire::KemPrekey> prekeys) {
  const DeviceAddress address = {account, device};
  DeviceCounters counters = counters_of(tables_, address);
  for (const wire::KemPrekey& prekey : prekeys) {
    if (prekey.id <= counters.highest_kem_prekey) continue;
    counters.highest_kem_prekey = prekey.id;
    tables_.kem_prekeys.insert({address, prekey.id}, prekey);
  }
  tables_.devices.put(address, counters);
}

wire::PrekeyStock MemoryPrekeyStore::stock(AccountId account, DeviceId device) {
  const DeviceAddress address = {account, device};
  return {.one_time_prekeys = count_of(tables_.one_time_prekeys, address),
          .kem_prekeys = count_of(tables_.kem_prekeys, address)};
}

std::optional<wire::PrekeyBundle> MemoryPrekeyStore::claim(AccountId account, DeviceId device) {
  const DeviceAddress address = {account, device};
  const wire::SignedPrekey* signed_prekey = tables_.signed_prekeys.find(address);
  if (signed_prekey == nullptr) return std::nullopt;
  std::optional<wire::KemPrekey> kem_prekey = take_first(tables_.kem_prekeys, address);
  const bool last_resort = !kem_prekey.has_value();
  if (last_resort) {
    const wire::KemPrekey* found = tables_.last_resort_prekeys.find(address);
    if (found == nullptr) return std::nullopt;
    kem_prekey = *found;
  }
  return wire::PrekeyBundle{.device = device,
                            .signed_prekey = *signed_prekey,
                            .kem_prekey = *kem_prekey,
                            .kem_prekey_is_last_resort = last_resort,
                            .one_time_prekey = take_first(tables_.one_time_prekeys, address)};
}

void MemoryPrekeyStore::remove_device(AccountId account, DeviceId device) {
  const DeviceAddress address = {account, device};
  const auto of_device = [&](const PrekeyName& name, const auto&) { return name.first == address; };
  tables_.signed_prekeys.erase(address);
  tables_.last_resort_prekeys.erase(address);
  tables_.one_time_prekeys.erase_if(of_device);
  tables_.kem_prekeys.erase_if(of_device);
}

}  // namespace sotto::storage::memory
