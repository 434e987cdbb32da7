#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "transport/http_request.h"
#include "wire/limits.h"

namespace sotto::gateway {

/// Whether people may create accounts themselves.
enum class RegistrationPolicy : std::uint8_t { open, closed };

/// Whether security events name the peer's network address.
enum class EventAddresses : std::uint8_t { left_out, written };

/// Whether connections from this machine are counted by address: not if a proxy or the people on it are trusted.
enum class LoopbackLimit : std::uint8_t { none, as_others };

/// Time-outs and bounds of every connection. The defaults are those of a server on the internet.
struct GatewaySettings {
  using Span = std::chrono::milliseconds;

  /// For TLS and the first request's header, and for each later header from its first octet.
  Span header_timeout{10'000};
  /// A body may be late by this much against `min_body_rate`.
  Span body_grace{5'000};
  /// Octets a second.
  std::size_t min_body_rate = 1'000;
  /// Between two requests of a connection.
  Span keep_alive_timeout{60'000};
  /// From the opening of a stream to its authentication.
  Span authentication_timeout{10'000};
  Span ping_interval{30'000};
  /// Without an octet from the peer of a stream.
  Span idle_timeout{300'000};
  /// Without the peer taking an octet of what waits for it.
  Span write_timeout{60'000};
  /// For the peer to close its side after we closed ours.
  Span close_timeout{2'000};
  /// How long a poll waits for frames.
  Span poll_wait{25'000};
  /// Without a poll of a polled stream.
  Span poll_idle_timeout{60'000};
  /// How long an account whose last stream ended is still shown as online.
  Span presence_linger{5'000};
  /// How often the times at which accounts were last seen are written.
  Span last_seen_interval{30'000};
  /// For requests under way when the server stops.
  Span shutdown_timeout{5'000};

  transport::HttpLimits http;
  std::size_t max_frame_size = wire::max_request_size;
  std::size_t max_requests_in_flight = 64;
  /// Octets of pushes that wait for one stream; beyond them pushes are dropped and the stream is behind.
  std::size_t max_queued_pushes = 256 * 1024;
  /// Octets of answers that wait for one stream, those of requests under way counted at their most; beyond them nothing
  /// more is read from it.
  std::size_t max_queued_answers = 1024 * 1024;
  /// Frames of one stream that are no message; the next one ends it.
  std::size_t max_malformed_frames = 8;

  std::size_t max_connections = 18'000;
  /// From one address (of IPv6: from one /64). The trusted proxies are not counted, and this machine as `loopback`
  /// says.
  std::size_t max_connections_per_address = 200;
  LoopbackLimit loopback = LoopbackLimit::none;
  /// Streams over polls; those from one address are bounded like connections.
  std::size_t max_polled_streams = 4'000;
  /// Addresses whose X-Forwarded-For is believed.
  std::vector<std::string> trusted_proxies;
  /// Origins besides the server's own address.
  std::vector<std::string> allowed_origins;

  RegistrationPolicy registration = RegistrationPolicy::open;
  EventAddresses event_addresses = EventAddresses::left_out;
};

}  // namespace sotto::gateway
