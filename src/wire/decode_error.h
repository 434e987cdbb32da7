#pragma once

#include <cstdint>
#include <string_view>

namespace sotto::wire {

/// Why octets are not a message.
enum class DecodeError : std::uint8_t {
  /// The octets end inside a tag, a number or a field.
  truncated,
  /// A variable-length number has more than ten octets or more than 64 bits.
  bad_varint,
  /// A number does not fit its field: above 2^32 - 1 in a uint32, above 1 in a bool.
  out_of_range,
  /// A known field arrives with another wire type than its own.
  wrong_type,
  /// A tag with field number 0 or above 2^29 - 1, or with a wire type that does not exist or stands for a group.
  bad_tag,
  /// Text, octets or a list exceeds the limit of its field.
  too_large,
  /// Messages are nested deeper than `max_depth`.
  too_deep,
  /// A field of fixed size arrives with another size.
  wrong_length,
  /// A field of fixed size is absent.
  missing_field,
  /// A singular message, or the choice of a `one_of`, arrives a second time.
  repeated_field,
  /// Text is not UTF-8.
  bad_utf8,
  /// A number that its enum does not name.
  unknown_enum_value,
  /// The octets are a message, but not as `encode` writes it. Only from `decode_canonical`.
  not_canonical,
};

/// The reason in English, for developers and logs.
[[nodiscard]] std::string_view explain(DecodeError error);

}  // namespace sotto::wire
