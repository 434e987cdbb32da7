#include "cli/storage_key/key_record.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text_encoding.h"

namespace sotto::cli {
namespace {

namespace json = boost::json;

json::object to_json(const KeyringRecord& record) { return {{"source", "keyring"}, {"entry", record.entry}}; }

json::object to_json(const KeyFileRecord&) { return {{"source", "key_file"}}; }

json::object to_json(const WrappedKey& wrapped) {
  return {{"source", "passphrase"},         {"memory_kib", wrapped.cost.memory_kib},
          {"passes", wrapped.cost.passes},  {"salt", to_hex(wrapped.salt)},
          {"nonce", to_hex(wrapped.nonce)}, {"wrapped_key", to_hex(wrapped.sealed)}};
}

std::optional<std::string_view> text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

std::optional<std::uint32_t> number_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  const std::int64_t number = value->get_int64();
  if (number < 1 || number > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(number);
}

template <std::size_t Size>
bool fill_from_hex(const json::object& object, std::string_view name, ByteArray<Size>& target) {
  const auto text = text_of(object, name);
  const auto octets = text ? from_hex(*text) : std::nullopt;
  if (!octets || octets->size() != Size) return false;
  std::copy(octets->begin(), octets->end(), target.begin());
  return true;
}

std::optional<KeyRecord> parse_wrapped_key(const json::object& object) {
  const auto memory_kib = number_of(object, "memory_kib");
  const auto passes = number_of(object, "passes");
  if (!memory_kib || !passes) return std::nullopt;
  WrappedKey wrapped{.cost = {.memory_kib = *memory_kib, .passes = *passes}};
  const bool complete = fill_from_hex(object, "salt", wrapped.salt) && fill_from_hex(object, "nonce", wrapped.nonce) &&
                        fill_from_hex(object, "wrapped_key", wrapped.sealed);
  if (!complete) return std::nullopt;
  return wrapped;
}

}  // namespace

std::string print_key_record(const KeyRecord& record) {
  return json::serialize(std::visit([](const auto& kind) { return to_json(kind); }, record)) + "\n";
}

std::optional<KeyRecord> parse_key_record(std::string_view text) {
  json::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure || !value.is_object()) return std::nullopt;
  const json::object& object = value.get_object();
  const auto source = text_of(object, "source");
  if (source == "key_file") return KeyFileRecord{};
  if (source == "passphrase") return parse_wrapped_key(object);
  const auto entry = text_of(object, "entry");
  if (source == "keyring" && entry && from_hex(*entry)) return KeyringRecord{std::string(*entry)};
  return std::nullopt;
}

}  // namespace sotto::cli
