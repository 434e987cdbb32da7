#pragma once

#include <string>
#include <string_view>

#include "client/client_error.h"
#include "client/events.h"
#include "session/recovery_words.h"
#include "wire/error.h"

namespace sotto::client {

// Every English sentence of the engine that a person reads. None holds message text or a secret.

[[nodiscard]] ClientError error_of(ClientErrorCode code);

/// What a server's refusal means for the person who asked.
[[nodiscard]] ClientError error_of(const wire::Error& error);

/// Where a recovery key is mistyped.
[[nodiscard]] ClientError error_of(const session::RecoveryWordsError& error);

/// Why a linking came to nothing, for the one who looks at the new device.
enum class LinkFailure : std::uint8_t { too_late, refused, not_authentic };
[[nodiscard]] std::string_view words_for(LinkFailure failure);
/// For a device that was linked and given no history.
[[nodiscard]] std::string_view words_for_beginning_at_linking();
[[nodiscard]] std::string words_for_devices(const OwnDevicesChanged& event);

/// `name` may be empty.
[[nodiscard]] std::string words_for(SecurityNoticeKind kind, std::string_view name);
[[nodiscard]] std::string words_for(Verification verification, std::string_view name);
[[nodiscard]] std::string_view words_for(UndecryptableCause cause);
[[nodiscard]] std::string words_for(const ShownGroupEvent& event);

}  // namespace sotto::client
