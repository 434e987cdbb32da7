#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sotto::service {

/// The form in which a name is stored and compared: in lower case. Nothing if it is not 3 to 32 of a-z, 0-9, '.', '_'
/// and '-' beginning with a letter. The octets of a name are all ASCII, so no two names look alike by Unicode's doing.
[[nodiscard]] std::optional<std::string> account_name(std::string_view name);

}  // namespace sotto::service
