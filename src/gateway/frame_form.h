#pragma once

#include <expected>

#include "gateway/reply.h"
#include "transport/outgoing_queue.h"
#include "wire/decode_error.h"
#include "wire/frame.h"
#include "wire/json_error.h"

namespace sotto::gateway {

/// A whole WebSocket message, ready for the socket.
[[nodiscard]] transport::SharedBytes encode_frame(const wire::ServerFrame& frame, Form form);

/// The frame alone.
[[nodiscard]] transport::SharedBytes encode_bare_frame(const wire::ServerFrame& frame, Form form);

/// Why a client's message is no request, and the frame's number if it could be read (else 0).
struct FrameProblem {
  std::uint64_t frame_id = 0;
  wire::Error error;
};

/// A frame with a number and a request that this version knows.
[[nodiscard]] std::expected<wire::ClientFrame, FrameProblem> decode_frame(ByteView payload, Form form);

/// What a JSON body or frame is turned down with.
[[nodiscard]] wire::Error describe_fault(const wire::JsonError& fault);
/// What octets are turned down with.
[[nodiscard]] wire::Error describe_fault(wire::DecodeError fault);

}  // namespace sotto::gateway
