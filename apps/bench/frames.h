#pragma once

#include <optional>

#include "base/bytes.h"
#include "bench/load_connection.h"

namespace sotto::bench {

// RFC 6455 section 5.2, as far as a load generator needs it.

inline constexpr std::uint8_t opcode_binary = 2;
inline constexpr std::uint8_t opcode_close = 8;
inline constexpr std::uint8_t opcode_ping = 9;
inline constexpr std::uint8_t opcode_pong = 10;

struct FrameForm {
  std::uint8_t opcode = opcode_binary;
  /// With a key of zeros, which masks nothing and costs nothing; a server cannot tell.
  bool masked = false;
};

/// Appends a frame. `payload` has at most 65,535 octets.
void append_frame(Bytes& out, const FrameForm& form, ByteView payload);
inline void append_client_frame(Bytes& out, ByteView payload) { append_frame(out, {.masked = true}, payload); }

struct FrameView {
  std::uint8_t opcode;
  ByteView payload;
  std::size_t total_size;
};

/// The first frame of `bytes`, if it is complete. Servers do not mask, and Sotto's does not fragment.
[[nodiscard]] std::optional<FrameView> first_frame(ByteView bytes);

/// What is wanted of a `ServerFrame` that pushes a `LogEntry`; nothing if it is another one.
[[nodiscard]] std::optional<EntryView> pushed_entry(ByteView payload);

}  // namespace sotto::bench
