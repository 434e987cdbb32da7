#include "gateway/frame_form.h"

#include "transport/websocket_frames.h"
#include "wire/frame_codec.h"

namespace sotto::gateway {
namespace {

/// The number alone, read out of a frame whose request cannot be read.
struct FrameNumber {
  std::uint64_t id = 0;

  static constexpr auto describe() {
    return wire::message("FrameNumber", "The number of a frame.",
                         wire::field(1, "id", &FrameNumber::id, "As in ClientFrame."));
  }
};

std::uint64_t readable_number(ByteView payload, Form form) {
  if (form == Form::json) {
    const auto number = wire::from_json<FrameNumber>(as_text(payload));
    return number ? number->id : 0;
  }
  const auto number = wire::decode<FrameNumber>(payload);
  return number ? number->id : 0;
}

std::expected<wire::ClientFrame, wire::Error> decode_any(ByteView payload, Form form) {
  if (form == Form::json) {
    auto frame = wire::from_json<wire::ClientFrame>(as_text(payload));
    if (!frame) return std::unexpected(describe_fault(frame.error()));
    return std::move(*frame);
  }
  auto frame = wire::decode<wire::ClientFrame>(payload);
  if (frame) return std::move(*frame);
  return std::unexpected(describe_fault(frame.error()));
}

}  // namespace

wire::Error describe_fault(const wire::JsonError& fault) {
  const bool large = fault.fault == wire::JsonFault::too_large;
  wire::Error error =
      error_of(large ? wire::ErrorCode::too_large : wire::ErrorCode::malformed, wire::explain(fault.fault));
  error.field = fault.path;
  return error;
}

wire::Error describe_fault(wire::DecodeError fault) {
  const bool large = fault == wire::DecodeError::too_large;
  return error_of(large ? wire::ErrorCode::too_large : wire::ErrorCode::malformed, wire::explain(fault));
}

transport::SharedBytes encode_bare_frame(const wire::ServerFrame& frame, Form form) {
  if (form == Form::binary) return std::make_shared<const Bytes>(wire::encode(frame));
  const std::string text = wire::to_json(frame);
  return std::make_shared<const Bytes>(text.begin(), text.end());
}

transport::SharedBytes encode_frame(const wire::ServerFrame& frame, Form form) {
  if (form == Form::json) {
    return std::make_shared<const Bytes>(
        transport::make_frame(transport::MessageKind::text, as_bytes(wire::to_json(frame))));
  }
  const std::size_t size = wire::encoded_size(frame);
  const std::size_t header = transport::frame_header_size(size);
  Bytes octets;
  octets.reserve(header + size);
  octets.resize(header);
  transport::write_frame_header(transport::MessageKind::binary, size, octets);
  wire::encode_to(frame, octets);
  return std::make_shared<const Bytes>(std::move(octets));
}

std::expected<wire::ClientFrame, FrameProblem> decode_frame(ByteView payload, Form form) {
  auto frame = decode_any(payload, form);
  if (!frame) return std::unexpected(FrameProblem{readable_number(payload, form), std::move(frame.error())});
  if (frame->id == 0) {
    wire::Error error = error_of(wire::ErrorCode::malformed, "A request's number is not 0.");
    error.field = "id";
    return std::unexpected(FrameProblem{0, std::move(error)});
  }
  if (std::holds_alternative<std::monostate>(frame->request)) {
    return std::unexpected(
        FrameProblem{frame->id, error_of(wire::ErrorCode::unknown_operation, "The frame holds no known request.")});
  }
  return std::move(*frame);
}

}  // namespace sotto::gateway
