#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.h"

namespace sotto::transport {

// The server's side of RFC 6455 framing, sans-IO, without extensions.

/// Close codes of RFC 6455 section 7.4, and our own from its private range.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  bad_data = 1007,
  policy_violation = 1008,
  too_large = 1009,
  internal_error = 1011,
  try_again_later = 1013,
  /// The stream's login ended or the client did not authenticate in time.
  unauthenticated = 4401,
  /// Nothing was heard from the client, or it took nothing, for too long.
  timed_out = 4408,
};

enum class MessageKind : std::uint8_t { text, binary, ping, pong, close };

/// A whole message, or a control frame. `payload` is valid until the next call of the reader.
struct IncomingMessage {
  MessageKind kind = MessageKind::binary;
  ByteView payload;
};

/// Why a peer's octets end the connection.
enum class FrameError : std::uint8_t {
  /// Reserved bits or opcode, an unmasked frame, a length that is not the shortest, a fragmented or long control
  /// frame, a continuation of nothing, a new message inside a fragmented one, or a close frame with one octet.
  bad_frame,
  /// A message beyond the limit. Noticed at the header, before its octets are taken.
  too_large,
  /// A text message or a close reason that is not UTF-8.
  bad_utf8,
};

[[nodiscard]] CloseCode close_code_of(FrameError error);
[[nodiscard]] std::string_view explain(FrameError error);

/// Takes a client's octets apart. Holds nothing but the fragments of an unfinished message.
class FrameReader {
 public:
  explicit FrameReader(std::size_t max_message_size) : max_message_size_(max_message_size) {}

  struct Step {
    /// Octets of the input that are done with; 0 if the first frame is not whole yet.
    std::size_t consumed = 0;
    std::optional<IncomingMessage> message;
  };
  /// Reads at most one frame from the front of `input` and unmasks it in place. An input of `max_frame_octets()` always
  /// yields progress or an error. After an error the reader must not be used again.
  [[nodiscard]] std::expected<Step, FrameError> step(std::span<std::uint8_t> input);

  /// The most octets that one frame may occupy.
  [[nodiscard]] std::size_t max_frame_octets() const { return max_message_size_ + 14; }

 private:
  struct Header {
    std::uint8_t opcode = 0;
    bool final = false;
    std::size_t size = 0;
    std::size_t payload_at = 0;
  };
  [[nodiscard]] std::expected<std::optional<Header>, FrameError> read_header(ByteView input) const;
  [[nodiscard]] std::optional<FrameError> check(const Header& header) const;
  [[nodiscard]] std::expected<std::optional<IncomingMessage>, FrameError> take(const Header& header, ByteView payload);

  std::size_t max_message_size_;
  std::optional<MessageKind> unfinished_;
  Bytes fragments_;
};

/// The code and reason of a received close frame's payload; nothing in an empty one (RFC 6455 section 7.1.5).
[[nodiscard]] std::optional<std::uint16_t> close_code_in(ByteView payload);

/// The octets that precede a server's unfragmented message of `size` octets: 2, 4 or 10.
[[nodiscard]] std::size_t frame_header_size(std::size_t size);
/// `memory` has exactly `frame_header_size(size)` octets.
void write_frame_header(MessageKind kind, std::size_t size, std::span<std::uint8_t> memory);

/// A whole frame of a server: header and payload.
[[nodiscard]] Bytes make_frame(MessageKind kind, ByteView payload);
/// `reason` of at most 123 octets.
[[nodiscard]] Bytes make_close_frame(CloseCode code, std::string_view reason);

}  // namespace sotto::transport
