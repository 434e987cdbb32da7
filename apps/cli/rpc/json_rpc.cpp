#include "cli/rpc/json_rpc.h"

#include <boost/json.hpp>

#include "wire/json_writer.h"

namespace sotto::cli {
namespace {

namespace json = boost::json;

std::unexpected<RpcFault> invalid(std::string id, std::string message) {
  return std::unexpected(
      RpcFault{.id = std::move(id), .code = RpcCode::invalid_request, .message = std::move(message), .data = {}});
}

bool may_be_id(const json::value& value) { return value.is_string() || value.is_number() || value.is_null(); }

std::expected<RpcRequest, RpcFault> parse_request(const json::value& value) {
  if (!value.is_object()) return invalid("null", "A request is an object.");
  const json::object& object = value.get_object();
  RpcRequest request;
  if (const json::value* id = object.if_contains("id")) {
    if (!may_be_id(*id)) return invalid("null", "An id is a string, a number or null.");
    request.id = json::serialize(*id);
  }
  const std::string id = request.id.value_or("null");
  const json::value* version = object.if_contains("jsonrpc");
  if (version == nullptr || *version != "2.0") return invalid(id, "The member jsonrpc must be \"2.0\".");
  const json::value* method = object.if_contains("method");
  if (method == nullptr || !method->is_string()) return invalid(id, "The member method must be a string.");
  request.method = std::string(method->get_string());
  if (const json::value* params = object.if_contains("params")) {
    if (params->is_array()) {
      return std::unexpected(
          RpcFault{.id = id, .code = RpcCode::invalid_params, .message = "Parameters are given by name.", .data = {}});
    }
    if (!params->is_object()) return invalid(id, "The member params must be an object.");
    request.params = json::serialize(*params);
  }
  return request;
}

RpcLine only(std::expected<RpcRequest, RpcFault> request) {
  RpcLine line;
  line.requests.push_back(std::move(request));
  return line;
}

}  // namespace

RpcLine parse_rpc_line(std::string_view line) {
  if (line.size() > max_rpc_line_size) return only(invalid("null", "The line is longer than 1 MiB."));
  json::error_code failure;
  const json::value value = json::parse(line, failure);
  if (failure) return only(std::unexpected(RpcFault{.code = RpcCode::parse_error, .message = "Not JSON.", .data = {}}));
  if (!value.is_array()) return only(parse_request(value));
  const json::array& batch = value.get_array();
  if (batch.empty()) return only(invalid("null", "A batch holds at least one request."));
  if (batch.size() > max_rpc_batch) return only(invalid("null", "A batch holds at most 64 requests."));
  RpcLine result{.is_batch = true, .requests = {}};
  for (const json::value& element : batch) result.requests.push_back(parse_request(element));
  return result;
}

std::string print_rpc_result(std::string_view id, const std::string& result) {
  return R"({"jsonrpc":"2.0","id":)" + std::string(id) + R"(,"result":)" + result + "}";
}

std::string print_rpc_fault(const RpcFault& fault) {
  std::string text = R"({"jsonrpc":"2.0","id":)" + fault.id + R"(,"error":{"code":)" +
                     std::to_string(static_cast<int>(fault.code)) + R"(,"message":)";
  wire::append_json_string(text, fault.message);
  if (fault.data) text += R"(,"data":)" + *fault.data;
  return text + "}}";
}

std::string print_rpc_notification(std::string_view method, const std::string& params) {
  return R"({"jsonrpc":"2.0","method":")" + std::string(method) + R"(","params":)" + params + "}";
}

}  // namespace sotto::cli
