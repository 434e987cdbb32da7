#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/directory.h"

namespace sotto::wire {

/// Every reason for which a server refuses. The number is the contract; the name is what JSON shows.
enum class ErrorCode : std::uint32_t {
  unspecified = 0,
  malformed = 1,
  too_large = 2,
  invalid_value = 3,
  unknown_operation = 4,
  unauthenticated = 10,
  token_expired = 11,
  token_revoked = 12,
  wrong_credentials = 13,
  forbidden = 14,
  origin_refused = 15,
  not_found = 20,
  name_taken = 21,
  conflict = 22,
  stale_epoch = 23,
  stale_device_list = 24,
  bad_signature = 25,
  device_not_listed = 26,
  rate_limited = 30,
  limit_reached = 31,
  unavailable = 40,
  internal = 41,
};

constexpr auto describe(std::type_identity<ErrorCode>) {
  using enum ErrorCode;
  using Value = EnumValue<ErrorCode>;
  return enumeration(
      "ErrorCode", "Why a request was refused.", Value{unspecified, "unspecified", "Never sent."},
      Value{malformed, "malformed", "The frame or body is not a well-formed message."},
      Value{too_large, "too_large", "The frame, the body or one field exceeds its limit."},
      Value{invalid_value, "invalid_value", "`field` is well-formed but not allowed; `message` says why."},
      Value{unknown_operation, "unknown_operation", "There is no such operation or route."},
      Value{unauthenticated, "unauthenticated", "The operation needs a valid access token."},
      Value{token_expired, "token_expired", "The access token's time is over; refresh it."},
      Value{token_revoked, "token_revoked", "The login behind the token has ended; sign in again."},
      Value{wrong_credentials, "wrong_credentials", "No account has this name and password."},
      Value{forbidden, "forbidden", "The caller has no right to this object."},
      Value{origin_refused, "origin_refused", "The page's origin is not on the server's allow-list."},
      Value{not_found, "not_found", "There is no such object, or the caller may not know of it."},
      Value{name_taken, "name_taken", "Another account has this name."},
      Value{conflict, "conflict", "The object exists with other content."},
      Value{stale_epoch, "stale_epoch", "Members or devices changed; `stale_epoch` holds the current ones."},
      Value{stale_device_list, "stale_device_list", "The device list does not follow the stored one."},
      Value{bad_signature, "bad_signature", "A signature in the request does not verify."},
      Value{device_not_listed, "device_not_listed", "The device is not in the account's device list."},
      Value{rate_limited, "rate_limited", "Too many requests; `retry_after_ms` says when to come back."},
      Value{limit_reached, "limit_reached", "A stated limit on stored objects is reached."},
      Value{unavailable, "unavailable", "The server cannot store at the moment; nothing was changed."},
      Value{internal, "internal", "A fault of the server; nothing was changed."});
}

/// What changed since the epoch that a sender named: the current epoch and every member with its device list.
struct StaleEpoch {
  std::uint64_t epoch = 0;
  std::vector<AccountRecord> members;

  static constexpr auto describe() {
    return message("StaleEpoch", "The current state of a conversation whose epoch the sender did not know.",
                   field(1, "epoch", &StaleEpoch::epoch, "The current epoch."),
                   field(2, "members", &StaleEpoch::members, at_most(64), "Every member with its device list."));
  }
};

/// The answer to a refused request. `message` is for developers; clients word what people read by `code`.
struct Error {
  ErrorCode code = ErrorCode::unspecified;
  std::string message;
  std::string field;
  std::uint64_t retry_after_ms = 0;
  std::optional<StaleEpoch> stale_epoch;

  static constexpr auto describe() {
    return wire::message(
        "Error", "Why a request was refused. A refused request has changed nothing.",
        wire::field(1, "code", &Error::code, "The reason."),
        wire::field(2, "message", &Error::message, at_most(512), "The reason in English, for developers."),
        wire::field(3, "field", &Error::field, at_most(128), "The offending field as a dotted path, if there is one."),
        wire::field(4, "retry_after_ms", &Error::retry_after_ms, "Milliseconds to wait; 0 if waiting does not help."),
        wire::field(5, "stale_epoch", &Error::stale_epoch, "Set for `stale_epoch` only."));
  }
};

}  // namespace sotto::wire
