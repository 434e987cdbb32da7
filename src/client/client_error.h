#pragma once

#include <string>

#include "wire/description.h"

namespace sotto::client {

/// Why a command failed, or a message will not be sent.
enum class ClientErrorCode : std::uint8_t {
  none,
  bad_command,
  not_registered,
  already_registered,
  registration_pending,
  not_logged_in,
  device_not_linked,
  login_ended,
  wrong_credentials,
  name_taken,
  invalid_name,
  invalid_password,
  invalid_text,
  unknown_account,
  own_account,
  unknown_conversation,
  unknown_login,
  identity_changed,
  number_differs,
  peer_unreachable,
  too_large,
  rate_limited,
  offline,
  server_refused,
  server_unavailable,
  server_distrusted,
  storage_failed,
  too_many,
  unknown_message,
  not_allowed,
  already_sent,
  invalid_link_code,
  other_server,
  no_linking,
  unknown_device,
  own_device,
  too_many_devices,
  weak_passphrase,
  no_backup,
  wrong_words,
  backup_busy,
  invalid_recovery_key,
  wrong_recovery_key,
  other_lock,
  backup_of_other_identity,
  backup_damaged,
  invalid_group_link,
  group_elsewhere,
  invitation_void,
  already_member,
  unknown_invitation,
  no_join_request,
  join_request_void,
};

constexpr auto describe(std::type_identity<ClientErrorCode>) {
  using enum ClientErrorCode;
  using Value = wire::EnumValue<ClientErrorCode>;
  return wire::enumeration(
      "ClientErrorCode", "Why a command failed, or a message will not be sent.",
      Value{none, "none", "Never in a failure."}, Value{bad_command, "bad_command", "The command is malformed."},
      Value{not_registered, "not_registered", "This home has no account yet."},
      Value{already_registered, "already_registered", "This home has an account already."},
      Value{registration_pending, "registration_pending", "A registration under another name was begun here."},
      Value{not_logged_in, "not_logged_in", "This device is logged out; log in."},
      Value{device_not_linked, "device_not_linked", "This home holds no device of that account."},
      Value{login_ended, "login_ended", "The server ended this device's login; log in again."},
      Value{wrong_credentials, "wrong_credentials", "Name or password is wrong."},
      Value{name_taken, "name_taken", "Another account has this name."},
      Value{invalid_name, "invalid_name", "Not a possible account name."},
      Value{invalid_password, "invalid_password", "The password is too short or too long."},
      Value{invalid_text, "invalid_text", "The text is empty, too long or not UTF-8."},
      Value{unknown_account, "unknown_account", "The server knows no account of that name."},
      Value{own_account, "own_account", "That is the own account."},
      Value{unknown_conversation, "unknown_conversation", "This home knows no such conversation."},
      Value{unknown_login, "unknown_login", "There is no such login."},
      Value{identity_changed, "identity_changed", "The verified contact's identity changed; decide first."},
      Value{number_differs, "number_differs", "The compared safety number is not the current one."},
      Value{peer_unreachable, "peer_unreachable", "No device of the other account can be encrypted to."},
      Value{too_large, "too_large", "Too large to be sent."},
      Value{rate_limited, "rate_limited", "The server asks to wait."},
      Value{offline, "offline", "The server could not be reached in time."},
      Value{server_refused, "server_refused", "The server refused; the text says why."},
      Value{server_unavailable, "server_unavailable", "The server cannot serve at the moment."},
      Value{server_distrusted, "server_distrusted", "The server's answer does not verify; nothing was believed."},
      Value{storage_failed, "storage_failed", "This device's database could not be written; nothing was changed."},
      Value{too_many, "too_many", "Too many commands are waiting."},
      Value{unknown_message, "unknown_message", "This home holds no such message."},
      Value{not_allowed, "not_allowed", "That is not this account's right."},
      Value{already_sent, "already_sent", "The message is on its way or sent already."},
      Value{invalid_link_code, "invalid_link_code", "Not the code of a new device, or not all of it."},
      Value{other_server, "other_server", "The code is of a device that wants to join another server."},
      Value{no_linking, "no_linking", "There is no linking to confirm, or its time is over."},
      Value{unknown_device, "unknown_device", "The account has no such device."},
      Value{own_device, "own_device", "A device is removed by another one."},
      Value{too_many_devices, "too_many_devices", "The account has as many devices as it can have."},
      Value{weak_passphrase, "weak_passphrase", "The passphrase has fewer than 12 characters."},
      Value{no_backup, "no_backup", "There is no backup."},
      Value{wrong_words, "wrong_words", "Not the words of the recovery key that were asked for."},
      Value{backup_busy, "backup_busy", "The backup is still being read."},
      Value{invalid_recovery_key, "invalid_recovery_key", "Not a recovery key; the text says where it is wrong."},
      Value{wrong_recovery_key, "wrong_recovery_key", "The recovery key or passphrase does not open this backup."},
      Value{other_lock, "other_lock", "This backup opens with a passphrase instead of a recovery key, or the reverse."},
      Value{backup_of_other_identity, "backup_of_other_identity", "The backup is not of the identity that is shown."},
      Value{backup_damaged, "backup_damaged", "The backup is incomplete, changed, or of a newer version."},
      Value{invalid_group_link, "invalid_group_link", "Not the link of an invitation, or not all of it."},
      Value{group_elsewhere, "group_elsewhere", "The invitation is to a group on another server."},
      Value{invitation_void, "invitation_void", "The invitation has expired, was used up or revoked."},
      Value{already_member, "already_member", "This account is in the group already."},
      Value{unknown_invitation, "unknown_invitation", "The group has no such invitation."},
      Value{no_join_request, "no_join_request", "The account does not ask to be let in."},
      Value{join_request_void, "join_request_void", "The invitation behind the request is not valid any more."});
}

/// A failure for a person and for a program.
struct ClientError {
  ClientErrorCode code = ClientErrorCode::none;
  std::string text;
  bool retryable = false;

  static constexpr auto describe() {
    return wire::message("ClientError", "Why a command failed.",
                         wire::field(1, "code", &ClientError::code, "The reason."),
                         wire::field(2, "text", &ClientError::text, wire::at_most(512), "English, for people."),
                         wire::field(3, "retryable", &ClientError::retryable,
                                     "Whether the same command may succeed later without anybody's doing."));
  }
};

}  // namespace sotto::client
