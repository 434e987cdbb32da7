#pragma once

#include "client/turn.h"

namespace sotto::client {

/// Deals with one frame from the server: the answer to a question, or a push.
void receive_frame(Turn& turn, ByteView frame);

}  // namespace sotto::client
