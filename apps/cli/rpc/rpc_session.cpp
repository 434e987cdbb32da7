#include "cli/rpc/rpc_session.h"

#include "cli/console/failure.h"
#include "cli/rpc/engine_json.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

std::string response_to(const std::string& id, const client::Event& answer) {
  if (const auto* failed = std::get_if<client::Failed>(&answer)) {
    return print_rpc_fault({.id = id,
                            .code = RpcCode::command_failed,
                            .message = failed->error.text,
                            .data = wire::to_json(failed->error)});
  }
  return print_rpc_result(id, event_to_json(answer).body);
}

}  // namespace

void RpcSession::take_line(std::string_view text) {
  RpcLine parsed = parse_rpc_line(text);
  const auto line = std::make_shared<Line>();
  line->is_batch = parsed.is_batch;
  line->missing = parsed.requests.size();
  for (auto& request : parsed.requests) {
    if (request) {
      start(std::move(*request), line);
    } else {
      respond(line, print_rpc_fault(request.error()));
    }
  }
}

void RpcSession::start(RpcRequest request, const LineHandle& line) {
  auto command = command_from_json(request.method, request.params);
  if (command) {
    const std::uint64_t number = submit_(std::move(*command));
    waiting_.emplace(number, Waiting{std::move(request.id), line});
    return;
  }
  const RpcCode code =
      command.error().fault == CommandFault::unknown_name ? RpcCode::method_not_found : RpcCode::invalid_params;
  const RpcFault fault{.id = request.id.value_or("null"), .code = code, .message = command.error().text, .data = {}};
  respond(line, request.id ? print_rpc_fault(fault) : std::string());
}

void RpcSession::hear(const client::EventFrame& event) {
  if (event.command == 0) {
    const EventJson json = event_to_json(event.event);
    print_(print_rpc_notification(json.name, json.body));
    return;
  }
  const auto found = waiting_.find(event.command);
  if (found == waiting_.end()) return;
  const Waiting waiting = std::move(found->second);
  waiting_.erase(found);
  respond(waiting.line, waiting.id ? response_to(*waiting.id, event.event) : std::string());
}

void RpcSession::respond(const LineHandle& line, std::string response) {
  if (!response.empty()) line->responses.push_back(std::move(response));
  if (--line->missing == 0) finish(*line);
}

void RpcSession::finish(Line& line) {
  if (line.responses.empty()) return;
  if (!line.is_batch) {
    print_(line.responses.front());
    return;
  }
  std::string text = "[";
  for (const std::string& response : line.responses) {
    if (text.size() > 1) text += ",";
    text += response;
  }
  print_(text + "]");
}

}  // namespace sotto::cli
