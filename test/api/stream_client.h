#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/reply.h"
#include "wire/frame.h"

namespace sotto::test {

struct StreamClientOptions {
  std::uint16_t port = 0;
  /// Sent as Origin if it is not empty.
  std::string origin;
  std::string target = "/api/v1/stream";
  /// Octets that the operating system may hold for the client; 0 leaves its default. Small ones make a slow reader.
  int receive_buffer = 0;
};

/// A stream over Beast, which is not what the server's framing is made of. Every wait ends after 30 seconds.
class StreamClient {
 public:
  explicit StreamClient(const StreamClientOptions& options);
  ~StreamClient();
  StreamClient(const StreamClient&) = delete;
  StreamClient& operator=(const StreamClient&) = delete;

  /// The HTTP status of the handshake: 101 if there is a stream now.
  [[nodiscard]] unsigned status() const;

  /// Sends a request under the next number, which is returned.
  std::uint64_t send(wire::Request request, gateway::Form form = gateway::Form::binary);
  void send_octets(ByteView octets, gateway::Form form);
  /// Octets past the framing: whatever a client should not send.
  void send_raw(ByteView octets);
  void ping();

  /// The next frame; nothing if the stream ends first.
  [[nodiscard]] std::optional<wire::ServerFrame> receive();
  /// Sends and waits for the answer. Pushes that come before it are kept in `pushes`.
  [[nodiscard]] wire::Answer ask(wire::Request request, gateway::Form form = gateway::Form::binary);
  /// The next push, kept or new.
  [[nodiscard]] std::optional<wire::Answer> next_push();
  /// Reads on until the server closes; the close code, or 0 if it just went away.
  [[nodiscard]] std::uint16_t read_until_closed();
  /// The form of the frame that was received last.
  [[nodiscard]] gateway::Form last_form() const { return last_form_; }

  std::vector<wire::Answer> pushes;

 private:
  struct Socket;
  std::unique_ptr<Socket> socket_;
  std::uint64_t next_number_ = 1;
  gateway::Form last_form_ = gateway::Form::binary;
};

/// The error in an answer; `unspecified` if it is granted.
[[nodiscard]] wire::ErrorCode code_of(const wire::Answer& answer);

}  // namespace sotto::test
