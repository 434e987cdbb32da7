#pragma once

#include <span>

#include "service/context.h"

namespace sotto::service {

/// Tells every device of the accounts the same, encoded once. `except`, if there is one, caused it and has its answer:
/// that device is left out.
void notify(std::span<const AccountId> accounts, const Caller* except, wire::Answer push, std::vector<Notice>& notices);

}  // namespace sotto::service
