#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sotto::cli {

// JSON-RPC 2.0 (https://www.jsonrpc.org/specification), one JSON text a line.

/// The codes of section 5.1, and one of the range that is left to applications.
enum class RpcCode : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  command_failed = -32000,
};

struct RpcRequest {
  /// JSON text of the id: a string, a number or null. Absent in a notification, which is never answered.
  std::optional<std::string> id;
  std::string method;
  /// JSON text of an object; "{}" if there were none.
  std::string params = "{}";
};

/// A request that cannot be carried out, as it is answered. `id` is "null" where none could be read.
struct RpcFault {
  std::string id = "null";
  RpcCode code = RpcCode::invalid_request;
  std::string message;
  /// JSON text of the member `data`, if there is one.
  std::optional<std::string> data;
};

/// One line: a request or a batch of them.
struct RpcLine {
  bool is_batch = false;
  std::vector<std::expected<RpcRequest, RpcFault>> requests;
};

/// Longest line that is read.
inline constexpr std::size_t max_rpc_line_size = 1024 * 1024;
/// Requests in one batch.
inline constexpr std::size_t max_rpc_batch = 64;

/// Never fails: what is wrong with the line is in the requests.
[[nodiscard]] RpcLine parse_rpc_line(std::string_view line);

/// `result` is JSON text.
[[nodiscard]] std::string print_rpc_result(std::string_view id, const std::string& result);
[[nodiscard]] std::string print_rpc_fault(const RpcFault& fault);
/// `params` is JSON text.
[[nodiscard]] std::string print_rpc_notification(std::string_view method, const std::string& params);

}  // namespace sotto::cli
