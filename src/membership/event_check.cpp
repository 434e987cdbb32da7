#include "membership/event_check.h"

#include <algorithm>

#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "membership/labels.h"
#include "wire/binary.h"

namespace sotto::membership {
namespace {

GroupError from(wire::DecodeError error) {
  return error == wire::DecodeError::not_canonical ? GroupError::not_canonical : GroupError::malformed;
}

bool is_in_order(const wire::DeviceList& list) {
  const auto not_before = [](const wire::DeviceRecord& left, const wire::DeviceRecord& right) {
    return left.device >= right.device;
  };
  return list.version != 0 && (list.version == 1) != list.previous.has_value() && !list.devices.empty() &&
         std::ranges::adjacent_find(list.devices, not_before) == list.devices.end();
}

std::expected<wire::DeviceList, GroupError> open_list(const wire::SignedDeviceList& signed_list, AccountId account,
                                                      const Ed25519PublicKey& account_key) {
  if (!crypto::verify(account_key, label::device_list, signed_list.list, signed_list.signature)) {
    return std::unexpected(GroupError::bad_signature);
  }
  auto list = wire::decode_canonical<wire::DeviceList>(signed_list.list);
  if (!list) return std::unexpected(from(list.error()));
  if (list->account != account || !is_in_order(*list)) return std::unexpected(GroupError::device_not_vouched_for);
  return *std::move(list);
}

}  // namespace

std::expected<wire::GroupEvent, GroupError> read_event(const wire::SignedGroupEvent& signed_event) {
  auto event = wire::decode_canonical<wire::GroupEvent>(signed_event.event);
  if (!event) return std::unexpected(from(event.error()));
  if (std::holds_alternative<std::monostate>(event->change)) return std::unexpected(GroupError::malformed);
  return *std::move(event);
}

std::expected<CheckedEvent, GroupError> check_event(const wire::SignedGroupEvent& signed_event, wire::GroupEvent event,
                                                    const Ed25519PublicKey& account_key) {
  const auto list = open_list(signed_event.device_list, event.actor, account_key);
  if (!list) return std::unexpected(list.error());
  const auto device = std::ranges::lower_bound(list->devices, event.actor_device, {}, &wire::DeviceRecord::device);
  if (device == list->devices.end() || device->device != event.actor_device) {
    return std::unexpected(GroupError::device_not_vouched_for);
  }
  if (!crypto::verify(device->signing_key, label::group_event, signed_event.event, signed_event.signature)) {
    return std::unexpected(GroupError::bad_signature);
  }
  return CheckedEvent{.event = std::move(event),
                      .digest = crypto::sha256(signed_event.event),
                      .device_list_version = list->version,
                      .device_list = crypto::sha256(signed_event.device_list.list)};
}

}  // namespace sotto::membership
