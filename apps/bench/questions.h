#pragma once

#include <deque>
#include <expected>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/histogram.h"
#include "bench/poller.h"

namespace sotto::bench {

/// Requests that are asked over streams that stay, from one thread, some of them at the same time. What is pushed
/// meanwhile is passed over.
class Questions final : private FrameSink {
 public:
  /// `streams` must outlive the object.
  explicit Questions(std::vector<LoadConnection*> streams);

  /// To be asked over the stream with this place among them.
  void add(std::size_t stream, wire::Request request) { waiting_.push_back({stream, std::move(request)}); }
  /// Asks all, `window` at a time, and waits for the answers; fails if one is refused. The error is a sentence.
  std::expected<void, std::string> ask_all(unsigned window);

  /// From each question to its answer.
  [[nodiscard]] const Histogram& latency() const { return latency_; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Question {
    std::size_t stream = 0;
    wire::Request request;
  };

  void on_frame(LoadConnection& connection, const wire::ServerFrame& frame) override;
  std::expected<void, std::string> ask_next();

  std::vector<LoadConnection*> streams_;
  Poller poller_;
  std::deque<Question> waiting_;
  /// By stream: when each question under way was asked.
  std::vector<std::unordered_map<std::uint64_t, Time>> asked_;
  std::size_t under_way_ = 0;
  Histogram latency_;
  std::string fault_;
};

}  // namespace sotto::bench
