#pragma once

#include "client/turn.h"

namespace sotto::client {

// The new device's side of a linking: an empty home becomes a device of an account (threats 6 and 23).

/// How long a code may be taken; as long as the server keeps a linking.
inline constexpr Milliseconds linking_time = minutes(10);

void run_begin_linking(Turn& turn, WaitingCommand& waiting, const BeginLinking& command);
/// Also gives up what `accept_link` began.
void run_cancel_linking(Turn& turn, std::uint64_t command);

/// Asks what the linking needs next.
void pump_joining(Turn& turn);

/// False if `answer` is none of this question's.
[[nodiscard]] bool receive_joining(Turn& turn, const Asked& asked, LinkingQuestion question,
                                   const wire::Answer& answer);
void receive_joining_refused(Turn& turn, LinkingQuestion question, const wire::Error& error);

/// When the linking, if there is one, is over.
[[nodiscard]] std::optional<UnixMillis> linking_deadline(const Memory& memory);

}  // namespace sotto::client
