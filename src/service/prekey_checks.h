#pragma once

#include "service/context.h"
#include "wire/prekeys.h"

namespace sotto::service {

/// The device whose prekeys they are to be, as its account's signed list shows it.
struct PrekeyOwner {
  AccountId account;
  wire::DeviceRecord device;
};

/// That the signed and the last-resort prekey are there, without which nobody can begin a session with the device.
[[nodiscard]] std::expected<void, Refusal> check_complete(const wire::PublishPrekeys& prekeys);

/// Ids not 0, keys acceptable, and each signature made by the device over a `wire::PrekeyStatement` under the context
/// of its kind. `path` stands before the field in a refusal: empty or ending in a dot.
[[nodiscard]] std::expected<void, Refusal> check_prekeys(const wire::PublishPrekeys& prekeys, const PrekeyOwner& owner,
                                                         std::string_view path);

}  // namespace sotto::service
