#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "cli/storage_key/passphrase_wrap.h"

namespace sotto::cli {

/// What `storage-key.json` says; `storage_key.h` shows its form.
struct KeyringRecord {
  std::string entry;
};
struct KeyFileRecord {};
using KeyRecord = std::variant<KeyringRecord, WrappedKey, KeyFileRecord>;

[[nodiscard]] std::string print_key_record(const KeyRecord& record);

/// Nothing unless `text` is what `print_key_record` gives for some record.
[[nodiscard]] std::optional<KeyRecord> parse_key_record(std::string_view text);

}  // namespace sotto::cli
