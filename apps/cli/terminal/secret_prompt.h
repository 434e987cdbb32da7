#pragma once

#include <optional>
#include <string_view>

#include "base/secret.h"

namespace sotto::cli {

/// Asks at the controlling terminal without showing what is typed. Nothing if there is no terminal, or the person gave
/// up (Ctrl-C, Ctrl-D, nothing typed).
[[nodiscard]] std::optional<SecretBuffer> ask_secret(std::string_view question);

/// As `ask_secret`, twice, until both answers are the same; for what is set for the first time.
[[nodiscard]] std::optional<SecretBuffer> ask_new_secret(std::string_view question);

/// The value of an environment variable, if it is set and not empty.
[[nodiscard]] std::optional<SecretBuffer> secret_from_environment(const char* variable);

}  // namespace sotto::cli
