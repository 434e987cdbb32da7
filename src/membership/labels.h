#pragma once

#include <string_view>

namespace sotto::membership::label {

// As in docs/protocol/encryption.md. A change of meaning is a change of label.

inline constexpr std::string_view group_id = "sotto group v1";

// Signature contexts.
inline constexpr std::string_view device_list = "sotto device list v1";
inline constexpr std::string_view group_event = "sotto group event v1";
inline constexpr std::string_view group_join = "sotto group join v1";

}  // namespace sotto::membership::label
