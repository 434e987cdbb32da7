#pragma once

#include <expected>

#include "wire/json_reader.h"
#include "wire/json_writer.h"

namespace sotto::wire {

// The JSON codec, driven by the same descriptions as the binary one. A message is an object whose members have the
// fields' names: numbers and times are integers up to 2^53 - 1, enums their value's name, fixed octets (ids, keys,
// signatures) hexadecimal, other octets base64, and a choice is one member with the alternative's name:
// {"id":1,"send":{...}}. Members may come in any order; those that nobody knows are skipped. An absent member counts
// as its default, except that fixed octets, and objects that hold some, must be there. A null is only for what is
// optional. Secrets have no JSON form. All limits hold while reading; the size of the whole text is the caller's to
// limit.

/// Writes every singular member, defaults too, in the order of the description; leaves out optional members and
/// choices that are absent. Hexadecimal is lowercase. Numbers above 2^53 - 1 are written as they are, though
/// `from_json` refuses them.
template <PublicMessage T>
[[nodiscard]] std::string to_json(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

template <PublicMessage T>
[[nodiscard]] std::expected<T, JsonError> from_json(std::string_view text) {
  std::expected<T, JsonError> result;
  JsonScanner scanner(text);
  if (!read_json(scanner, *result, 0) || !scanner.finish()) result = std::unexpected(scanner.error());
  return result;
}

}  // namespace sotto::wire
