#pragma once

#include "client/turn.h"

namespace sotto::client {

// The linked device's side of a linking: takes a new device in after the user compared the digits (threats 6 and 23).

void run_accept_link(Turn& turn, WaitingCommand& waiting, const AcceptLink& command);
void run_confirm_link(Turn& turn, WaitingCommand& waiting, const ConfirmLink& command);

/// Asks what the admission needs next.
void pump_admission(Turn& turn);

/// False if `answer` is none of this question's.
[[nodiscard]] bool receive_admission(Turn& turn, LinkingQuestion question, const wire::Answer& answer);
void receive_admission_refused(Turn& turn, LinkingQuestion question, const wire::Error& error);

}  // namespace sotto::client
