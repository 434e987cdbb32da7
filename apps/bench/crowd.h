#pragma once

#include <functional>

#include "bench/stream_crowd.h"

namespace sotto::bench {

struct CrowdPlan {
  Endpoint endpoint;
  /// Streams in all.
  std::size_t size = 0;
  /// Streams that are being opened at the same time.
  std::size_t at_once = 64;
  /// The access token of the stream with this number.
  std::function<std::string(std::size_t)> token;
  /// What makes a stream complete: its authentication, or the answer to its resumption.
  enum class Goal : std::uint8_t { authenticated, resumed } goal = Goal::resumed;
  using Keep = CrowdPace::Keep;
  Keep keep = Keep::all;
  /// What the stream with this number resumes from; if empty, each from the beginning.
  std::function<std::vector<wire::Cursor>(std::size_t)> cursors = {};
  /// What each resumption must bring.
  std::size_t missed_entries = 0;
};

/// Many streams of clients that come back.
class Crowd final : public StreamCrowd<LoadConnection, FrameSink> {
 public:
  explicit Crowd(CrowdPlan plan)
      : StreamCrowd({.endpoint = plan.endpoint, .size = plan.size, .at_once = plan.at_once, .keep = plan.keep}),
        plan_(std::move(plan)) {}

 private:
  /// The connection itself asks for its upgrade.
  void begin(LoadConnection& /*connection*/) override {}
  void on_open(LoadConnection& connection) override;
  void on_frame(LoadConnection& connection, const wire::ServerFrame& frame) override;
  void ask(LoadConnection& connection, wire::Request request);

  CrowdPlan plan_;
};

}  // namespace sotto::bench
