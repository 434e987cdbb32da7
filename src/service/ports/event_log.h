#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"

namespace sotto::service {

/// What an operator should be able to look up after an incident.
enum class SecurityEventKind : std::uint8_t {
  registered,
  signed_in,
  sign_in_failed,
  signed_out,
  /// A login was ended by another one of its account, or because the account has too many.
  login_revoked,
  /// A refresh token came back after its successor was used; the login was ended.
  refresh_token_reused,
  device_list_replaced,
  rate_limited,
  /// A new device was signed in by a linked one.
  device_linked,
  /// A login for restoring was opened by password.
  recovery_began,
  /// The header of the backup was read, which is what guessing its passphrase needs.
  backup_opened,
  backup_replaced,
  backup_deleted,
  /// The account has a new account key.
  account_reset,
  /// A member reported a conversation.
  conversation_reported,
};

/// The kind's stable name in logs.
[[nodiscard]] constexpr std::string_view name_of(SecurityEventKind kind) {
  switch (kind) {
    case SecurityEventKind::registered:
      return "registered";
    case SecurityEventKind::signed_in:
      return "signed_in";
    case SecurityEventKind::sign_in_failed:
      return "sign_in_failed";
    case SecurityEventKind::signed_out:
      return "signed_out";
    case SecurityEventKind::login_revoked:
      return "login_revoked";
    case SecurityEventKind::refresh_token_reused:
      return "refresh_token_reused";
    case SecurityEventKind::device_list_replaced:
      return "device_list_replaced";
    case SecurityEventKind::rate_limited:
      return "rate_limited";
    case SecurityEventKind::device_linked:
      return "device_linked";
    case SecurityEventKind::recovery_began:
      return "recovery_began";
    case SecurityEventKind::backup_opened:
      return "backup_opened";
    case SecurityEventKind::backup_replaced:
      return "backup_replaced";
    case SecurityEventKind::backup_deleted:
      return "backup_deleted";
    case SecurityEventKind::account_reset:
      return "account_reset";
    case SecurityEventKind::conversation_reported:
      return "conversation_reported";
  }
  return "unknown";
}

/// A line for the operator's log. Ids only: no name, no content, no key, no token.
struct SecurityEvent {
  SecurityEventKind kind = SecurityEventKind::registered;
  UnixMillis at;
  std::optional<AccountId> account;
  std::optional<DeviceId> device;
  /// The login that began or ended.
  std::optional<LoginId> login;
  /// The peer's network address. The rules do not know it and leave it empty; the gateway fills it in if the operator
  /// wants addresses in logs.
  std::string address;
};

/// Where security events are written down. Called when what they speak of is durable.
class EventLog {
 public:
  virtual ~EventLog() = default;
  virtual void record(const SecurityEvent& event) = 0;
};

}  // namespace sotto::service
