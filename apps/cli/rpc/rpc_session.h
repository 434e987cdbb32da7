#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/rpc/json_rpc.h"
#include "client/commands.h"
#include "client/events.h"

namespace sotto::cli {

/// Translates between JSON-RPC lines and an engine. Knows nothing of files or loops.
class RpcSession {
 public:
  /// Hands a command to the engine and returns the id that its answer will carry.
  using Submit = std::function<std::uint64_t(client::Command)>;
  /// Takes one line of output, without its line break.
  using Print = std::function<void(const std::string&)>;

  RpcSession(Submit submit, Print print) : submit_(std::move(submit)), print_(std::move(print)) {}

  /// One line of input, without its line break.
  void take_line(std::string_view line);
  /// Every event of the engine, in order: an answer becomes the response to its request, everything else a
  /// notification.
  void hear(const client::EventFrame& event);

  /// Requests that are not answered yet.
  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }

 private:
  /// The responses of one line; printed together once all are there.
  struct Line {
    bool is_batch = false;
    std::size_t missing = 0;
    std::vector<std::string> responses;
  };
  /// Shared by the requests of one batch; whichever is answered last prints it.
  using LineHandle = std::shared_ptr<Line>;
  struct Waiting {
    std::optional<std::string> id;
    LineHandle line;
  };

  void start(RpcRequest request, const LineHandle& line);
  void respond(const LineHandle& line, std::string response);
  void finish(Line& line);

  Submit submit_;
  Print print_;
  std::unordered_map<std::uint64_t, Waiting> waiting_;
};

}  // namespace sotto::cli
