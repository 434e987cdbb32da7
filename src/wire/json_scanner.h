#pragma once

#include "wire/json_error.h"

namespace sotto::wire {

/// What kind of value stands next in a JSON text.
enum class JsonKind : std::uint8_t { object, array, string, number, boolean, null, none };

/// Integers above this are not exact in every JSON implementation (RFC 8259 section 6).
inline constexpr std::uint64_t max_json_integer = (std::uint64_t{1} << 53) - 1;

/// Walks over a JSON text once, strictly by RFC 8259, building nothing. Every step returns whether it succeeded and
/// notes the first fault. Borrows the text.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  bool fail(JsonFault fault) {
    error_.fault = fault;
    return false;
  }
  /// Notes that the fault lies inside the member or element `name`.
  bool fail_inside(std::string_view name);
  [[nodiscard]] const JsonError& error() const { return error_; }

  /// The kind of the next value, told by its first character.
  [[nodiscard]] JsonKind next();

  /// Reads an object: calls `member(std::string_view name) -> bool`, which reads the value, for each member.
  template <class Member>
  [[nodiscard]] bool object(Member&& member) {
    bool more = false;
    if (!open('{', '}', more)) return false;
    while (more) {
      std::string_view name;
      std::string storage;
      if (!string(name, storage) || !colon() || !member(name) || !more_follow('}', more)) return false;
    }
    return true;
  }

  /// Reads an array: calls `element() -> bool`, which reads the value, for each element.
  template <class Element>
  [[nodiscard]] bool array(Element&& element) {
    bool more = false;
    if (!open('[', ']', more)) return false;
    while (more) {
      if (!element() || !more_follow(']', more)) return false;
    }
    return true;
  }

  /// Reads a string. `value` is a part of the text, or of `storage` where escapes had to be resolved.
  [[nodiscard]] bool string(std::string_view& value, std::string& storage);
  /// Reads a number that is an integer from 0 to `max_json_integer`.
  [[nodiscard]] bool integer(std::uint64_t& value);
  [[nodiscard]] bool boolean(bool& value);
  [[nodiscard]] bool null();
  /// Passes over any value.
  [[nodiscard]] bool skip();
  /// Succeeds if only white space is left.
  [[nodiscard]] bool finish();

 private:
  void skip_space();
  [[nodiscard]] bool take(char expected);
  [[nodiscard]] bool take_word(std::string_view word);
  [[nodiscard]] bool open(char opening, char closing, bool& more);
  [[nodiscard]] bool more_follow(char closing, bool& more);
  [[nodiscard]] bool colon();
  [[nodiscard]] bool skip_number();
  [[nodiscard]] std::size_t take_digits();
  struct StringShape {
    bool is_ascii = true;
    bool has_escapes = false;
  };
  /// The characters between the quotes, as they stand.
  [[nodiscard]] bool raw_string(std::string_view& raw, StringShape& shape);

  std::string_view text_;
  std::size_t nesting_ = 0;
  JsonError error_;
};

}  // namespace sotto::wire
