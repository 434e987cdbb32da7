#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>

#include "base/fixed_bytes.h"
#include "base/time.h"
#include "client/ports/database.h"

namespace sotto::client {

/// One statement with its values, typed. Numbers keep their 64 bits.
class Query {
 public:
  template <class... Values>
  Query(Database& database, std::string_view sql, const Values&... values) : statement_(database.prepare(sql)) {
    int parameter = 0;
    (bind(parameter++, values), ...);
  }

  [[nodiscard]] bool step() { return statement_->step(); }
  /// Runs a statement whose rows, if any, do not matter.
  void run() {
    while (statement_->step()) continue;
  }

  [[nodiscard]] std::uint64_t number(int column) { return static_cast<std::uint64_t>(statement_->integer(column)); }
  [[nodiscard]] std::int64_t integer(int column) { return statement_->integer(column); }
  [[nodiscard]] UnixMillis time(int column) { return {number(column)}; }
  [[nodiscard]] ByteView view(int column) { return statement_->octets(column); }
  [[nodiscard]] Bytes octets(int column) {
    const ByteView value = view(column);
    return {value.begin(), value.end()};
  }
  [[nodiscard]] std::string text(int column) { return std::string(as_text(view(column))); }
  [[nodiscard]] bool is_null(int column) { return statement_->is_null(column); }
  /// All zero if the column does not hold such a value.
  template <class Fixed>
  [[nodiscard]] Fixed fixed(int column) {
    return Fixed::from(view(column)).value_or(Fixed{});
  }

 private:
  void bind(int parameter, std::integral auto value) {
    statement_->bind_integer(parameter, static_cast<std::int64_t>(value));
  }
  void bind(int parameter, UnixMillis value) {
    statement_->bind_integer(parameter, static_cast<std::int64_t>(value.value));
  }
  void bind(int parameter, std::string_view value) { statement_->bind_text(parameter, value); }
  void bind(int parameter, const std::string& value) { statement_->bind_text(parameter, value); }
  void bind(int parameter, const Bytes& value) { statement_->bind_octets(parameter, value); }
  void bind(int parameter, std::nullopt_t) { statement_->bind_null(parameter); }
  template <class Tag, std::size_t Size>
  void bind(int parameter, const FixedBytes<Tag, Size>& value) {
    statement_->bind_octets(parameter, value.bytes);
  }
  template <class Value>
  void bind(int parameter, const std::optional<Value>& value) {
    if (value) {
      bind(parameter, *value);
    } else {
      statement_->bind_null(parameter);
    }
  }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void bind(int parameter, Enum value) {
    statement_->bind_integer(parameter, static_cast<std::int64_t>(value));
  }

  std::unique_ptr<Statement> statement_;
};

}  // namespace sotto::client
