#include "session/device_list.h"

#include <algorithm>
#include <set>

#include "crypto/hash.h"
#include "session/labels.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

bool is_ascending(const std::vector<wire::DeviceRecord>& devices) {
  const auto not_before = [](const wire::DeviceRecord& left, const wire::DeviceRecord& right) {
    return left.device >= right.device;
  };
  return std::adjacent_find(devices.begin(), devices.end(), not_before) == devices.end();
}

/// Two devices with one key would be one device under two names.
bool keys_are_acceptable(const std::vector<wire::DeviceRecord>& devices) {
  std::set<X25519PublicKey> identity_keys;
  std::set<Ed25519PublicKey> signing_keys;
  for (const wire::DeviceRecord& device : devices) {
    if (!crypto::is_acceptable(device.identity_key) || device.signing_key.is_zero()) return false;
    if (!identity_keys.insert(device.identity_key).second) return false;
    if (!signing_keys.insert(device.signing_key).second) return false;
  }
  return true;
}

std::expected<void, DeviceListError> check_content(const wire::DeviceList& list, const AccountId& account) {
  if (list.account != account) return std::unexpected(DeviceListError::wrong_account);
  const bool is_first = list.version == 1;
  if (list.version == 0 || is_first == list.previous.has_value()) return std::unexpected(DeviceListError::bad_version);
  if (list.devices.empty() || list.devices.front().device.is_zero() || !is_ascending(list.devices)) {
    return std::unexpected(DeviceListError::bad_devices);
  }
  if (!keys_are_acceptable(list.devices)) return std::unexpected(DeviceListError::unacceptable_key);
  return {};
}

}  // namespace

wire::SignedDeviceList sign_device_list(const wire::DeviceList& list, const AccountIdentity& account) {
  Bytes encoded = wire::encode(list);
  const Ed25519Signature signature = crypto::sign(account.account_key, label::device_list, encoded);
  return {.list = std::move(encoded), .signature = signature};
}

wire::SignedDeviceList first_device_list(const AccountIdentity& account, const LocalDevice& device, UnixMillis now) {
  const wire::DeviceRecord record{.device = device.address.device,
                                  .signing_key = device.signing_key.public_key,
                                  .identity_key = device.identity_key.public_key,
                                  .added_at = now};
  const wire::DeviceList list{.account = account.account, .version = 1, .previous = {}, .devices = {record}};
  return sign_device_list(list, account);
}

std::expected<wire::SignedDeviceList, DeviceListChangeError> sign_next_device_list(const VerifiedDeviceList& known,
                                                                                   const DeviceListChange& change,
                                                                                   const AccountIdentity& account) {
  using enum DeviceListChangeError;
  wire::DeviceList next = known.list;
  next.version = known.list.version + 1;
  next.previous = known.digest;
  for (const DeviceId& device : change.removed) {
    const bool listed = std::erase_if(next.devices, [&](const auto& record) { return record.device == device; }) > 0;
    if (!listed) return std::unexpected(not_listed);
  }
  if (change.added) {
    const auto same = [&](const wire::DeviceRecord& record) {
      return record.device == change.added->device || record.signing_key == change.added->signing_key ||
             record.identity_key == change.added->identity_key;
    };
    if (std::ranges::any_of(next.devices, same)) return std::unexpected(already_listed);
    next.devices.push_back(*change.added);
  }
  if (next.devices.empty()) return std::unexpected(none_left);
  if (next.devices.size() > wire::max_devices) return std::unexpected(too_many);
  std::ranges::sort(next.devices, {}, &wire::DeviceRecord::device);
  return sign_device_list(next, account);
}

std::expected<VerifiedDeviceList, DeviceListError> verify_device_list(const wire::SignedDeviceList& signed_list,
                                                                      AccountId account,
                                                                      const Ed25519PublicKey& account_key) {
  if (!crypto::verify(account_key, label::device_list, signed_list.list, signed_list.signature)) {
    return std::unexpected(DeviceListError::bad_signature);
  }
  auto list = wire::decode_canonical<wire::DeviceList>(signed_list.list);
  if (!list) return std::unexpected(DeviceListError::malformed);
  if (const auto checked = check_content(*list, account); !checked) return std::unexpected(checked.error());
  return VerifiedDeviceList{
      .list = std::move(*list), .digest = crypto::sha256(signed_list.list), .account_key = account_key};
}

std::expected<Succession, DeviceListError> accept_successor(const VerifiedDeviceList& known,
                                                            const VerifiedDeviceList& offered) {
  if (offered.list.account != known.list.account) return std::unexpected(DeviceListError::wrong_account);
  if (offered.account_key != known.account_key) return std::unexpected(DeviceListError::account_key_changed);
  if (offered.list.version < known.list.version) return std::unexpected(DeviceListError::older);
  if (offered.list.version == known.list.version) {
    if (offered.digest != known.digest) return std::unexpected(DeviceListError::forked);
    return Succession::unchanged;
  }
  if (offered.list.version - known.list.version > 1) return Succession::jump;
  if (offered.list.previous != known.digest) return std::unexpected(DeviceListError::forked);
  return Succession::next;
}

std::optional<RemoteDevice> remote_device(const VerifiedDeviceList& list, DeviceId device) {
  const auto found = std::ranges::find(list.list.devices, device, &wire::DeviceRecord::device);
  if (found == list.list.devices.end()) return std::nullopt;
  return RemoteDevice{.address = {list.list.account, device},
                      .account_key = list.account_key,
                      .signing_key = found->signing_key,
                      .identity_key = found->identity_key};
}

}  // namespace sotto::session
