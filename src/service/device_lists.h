#pragma once

#include "service/context.h"
#include "wire/directory.h"

namespace sotto::service {

/// What refusals of a list name.
inline constexpr std::string_view list_field = "device_list.list";

/// The list inside `signed_list`, if it is well formed (canonical, of this account, one to 32 devices in ascending
/// order of id, keys acceptable) and signed by `account_key`. Says nothing of its version. Fields in refusals begin
/// with "device_list".
[[nodiscard]] std::expected<wire::DeviceList, Refusal> open_device_list(const wire::SignedDeviceList& signed_list,
                                                                        AccountId account,
                                                                        const Ed25519PublicKey& account_key);

/// That an identity begins with this list: version 1, no predecessor, exactly this device.
[[nodiscard]] std::expected<void, Refusal> check_first_list(const wire::DeviceList& list, DeviceId device);

/// The list that an account has; it was checked before it was stored. Nothing if the storage is damaged.
[[nodiscard]] std::optional<wire::DeviceList> stored_device_list(const StoredAccount& account);

/// The refusal of a device that is not listed.
[[nodiscard]] std::unexpected<Refusal> not_listed(std::string_view field = {});

/// The device, if it is listed; borrowed from `list`.
[[nodiscard]] const wire::DeviceRecord* find_device(const wire::DeviceList& list, DeviceId device);

}  // namespace sotto::service
