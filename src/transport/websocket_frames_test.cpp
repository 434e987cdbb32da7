// The frame reader yields the same messages however octets are cut and messages are fragmented, notices a message
// beyond the limit at its header, and refuses everything that RFC 6455 forbids a client.
#include "transport/websocket_frames.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace sotto::transport {
namespace {

constexpr std::size_t limit = 70'000;

/// A client's frame: masked, with a first octet of one's choice.
Bytes client_frame(std::uint8_t first, ByteView payload, std::uint32_t mask = 0x37fa213d) {
  Bytes frame = make_frame(MessageKind::binary, payload);
  frame[0] = first;
  frame[1] |= 0x80;
  const std::size_t header = frame_header_size(payload.size());
  Bytes key;
  for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<std::uint8_t>(mask >> shift));
  for (std::size_t at = 0; at < payload.size(); ++at) frame[header + at] ^= key[at % 4];
  frame.insert(frame.begin() + static_cast<std::ptrdiff_t>(header), key.begin(), key.end());
  return frame;
}

struct Seen {
  std::vector<std::pair<MessageKind, Bytes>> messages;
  std::optional<FrameError> error;
};

Seen read_in_pieces(ByteView octets, std::size_t piece) {
  FrameReader reader(limit);
  Seen seen;
  Bytes waiting;
  while (!octets.empty()) {
    const std::size_t part = std::min(piece, octets.size());
    waiting.insert(waiting.end(), octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(part));
    octets = octets.subspan(part);
    for (;;) {
      const auto step = reader.step(waiting);
      if (!step) {
        seen.error = step.error();
        return seen;
      }
      if (step->consumed == 0) break;
      if (step->message) {
        seen.messages.emplace_back(step->message->kind,
                                   Bytes(step->message->payload.begin(), step->message->payload.end()));
      }
      waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(step->consumed));
    }
  }
  return seen;
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

TEST(FrameReader, ReadsTheExampleOfTheSpecification) {
  const Bytes octets{0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58};
  const Seen seen = read_in_pieces(octets, 100);
  ASSERT_EQ(seen.messages.size(), 1u);
  EXPECT_EQ(seen.messages[0].first, MessageKind::text);
  EXPECT_EQ(as_text(seen.messages[0].second), "Hello");
}

TEST(FrameReader, AnyCutYieldsTheSameMessages) {
  std::mt19937 random(3);
  Bytes octets;
  std::vector<Bytes> sent;
  for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 1'000u, 65'535u, 65'536u}) {
    Bytes payload(size);
    for (auto& octet : payload) octet = static_cast<std::uint8_t>(random());
    octets = std::move(octets) + client_frame(0x82, payload, static_cast<std::uint32_t>(random()));
    sent.push_back(payload);
  }
  for (const std::size_t piece : {13u, 1'000u, 65'536u, 1'000'000u}) {
    const Seen seen = read_in_pieces(octets, piece);
    ASSERT_EQ(seen.messages.size(), sent.size()) << piece;
    for (std::size_t at = 0; at < sent.size(); ++at) EXPECT_EQ(seen.messages[at].second, sent[at]);
  }
}

TEST(FrameReader, JoinsFragmentsAndLetsControlFramesBetweenThem) {
  const Bytes octets = client_frame(0x01, as_bytes("Hel")) + client_frame(0x89, as_bytes("ping")) +
                       client_frame(0x00, as_bytes("l")) + client_frame(0x80, as_bytes("o")) +
                       client_frame(0x82, as_bytes("next"));
  for (std::size_t piece = 1; piece < octets.size(); ++piece) {
    const Seen seen = read_in_pieces(octets, piece);
    ASSERT_EQ(seen.messages.size(), 3u);
    EXPECT_EQ(seen.messages[0].first, MessageKind::ping);
    EXPECT_EQ(seen.messages[1].first, MessageKind::text);
    EXPECT_EQ(as_text(seen.messages[1].second), "Hello");
    EXPECT_EQ(as_text(seen.messages[2].second), "next");
  }
}

TEST(FrameReader, NoticesATooLargeMessageAtItsHeader) {
  const Bytes frame = client_frame(0x82, Bytes(limit + 1));
  EXPECT_EQ(read_in_pieces(ByteView(frame).first(14), 14).error, FrameError::too_large);
  const Bytes first = client_frame(0x02, Bytes(limit - 1));
  const Bytes second = client_frame(0x80, Bytes(2));
  EXPECT_EQ(read_in_pieces(first + Bytes(second.begin(), second.begin() + 6), 1'000).error, FrameError::too_large);
}

TEST(FrameReader, RefusesWhatAClientMayNotSend) {
  const Bytes unmasked = make_frame(MessageKind::binary, as_bytes("x"));
  EXPECT_EQ(read_in_pieces(unmasked, 100).error, FrameError::bad_frame);
  for (const std::uint8_t first : Bytes{0xc2, 0xa2, 0x92, 0x83, 0x87, 0x8b, 0x8f, 0x80, 0x00, 0x09, 0x08}) {
    EXPECT_EQ(read_in_pieces(client_frame(first, as_bytes("xyz")), 100).error, FrameError::bad_frame) << int{first};
  }
  EXPECT_EQ(read_in_pieces(client_frame(0x89, Bytes(126)), 1'000).error, FrameError::bad_frame);
  EXPECT_EQ(read_in_pieces(client_frame(0x01, as_bytes("a")) + client_frame(0x81, as_bytes("b")), 100).error,
            FrameError::bad_frame);
  EXPECT_EQ(read_in_pieces(Bytes{0x82, 0xfe, 0x00, 0x05, 1, 2, 3, 4}, 100).error, FrameError::bad_frame);
  EXPECT_EQ(read_in_pieces(Bytes{0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}, 100).error, FrameError::bad_frame);
}

TEST(FrameReader, RefusesTextThatIsNotUtf8) {
  EXPECT_EQ(read_in_pieces(client_frame(0x81, Bytes{0xff}), 100).error, FrameError::bad_utf8);
  EXPECT_EQ(read_in_pieces(client_frame(0x88, Bytes{0x03, 0xe8, 0xff}), 100).error, FrameError::bad_utf8);
}

TEST(FrameReader, KnowsWhichCloseFramesAreAllowed) {
  EXPECT_EQ(read_in_pieces(client_frame(0x88, Bytes{}), 100).messages.size(), 1u);
  EXPECT_EQ(read_in_pieces(client_frame(0x88, Bytes{0x03, 0xe8}), 100).messages.size(), 1u);
  EXPECT_TRUE(read_in_pieces(client_frame(0x88, Bytes{0x03}), 100).error);
  EXPECT_TRUE(read_in_pieces(client_frame(0x88, Bytes{0x03, 0xed}), 100).error);
  EXPECT_TRUE(read_in_pieces(client_frame(0x88, Bytes{0x00, 0x01}), 100).error);
}

TEST(ServerFrames, HaveTheShortestHeaderAndACodeInTheCloseFrame) {
  EXPECT_EQ(make_frame(MessageKind::text, as_bytes("Hello")), (Bytes{0x81, 0x05, 'H', 'e', 'l', 'l', 'o'}));
  EXPECT_EQ(make_frame(MessageKind::binary, Bytes(126)).size(), 130u);
  EXPECT_EQ(make_frame(MessageKind::binary, Bytes(65'536)).size(), 65'546u);
  const Bytes close = make_close_frame(CloseCode::unauthenticated, "no");
  EXPECT_EQ(close, (Bytes{0x88, 0x04, 0x11, 0x31, 'n', 'o'}));
  EXPECT_EQ(close_code_in(ByteView(close).subspan(2)), 4401);
}

}  // namespace
}  // namespace sotto::transport
