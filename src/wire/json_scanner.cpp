#include "wire/json_scanner.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text_encoding.h"
#include "wire/limits.h"

namespace sotto::wire {
namespace {

/// Every message inside a message may sit in a list.
constexpr std::size_t max_nesting = 2 * max_depth + 1;

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto append = [&out](std::uint32_t octet) { out += static_cast<char>(octet); };
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xc0 | code_point >> 6);
    append(0x80 | (code_point & 0x3f));
  } else if (code_point < 0x10000) {
    append(0xe0 | code_point >> 12);
    append(0x80 | (code_point >> 6 & 0x3f));
    append(0x80 | (code_point & 0x3f));
  } else {
    append(0xf0 | code_point >> 18);
    append(0x80 | (code_point >> 12 & 0x3f));
    append(0x80 | (code_point >> 6 & 0x3f));
    append(0x80 | (code_point & 0x3f));
  }
}

/// Takes the four hexadecimal digits of an escape.
std::optional<std::uint32_t> take_unit(std::string_view& raw) {
  if (raw.size() < 4) return std::nullopt;
  std::uint32_t unit = 0;
  const char* const end = raw.data() + 4;
  // from_chars would take a sign for signed types only.
  if (std::from_chars(raw.data(), end, unit, 16).ptr != end) return std::nullopt;
  raw.remove_prefix(4);
  return unit;
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

/// Resolves an escape that begins after `\u`.
std::optional<JsonFault> unescape_unicode(std::string_view& raw, std::string& out) {
  const auto unit = take_unit(raw);
  if (!unit) return JsonFault::malformed;
  if (is_low_surrogate(*unit)) return JsonFault::bad_utf8;
  if (!is_high_surrogate(*unit)) {
    append_utf8(out, *unit);
    return std::nullopt;
  }
  if (!raw.starts_with("\\u")) return JsonFault::bad_utf8;
  raw.remove_prefix(2);
  const auto low = take_unit(raw);
  if (!low) return JsonFault::malformed;
  if (!is_low_surrogate(*low)) return JsonFault::bad_utf8;
  append_utf8(out, 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00));
  return std::nullopt;
}

/// Resolves an escape that begins after the backslash.
std::optional<JsonFault> unescape_one(std::string_view& raw, std::string& out) {
  constexpr std::string_view letters = "\"\\/bfnrtu";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  const std::size_t index = letters.find(raw[0]);
  raw.remove_prefix(1);
  if (index == std::string_view::npos) return JsonFault::malformed;
  if (index == meanings.size()) return unescape_unicode(raw, out);
  out += meanings[index];
  return std::nullopt;
}

std::optional<JsonFault> unescape(std::string_view raw, std::string& out) {
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('\\'), raw.size());
    out += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (raw.empty()) break;
    raw.remove_prefix(1);
    if (const auto fault = unescape_one(raw, out)) return fault;
  }
  return std::nullopt;
}

}  // namespace

bool JsonScanner::fail_inside(std::string_view name) {
  std::string path(name);
  if (!error_.path.empty()) path.append(1, '.').append(error_.path);
  error_.path = std::move(path);
  return false;
}

JsonKind JsonScanner::next() {
  skip_space();
  if (text_.empty()) return JsonKind::none;
  switch (text_[0]) {
    case '{':
      return JsonKind::object;
    case '[':
      return JsonKind::array;
    case '"':
      return JsonKind::string;
    case 't':
    case 'f':
      return JsonKind::boolean;
    case 'n':
      return JsonKind::null;
    default:
      return is_digit(text_[0]) || text_[0] == '-' ? JsonKind::number : JsonKind::none;
  }
}

bool JsonScanner::string(std::string_view& value, std::string& storage) {
  StringShape shape;
  if (!raw_string(value, shape)) return false;
  if (!shape.is_ascii && !is_utf8(value)) return fail(JsonFault::bad_utf8);
  if (!shape.has_escapes) return true;
  storage.clear();
  if (const auto fault = unescape(value, storage)) return fail(*fault);
  value = storage;
  return true;
}

bool JsonScanner::raw_string(std::string_view& raw, StringShape& shape) {
  skip_space();
  if (!take('"')) return false;
  std::size_t index = 0;
  for (; index < text_.size() && text_[index] != '"'; ++index) {
    const auto octet = static_cast<std::uint8_t>(text_[index]);
    if (octet < 0x20) return fail(JsonFault::malformed);
    if (octet >= 0x80) shape.is_ascii = false;
    if (octet != '\\') continue;
    shape.has_escapes = true;
    // Whatever is escaped, it does not end the string.
    ++index;
  }
  if (index >= text_.size()) return fail(JsonFault::malformed);
  raw = text_.substr(0, index);
  text_.remove_prefix(index + 1);
  return true;
}

bool JsonScanner::integer(std::uint64_t& value) {
  skip_space();
  const std::string_view before = text_;
  if (!skip_number()) return false;
  const std::string_view number = before.substr(0, before.size() - text_.size());
  if (!std::all_of(number.begin(), number.end(), is_digit)) return fail(JsonFault::not_an_integer);
  const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
  const bool fits = result.ec == std::errc{} && value <= max_json_integer;
  return fits || fail(JsonFault::out_of_range);
}

bool JsonScanner::boolean(bool& value) {
  value = next() == JsonKind::boolean && text_[0] == 't';
  return take_word(value ? "true" : "false");
}

bool JsonScanner::null() {
  skip_space();
  return take_word("null");
}

bool JsonScanner::skip() {
  std::string_view value;
  bool truth = false;
  std::string storage;
  switch (next()) {
    case JsonKind::object:
      return object([this](std::string_view) { return skip(); });
    case JsonKind::array:
      return array([this] { return skip(); });
    case JsonKind::string:
      return string(value, storage);
    case JsonKind::number:
      return skip_number();
    case JsonKind::boolean:
      return boolean(truth);
    case JsonKind::null:
      return null();
    case JsonKind::none:
      break;
  }
  return fail(JsonFault::malformed);
}

bool JsonScanner::finish() {
  skip_space();
  return text_.empty() || fail(JsonFault::malformed);
}

void JsonScanner::skip_space() {
  const std::size_t space = std::min(text_.find_first_not_of(" \t\n\r"), text_.size());
  text_.remove_prefix(space);
}

bool JsonScanner::take(char expected) {
  if (!text_.starts_with(expected)) return fail(JsonFault::malformed);
  text_.remove_prefix(1);
  return true;
}

bool JsonScanner::take_word(std::string_view word) {
  if (!text_.starts_with(word)) return fail(JsonFault::malformed);
  text_.remove_prefix(word.size());
  return true;
}

bool JsonScanner::open(char opening, char closing, bool& more) {
  skip_space();
  if (!take(opening)) return false;
  if (nesting_ >= max_nesting) return fail(JsonFault::too_deep);
  skip_space();
  more = !text_.starts_with(closing);
  if (more) {
    ++nesting_;
  } else {
    text_.remove_prefix(1);
  }
  return true;
}

bool JsonScanner::more_follow(char closing, bool& more) {
  skip_space();
  more = text_.starts_with(',');
  if (more) {
    text_.remove_prefix(1);
    return true;
  }
  --nesting_;
  return take(closing);
}

bool JsonScanner::colon() {
  skip_space();
  return take(':');
}

std::size_t JsonScanner::take_digits() {
  const std::size_t count = std::min(text_.find_first_not_of("0123456789"), text_.size());
  text_.remove_prefix(count);
  return count;
}

bool JsonScanner::skip_number() {
  if (text_.starts_with('-')) text_.remove_prefix(1);
  const bool leads_with_zero = text_.starts_with('0');
  const std::size_t digits = take_digits();
  if (digits == 0 || (leads_with_zero && digits > 1)) return fail(JsonFault::malformed);
  if (text_.starts_with('.')) {
    text_.remove_prefix(1);
    if (take_digits() == 0) return fail(JsonFault::malformed);
  }
  if (text_.starts_with('e') || text_.starts_with('E')) {
    text_.remove_prefix(1);
    if (text_.starts_with('+') || text_.starts_with('-')) text_.remove_prefix(1);
    if (take_digits() == 0) return fail(JsonFault::malformed);
  }
  return true;
}

}  // namespace sotto::wire
