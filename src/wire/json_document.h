#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sotto::wire {

/// Writes a JSON document for people to read, two spaces an indentation. The caller keeps objects and arrays balanced.
class JsonDocument {
 public:
  JsonDocument& begin_object() { return begin('{'); }
  JsonDocument& end_object() { return end('}'); }
  JsonDocument& begin_array() { return begin('['); }
  JsonDocument& end_array() { return end(']'); }
  /// Names the member that the next call writes.
  JsonDocument& name(std::string_view name);
  JsonDocument& text(std::string_view value);
  JsonDocument& number(std::uint64_t value);
  JsonDocument& truth(bool value);

  /// Takes the finished document, with a newline at its end.
  [[nodiscard]] std::string finish();

 private:
  JsonDocument& begin(char opening);
  JsonDocument& end(char closing);
  /// Puts the comma and the line break that a new member or element needs.
  void separate();

  std::string out_;
  std::size_t indentation_ = 0;
  bool after_name_ = false;
};

}  // namespace sotto::wire
