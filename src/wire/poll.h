#pragma once

#include "wire/operations.h"

namespace sotto::wire {

// A stream that polls carry, for clients behind proxies that let no WebSocket through: bodies of the routes under
// `/api/v1/poll/` (docs/protocol.md, section 1). They carry frames as a stream of the same encoding does.

/// Names a polled stream to who opened it, and to nobody else: it is as good as the login that the stream was
/// authenticated with. 8 octets that find the stream, then 24 random ones.
using PollName = FixedBytes<struct PollNameTag, 32>;

/// Frames in one `poll/send`.
inline constexpr std::size_t max_polled_frames = 64;
/// Frames in one answer of `poll/receive`, whose octets are limited besides.
inline constexpr std::size_t max_polled_answer = 65'536;

struct PollOpen {
  static constexpr auto describe() { return message("PollOpen", "Opens a stream that is polled."); }
};

struct PollOpened {
  PollName stream;

  static constexpr auto describe() {
    return message("PollOpened", "A stream that is polled.",
                   field(1, "stream", &PollOpened::stream, "Its name, a secret of its client."));
  }
};

struct PollSend {
  PollName stream;
  std::vector<ClientFrame> frames;

  static constexpr auto describe() {
    return message("PollSend", "Sends frames on a stream that is polled.",
                   field(1, "stream", &PollSend::stream, "Which."),
                   field(2, "frames", &PollSend::frames, at_most(max_polled_frames),
                         "Of ascending id; those at or below the highest that was taken are passed over."));
  }
};

struct PollSent {
  static constexpr auto describe() { return message("PollSent", "The frames were taken."); }
};

struct PollReceive {
  PollName stream;
  std::uint64_t after = 0;

  static constexpr auto describe() {
    return message("PollReceive", "Waits for frames of a stream that is polled, at most 25 s.",
                   field(1, "stream", &PollReceive::stream, "Which."),
                   field(2, "after", &PollReceive::after,
                         "The last frame that the client has; `last` of the answer that it got before."));
  }
};

struct PollEnd {
  std::uint32_t code = 0;
  std::string reason;

  static constexpr auto describe() {
    return message("PollEnd", "How a polled stream ended.",
                   field(1, "code", &PollEnd::code, "The code with which a WebSocket would be closed."),
                   field(2, "reason", &PollEnd::reason, at_most(123), "English, for developers."));
  }
};

struct PollReceived {
  std::vector<ServerFrame> frames;
  std::uint64_t last = 0;
  std::optional<PollEnd> closed;

  static constexpr auto describe() {
    return message("PollReceived", "Frames of a stream that is polled; perhaps none.",
                   field(1, "frames", &PollReceived::frames, at_most(max_polled_answer), "In order."),
                   field(2, "last", &PollReceived::last, "The number of the last one; the next poll's `after`."),
                   field(3, "closed", &PollReceived::closed, "Set if the stream has ended and nothing follows."));
  }
};

struct PollClose {
  PollName stream;

  static constexpr auto describe() {
    return message("PollClose", "Ends a stream that is polled.", field(1, "stream", &PollClose::stream, "Which."));
  }
};

struct PollClosed {
  static constexpr auto describe() { return message("PollClosed", "The stream has ended."); }
};

/// The routes under `/api/v1/`, beside those of `operations`.
inline constexpr auto poll_operations = sequence(Operation<PollOpen, PollOpened>{"poll/open", Access::anyone},
                                                 Operation<PollSend, PollSent>{"poll/send", Access::anyone},
                                                 Operation<PollReceive, PollReceived>{"poll/receive", Access::anyone},
                                                 Operation<PollClose, PollClosed>{"poll/close", Access::anyone});

}  // namespace sotto::wire
