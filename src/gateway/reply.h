#pragma once

#include "gateway/connection_id.h"
#include "service/context.h"
#include "transport/timer_wheel.h"
#include "wire/operations.h"

namespace sotto::gateway {

/// How a frame or body is written.
enum class Form : std::uint8_t { binary, json };

/// Place of an operation in `wire::operations`.
using OperationIndex = std::uint8_t;
inline constexpr std::size_t operation_count = decltype(wire::operations)::size;
/// For what is asked of the server and is no operation: whether it can store.
inline constexpr OperationIndex readiness_probe = operation_count;
/// For a resource of the transparency log.
inline constexpr OperationIndex log_fetch = operation_count + 1;

/// What a request's answer needs to find its way back. Goes with the request through storage and comes back with the
/// answer, so that a connection remembers nothing of the requests under way but their number.
struct RequestTag {
  ConnectionId connection;
  /// The frame's number; 0 on HTTP.
  std::uint64_t frame_id = 0;
  OperationIndex operation = 0;
  Form form = Form::json;
  /// Octets that the connection keeps free for the answer.
  std::uint32_t reserved = 0;
  transport::MonotonicTime asked_at;
};

[[nodiscard]] inline wire::Error error_of(wire::ErrorCode code, std::string_view message, std::string_view field = {}) {
  wire::Error error;
  error.code = code;
  error.message = message;
  error.field = field;
  return error;
}

struct Reply {
  RequestTag tag;
  /// An `Error`, or the operation's own answer; what it speaks of is durable.
  wire::Answer answer;
  /// Who a granted `Authenticate` speaks for.
  std::optional<service::Caller> caller;
  /// The octets of a resource, of a granted `log_fetch`.
  std::string resource = {};
};

/// Where answers go.
class ReplySink {
 public:
  virtual ~ReplySink() = default;
  /// From any thread; does not block.
  virtual void put(Reply reply) = 0;
};

}  // namespace sotto::gateway
