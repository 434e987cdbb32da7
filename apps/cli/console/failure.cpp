#include "cli/console/failure.h"

#include "cli/terminal/characters.h"
#include "wire/field_kind.h"

namespace sotto::cli {
namespace {

std::string name_of(client::ClientErrorCode code) {
  for (const auto& value : wire::enumeration_of<client::ClientErrorCode>.values) {
    if (value.value == code) return std::string(value.name);
  }
  return "unknown";
}

}  // namespace

ExitCode exit_code_of(client::ClientErrorCode code) {
  using enum client::ClientErrorCode;
  switch (code) {
    case not_registered:
    case not_logged_in:
    case device_not_linked:
    case login_ended:
      return ExitCode::not_signed_in;
    case offline:
    case server_unavailable:
      return ExitCode::unreachable;
    case identity_changed:
    case number_differs:
    case wrong_recovery_key:
    case backup_of_other_identity:
    case backup_damaged:
    case server_distrusted:
      return ExitCode::refused_for_security;
    case bad_command:
    case invalid_name:
    case invalid_password:
    case invalid_text:
    case invalid_link_code:
    case other_server:
    case unknown_device:
    case own_device:
    case weak_passphrase:
    case invalid_recovery_key:
    case invalid_group_link:
    case group_elsewhere:
    case unknown_invitation:
      return ExitCode::usage;
    default:
      return ExitCode::failed;
  }
}

Failure failure_from(const client::ClientError& error) {
  return {.exit = exit_code_of(error.code),
          .code = name_of(error.code),
          .text = printable_text(error.text, LineBreaks::as_spaces)};
}

}  // namespace sotto::cli
