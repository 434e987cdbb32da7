#pragma once

#include "service/context.h"
#include "wire/operations.h"

namespace sotto::service {

/// What a login that only restores a backup (`wire::Recover`) may ask. Every other operation is refused, a new one too
/// until it has a line here. `Authenticate` only ties a stream to the login; pushes need `Resume`.
template <class Request>
inline constexpr bool allowed_while_recovering = false;
template <>
inline constexpr bool allowed_while_recovering<wire::Refresh> = true;
template <>
inline constexpr bool allowed_while_recovering<wire::Authenticate> = true;
template <>
inline constexpr bool allowed_while_recovering<wire::SignOut> = true;
template <>
inline constexpr bool allowed_while_recovering<wire::ListLogins> = true;
template <>
inline constexpr bool allowed_while_recovering<wire::GetAccount> = true;
template <>
inline constexpr bool allowed_while_recovering<wire::PublishDeviceList> = true;
template <>
inline constexpr bool allowed_while_recovering<wire::GetBackup> = true;
template <>
inline constexpr bool allowed_while_recovering<wire::ReadBackup> = true;

/// `forbidden` if the caller's login may not ask this. To be called before any rule that takes a caller.
template <class Request>
[[nodiscard]] std::expected<void, Refusal> check_scope(const Caller& caller, const Request& request) {
  if (caller.scope == LoginScope::full) return {};
  bool allowed = allowed_while_recovering<Request>;
  if constexpr (std::same_as<Request, wire::GetAccount>) allowed = request.account == caller.account;
  if (allowed) return {};
  return refuse(wire::ErrorCode::forbidden, "the login may only restore a backup");
}

}  // namespace sotto::service
