#pragma once

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>

#include "base/bytes.h"
#include "base/fixed_bytes.h"
#include "base/time.h"

struct sqlite3_stmt;

namespace sotto::storage::sqlite {

class Connection;

/// A bound for comparisons in SQL, where integers are signed: the largest stay larger than everything stored.
constexpr std::int64_t bound(std::uint64_t value) {
  return static_cast<std::int64_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::int64_t>::max()));
}

/// One use of a prepared statement, made by `Connection::statement`. Parameters are numbered from 1 in SQL and bound in
/// that order; columns count from 0. A failure is recorded in the connection and makes every later call do nothing
/// until it is taken from there, so that a run of statements is checked once, at its end. Ending the use resets the
/// statement for the next. Must not outlive its connection.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds all parameters. Texts and octets are copied, so temporaries are fine. Integers keep their 64 bits (an
  /// unsigned one above 2^63 comes back by `unsigned_integer` but sorts as negative). `std::nullopt` is NULL; an empty
  /// text or blob is not.
  template <class... Values>
  Statement& bind(const Values&... values) {
    bind_all(Lifetime::copied, values...);
    return *this;
  }

  /// Steps to the next row. False at the end and after a failure.
  [[nodiscard]] bool step();

  /// Binds all parameters without copying, runs the statement to its end and resets it, so it can be run again.
  /// False if it failed, which the connection has recorded.
  template <class... Values>
  bool run(const Values&... values) {
    bind_all(Lifetime::borrowed, values...);
    return run_to_end();
  }

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t unsigned_integer(int column) const;
  /// A row number that has its own type.
  template <class Number>
    requires std::is_enum_v<Number>
  [[nodiscard]] Number number(int column) const {
    return static_cast<Number>(integer(column));
  }
  /// Valid until the next step or the end of this use.
  [[nodiscard]] std::string_view text(int column) const;
  /// Valid until the next step or the end of this use.
  [[nodiscard]] ByteView blob(int column) const;
  [[nodiscard]] Bytes bytes(int column) const;
  [[nodiscard]] UnixMillis time(int column) const;

  /// An id or key. A blob of another size is recorded as corruption of the database.
  template <class Fixed>
  [[nodiscard]] Fixed fixed(int column) const {
    if (const std::optional<Fixed> value = Fixed::from(blob(column))) return *value;
    record_corruption();
    return Fixed{};
  }

 private:
  friend class Connection;
  enum class Lifetime : std::uint8_t { copied, borrowed };
  enum class Owner : std::uint8_t { cache, this_use };

  Statement(Connection& connection, sqlite3_stmt* handle, bool* in_use, Owner owner)
      : connection_(connection), handle_(handle), in_use_(in_use), owner_(owner) {}

  template <class... Values>
  void bind_all([[maybe_unused]] Lifetime lifetime, const Values&... values) {
    start_binding(sizeof...(Values));
    int index = 0;
    (bind_value(lifetime, ++index, values), ...);
  }
  void bind_value(Lifetime, int index, std::integral auto value) {
    bind_integer(index, static_cast<std::int64_t>(value));
  }
  template <class Number>
    requires std::is_enum_v<Number>
  void bind_value(Lifetime, int index, Number value) {
    bind_integer(index, static_cast<std::int64_t>(value));
  }
  void bind_value(Lifetime, int index, UnixMillis value) {
    bind_integer(index, static_cast<std::int64_t>(value.value));
  }
  void bind_value(Lifetime, int index, std::nullopt_t) { bind_null(index); }
  void bind_value(Lifetime lifetime, int index, std::string_view value) { bind_text(lifetime, index, value); }
  void bind_value(Lifetime lifetime, int index, ByteView value) { bind_blob(lifetime, index, value); }
  template <class Tag, std::size_t Size>
  void bind_value(Lifetime lifetime, int index, const FixedBytes<Tag, Size>& value) {
    bind_blob(lifetime, index, value.view());
  }
  template <class Value>
  void bind_value(Lifetime lifetime, int index, const std::optional<Value>& value) {
    if (value) {
      bind_value(lifetime, index, *value);
    } else {
      bind_null(index);
    }
  }

  void start_binding(std::size_t count);
  void bind_integer(int index, std::int64_t value);
  void bind_null(int index);
  void bind_text(Lifetime lifetime, int index, std::string_view value);
  void bind_blob(Lifetime lifetime, int index, ByteView value);
  bool run_to_end();
  void record_corruption() const;

  Connection& connection_;
  sqlite3_stmt* handle_;
  bool* in_use_;
  Owner owner_;
};

}  // namespace sotto::storage::sqlite
