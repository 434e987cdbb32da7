#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sotto::wire {

/// What is wrong with a JSON text or with one of its members.
enum class JsonFault : std::uint8_t {
  /// Not JSON after RFC 8259, or something follows the value.
  malformed,
  /// Text is not UTF-8, or an escape stands for half a surrogate pair.
  bad_utf8,
  /// Objects and arrays are nested deeper than twice `max_depth`, or messages deeper than `max_depth`.
  too_deep,
  /// A member has another JSON type than its field, or is null without being optional.
  wrong_type,
  /// A number has a sign, a fraction or an exponent.
  not_an_integer,
  /// A number is above 2^53 - 1, or does not fit its field.
  out_of_range,
  /// Text, octets or a list exceeds the limit of its field.
  too_large,
  /// Octets of a field of fixed size are not written in exactly as many hexadecimal digits.
  bad_hex,
  /// Octets are not written in base64 with padding (RFC 4648 section 4).
  bad_base64,
  /// A name that the enum does not have.
  unknown_enum_value,
  /// A field of fixed size, or an object that holds one, is absent.
  missing_member,
  /// A known member occurs twice.
  repeated_member,
  /// More than one member of a choice is present.
  several_choices,
};

/// The reason in English, for developers and logs.
[[nodiscard]] std::string_view explain(JsonFault fault);

/// Why a text is not a message, and where.
struct JsonError {
  JsonFault fault = JsonFault::malformed;
  /// Dotted path of the offending member, with list indices from 0: `send.body`, `cursors.3.seq`. Made of names from
  /// the description only, never of the text. Empty where the fault is in no known member.
  std::string path;
};

}  // namespace sotto::wire
