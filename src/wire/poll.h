#pragma once

#include <vector>

#include "wire/frame.h"

namespace sotto::gateway {

// Bodies of the poll routes (docs/protocol.md, section 1). They carry frames as a text stream does.

/// Names a polled stream to who opened it, and to nobody else: it is as good as the login that the stream was
/// authenticated with. 8 octets that find the stream, then 24 random ones.
using PollName = FixedBytes<struct PollNameTag, 32>;

/// Frames in one `poll/send`.
inline constexpr std::size_t max_polled_frames = 64;

struct PollOpen {
  static constexpr auto describe() { return wire::message("PollOpen", "Opens a stream that is polled."); }
};

struct PollOpened {
  PollName stream;

  static constexpr auto describe() {
    return wire::message("PollOpened", "A stream that is polled.",
                         wire::field(1, "stream", &PollOpened::stream, "Its name, a secret of its client."));
  }
};

struct PollSend {
  PollName stream;
  std::vector<wire::ClientFrame> frames;

  static constexpr auto describe() {
    return wire::message("PollSend", "Frames of the client.", wire::field(1, "stream", &PollSend::stream, "Which."),
                         wire::field(2, "frames", &PollSend::frames, wire::at_most(max_polled_frames),
                                     "Of ascending id; those at or below the highest that was taken are passed over."));
  }
};

struct PollReceive {
  PollName stream;
  std::uint64_t after = 0;

  static constexpr auto describe() {
    return wire::message("PollReceive", "Asks for the server's frames.",
                         wire::field(1, "stream", &PollReceive::stream, "Which."),
                         wire::field(2, "after", &PollReceive::after,
                                     "The last frame that the client has; `last` of the answer that it got before."));
  }
};

struct PollClose {
  PollName stream;

  static constexpr auto describe() {
    return wire::message("PollClose", "Ends the stream.", wire::field(1, "stream", &PollClose::stream, "Which."));
  }
};

}  // namespace sotto::gateway
