#include "transport/websocket_frames.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/invariant.h"
#include "base/text_encoding.h"

namespace sotto::transport {
namespace {

constexpr std::size_t max_control_size = 125;
constexpr std::size_t mask_size = 4;

enum Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

bool is_control(std::uint8_t opcode) { return (opcode & 0x8) != 0; }

bool is_known(std::uint8_t opcode) { return opcode <= binary || (opcode >= close && opcode <= pong); }

MessageKind kind_of(std::uint8_t opcode) {
  switch (opcode) {
    case text:
      return MessageKind::text;
    case close:
      return MessageKind::close;
    case ping:
      return MessageKind::ping;
    case pong:
      return MessageKind::pong;
    default:
      return MessageKind::binary;
  }
}

std::uint8_t opcode_of(MessageKind kind) {
  switch (kind) {
    case MessageKind::text:
      return text;
    case MessageKind::binary:
      return binary;
    case MessageKind::ping:
      return ping;
    case MessageKind::pong:
      return pong;
    case MessageKind::close:
      return close;
  }
  return binary;
}

std::uint64_t read_big_endian(ByteView octets) {
  std::uint64_t value = 0;
  for (const std::uint8_t octet : octets) value = value << 8 | octet;
  return value;
}

/// RFC 6455 section 5.3, eight octets at a time.
void unmask(std::span<std::uint8_t> payload, ByteView mask) {
  std::uint64_t pattern = 0;
  std::memcpy(&pattern, mask.data(), mask_size);
  std::memcpy(reinterpret_cast<std::uint8_t*>(&pattern) + mask_size, mask.data(), mask_size);
  std::size_t at = 0;
  for (; at + sizeof pattern <= payload.size(); at += sizeof pattern) {
    std::uint64_t word = 0;
    std::memcpy(&word, payload.data() + at, sizeof word);
    word ^= pattern;
    std::memcpy(payload.data() + at, &word, sizeof word);
  }
  for (; at < payload.size(); ++at) payload[at] = static_cast<std::uint8_t>(payload[at] ^ mask[at % mask_size]);
}

bool is_well_formed_close(ByteView payload) {
  if (payload.empty()) return true;
  if (payload.size() < 2) return false;
  const std::uint64_t code = read_big_endian(payload.first(2));
  const bool reserved = code == 1004 || code == 1005 || code == 1006 || (code > 1014 && code < 3000);
  return code >= 1000 && code < 5000 && !reserved;
}

}  // namespace

CloseCode close_code_of(FrameError error) {
  switch (error) {
    case FrameError::bad_frame:
      return CloseCode::protocol_error;
    case FrameError::too_large:
      return CloseCode::too_large;
    case FrameError::bad_utf8:
      return CloseCode::bad_data;
  }
  return CloseCode::protocol_error;
}

std::string_view explain(FrameError error) {
  switch (error) {
    case FrameError::bad_frame:
      return "not a well-formed WebSocket frame";
    case FrameError::too_large:
      return "the message exceeds the limit";
    case FrameError::bad_utf8:
      return "text that is not UTF-8";
  }
  return "";
}

std::expected<std::optional<FrameReader::Header>, FrameError> FrameReader::read_header(ByteView input) const {
  if (input.size() < 2) return std::nullopt;
  const std::uint8_t length = input[1] & 0x7f;
  if ((input[0] & 0x70) != 0 || !is_known(input[0] & 0x0f) || (input[1] & 0x80) == 0) {
    return std::unexpected(FrameError::bad_frame);
  }
  const std::size_t length_size = length < 126 ? 0 : length == 126 ? 2 : 8;
  if (input.size() < 2 + length_size + mask_size) return std::nullopt;
  const std::uint64_t size = length_size == 0 ? length : read_big_endian(input.subspan(2, length_size));
  const bool shortest = length < 126 || (length == 126 ? size > 125 : size > 0xffff);
  if (!shortest || size >> 63 != 0) return std::unexpected(FrameError::bad_frame);
  const Header header{.opcode = static_cast<std::uint8_t>(input[0] & 0x0f),
                      .final = (input[0] & 0x80) != 0,
                      .size = size,
                      .payload_at = 2 + length_size + mask_size};
  if (const auto error = check(header)) return std::unexpected(*error);
  return header;
}

std::optional<FrameError> FrameReader::check(const Header& header) const {
  if (is_control(header.opcode)) {
    return header.final && header.size <= max_control_size ? std::nullopt : std::optional(FrameError::bad_frame);
  }
  if ((header.opcode == continuation) != unfinished_.has_value()) return FrameError::bad_frame;
  if (header.size > max_message_size_ - fragments_.size()) return FrameError::too_large;
  return std::nullopt;
}

std::expected<FrameReader::Step, FrameError> FrameReader::step(std::span<std::uint8_t> input) {
  if (!unfinished_) fragments_ = Bytes();
  const auto header = read_header(input);
  if (!header) return std::unexpected(header.error());
  if (!*header || input.size() < (*header)->payload_at + (*header)->size) return Step{};
  const auto payload = input.subspan((*header)->payload_at, (*header)->size);
  unmask(payload, input.subspan((*header)->payload_at - mask_size, mask_size));
  auto message = take(**header, payload);
  if (!message) return std::unexpected(message.error());
  return Step{.consumed = (*header)->payload_at + (*header)->size, .message = *message};
}

std::expected<std::optional<IncomingMessage>, FrameError> FrameReader::take(const Header& header, ByteView payload) {
  if (is_control(header.opcode)) {
    if (header.opcode == close && !is_well_formed_close(payload)) return std::unexpected(FrameError::bad_frame);
    if (header.opcode == close && payload.size() > 2 && !is_utf8(as_text(payload.subspan(2)))) {
      return std::unexpected(FrameError::bad_utf8);
    }
    return IncomingMessage{kind_of(header.opcode), payload};
  }
  const MessageKind kind = unfinished_ ? *unfinished_ : kind_of(header.opcode);
  if (unfinished_ || !header.final) {
    fragments_.insert(fragments_.end(), payload.begin(), payload.end());
    payload = fragments_;
  }
  if (!header.final) {
    unfinished_ = kind;
    return std::nullopt;
  }
  unfinished_.reset();
  if (kind == MessageKind::text && !is_utf8(as_text(payload))) return std::unexpected(FrameError::bad_utf8);
  return IncomingMessage{kind, payload};
}

std::optional<std::uint16_t> close_code_in(ByteView payload) {
  if (payload.size() < 2) return std::nullopt;
  return static_cast<std::uint16_t>(read_big_endian(payload.first(2)));
}

std::size_t frame_header_size(std::size_t size) { return size <= max_control_size ? 2 : size <= 0xffff ? 4 : 10; }

void write_frame_header(MessageKind kind, std::size_t size, std::span<std::uint8_t> memory) {
  invariant(memory.size() == frame_header_size(size));
  memory[0] = static_cast<std::uint8_t>(0x80 | opcode_of(kind));
  const std::size_t length_size = memory.size() - 2;
  memory[1] = static_cast<std::uint8_t>(length_size == 0 ? size : length_size == 2 ? 126 : 127);
  for (std::size_t at = 0; at < length_size; ++at) {
    memory[2 + at] = static_cast<std::uint8_t>(size >> 8 * (length_size - 1 - at));
  }
}

Bytes make_frame(MessageKind kind, ByteView payload) {
  const std::size_t header = frame_header_size(payload.size());
  Bytes frame(header + payload.size());
  write_frame_header(kind, payload.size(), std::span(frame).first(header));
  std::copy(payload.begin(), payload.end(), frame.begin() + static_cast<std::ptrdiff_t>(header));
  return frame;
}

Bytes make_close_frame(CloseCode code, std::string_view reason) {
  invariant(reason.size() + 2 <= max_control_size);
  const auto number = std::to_underlying(code);
  Bytes payload{static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
  payload.insert(payload.end(), reason.begin(), reason.end());
  return make_frame(MessageKind::close, payload);
}

}  // namespace sotto::transport
