#pragma once

#include "wire/content.h"

namespace sotto::session {

// What makes a content one, whoever it is for.

/// Whether an opened content is acceptable: version and counter are there, and what must not be empty is not. A kind
/// that this version does not know is acceptable.
[[nodiscard]] bool is_well_formed(const wire::Content& content);

/// Whether a content may be sealed: well-formed, of a known kind, and within every limit of its fields, so that each
/// reader decodes it.
[[nodiscard]] bool is_sendable(const wire::Content& content);

}  // namespace sotto::session
