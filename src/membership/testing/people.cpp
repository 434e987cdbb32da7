#include "membership/testing/people.h"

#include <algorithm>

#include "base/invariant.h"
#include "crypto/hash.h"
#include "crypto/x25519.h"
#include "membership/labels.h"
#include "wire/binary.h"

namespace sotto::membership::testing {

Person::Person(Random& random) : account_(random.next<AccountId>()), account_key_(crypto::generate_ed25519(random)) {
  list_.account = account_;
  add_device(random);
}

Person Person::copy() const {
  Person twin;
  twin.account_ = account_;
  twin.account_key_ = account_key_.copy();
  for (const Device& device : devices_) twin.devices_.push_back({device.id, device.signing_key.copy()});
  twin.list_ = list_;
  twin.signed_list_ = signed_list_;
  return twin;
}

void Person::add_device(Random& random) {
  Device device{.id = random.next<DeviceId>(), .signing_key = crypto::generate_ed25519(random)};
  std::vector<wire::DeviceRecord> records = list_.devices;
  records.push_back({.device = device.id,
                     .signing_key = device.signing_key.public_key,
                     .identity_key = crypto::generate_x25519(random).public_key,
                     .added_at = start_of_time});
  devices_.push_back(std::move(device));
  publish(std::move(records));
}

void Person::drop_device(std::size_t position) {
  std::vector<wire::DeviceRecord> records = list_.devices;
  std::erase_if(records, [&](const wire::DeviceRecord& record) { return record.device == devices_[position].id; });
  publish(std::move(records));
}

void Person::publish(std::vector<wire::DeviceRecord> records) {
  std::ranges::sort(records, {}, &wire::DeviceRecord::device);
  if (list_.version != 0) list_.previous = crypto::sha256(signed_list_.list);
  ++list_.version;
  list_.devices = std::move(records);
  signed_list_.list = wire::encode(list_);
  signed_list_.signature = crypto::sign(account_key_, label::device_list, signed_list_.list);
}

wire::GroupMember Person::as(wire::Role role) const {
  return {.account = account_, .account_key = account_key_.public_key, .role = role};
}

Actor Person::actor(std::size_t device) const { return {.account = account_, .device = devices_[device].id}; }

wire::SignedGroupEvent Person::sign(const wire::GroupEvent& event) const {
  const auto device = std::ranges::find(devices_, event.actor_device, &Device::id);
  invariant(device != devices_.end());
  return sign_group_event(event, signed_list_, device->signing_key);
}

wire::SignedGroupEvent Person::change(const Group& group, wire::GroupChange change, UnixMillis now) const {
  return sign(next_event(group, actor(), std::move(change), now));
}

std::vector<wire::GroupMember> in_order(std::vector<wire::GroupMember> members) {
  std::ranges::sort(members, {}, &wire::GroupMember::account);
  return members;
}

std::vector<AccountId> in_order(std::vector<AccountId> accounts) {
  std::ranges::sort(accounts);
  return accounts;
}

wire::SignedGroupEvent founding(const Person& owner, std::vector<wire::GroupMember> others, Random& random,
                                wire::ConversationKind kind) {
  others.push_back(owner.as(wire::Role::owner));
  wire::GroupCreated created{.salt = random.next<MessageId>(),
                             .kind = kind,
                             .members = in_order(std::move(others)),
                             .policies = {},
                             .profile = profile_named("first")};
  return owner.sign(first_event(owner.actor(), std::move(created), start_of_time));
}

Sha256Digest profile_named(std::string_view name) { return crypto::sha256(as_bytes(name)); }

}  // namespace sotto::membership::testing
