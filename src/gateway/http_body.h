#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/reply.h"
#include "wire/frame.h"

namespace sotto::gateway {

// JSON bodies of the operations that HTTP serves.

/// The operation of this name, if HTTP serves it.
[[nodiscard]] std::optional<OperationIndex> find_operation(std::string_view name);
[[nodiscard]] std::string_view name_of(OperationIndex operation);
[[nodiscard]] wire::Access access_of(OperationIndex operation);

/// Reads a body as the request of an operation.
[[nodiscard]] std::expected<wire::Request, wire::Error> read_body(OperationIndex operation, std::string_view body);
/// Writes an answer, or an error, without the frame around it.
[[nodiscard]] std::string write_body(const wire::Answer& answer);

}  // namespace sotto::gateway
