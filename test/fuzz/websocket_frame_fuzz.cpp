// Any octets of a client are messages or an error, the same ones however they are cut, and no message is larger than
// the limit.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/invariant.h"
#include "gateway/frame_form.h"
#include "transport/websocket_frames.h"

namespace {

using namespace sotto;

constexpr std::size_t limit = 2'000;

struct Message {
  transport::MessageKind kind;
  Bytes payload;
  friend bool operator==(const Message&, const Message&) = default;
};

struct Reading {
  std::vector<Message> messages;
  std::optional<transport::FrameError> error;
};

Reading read_in_pieces(ByteView octets, std::size_t piece) {
  transport::FrameReader reader(limit);
  Reading reading;
  Bytes waiting;
  while (!octets.empty()) {
    const std::size_t part = std::min(piece, octets.size());
    waiting.insert(waiting.end(), octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(part));
    octets = octets.subspan(part);
    for (;;) {
      const auto step = reader.step(waiting);
      if (!step) {
        reading.error = step.error();
        return reading;
      }
      if (step->consumed == 0) break;
      if (step->message) {
        const ByteView payload = step->message->payload;
        invariant(payload.size() <= limit);
        reading.messages.push_back({step->message->kind, Bytes(payload.begin(), payload.end())});
      }
      waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(step->consumed));
    }
    invariant(waiting.size() < reader.max_frame_octets());
  }
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView octets(data, size);
  const Reading whole = read_in_pieces(octets, std::max<std::size_t>(size, 1));
  const Reading cut = read_in_pieces(octets, 3);
  invariant(whole.messages == cut.messages && whole.error == cut.error);
  for (const Message& message : whole.messages) {
    if (message.kind == transport::MessageKind::text) (void)gateway::decode_frame(message.payload, gateway::Form::json);
    if (message.kind == transport::MessageKind::binary) {
      (void)gateway::decode_frame(message.payload, gateway::Form::binary);
    }
  }
  return 0;
}
