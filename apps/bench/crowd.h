#pragma once

#include <chrono>
#include <deque>
#include <functional>

#include "bench/histogram.h"
#include "bench/poller.h"

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
  /// Whether a complete stream stays, or is reset and makes room for the next.
  enum class Keep : std::uint8_t { all, none } keep = Keep::all;
  /// What the stream with this number resumes from; if empty, each from the beginning.
  std::function<std::vector<wire::Cursor>(std::size_t)> cursors = {};
  /// What each resumption must bring.
  std::size_t missed_entries = 0;
};

/// Many streams that are opened side by side from one thread, as clients do that come back. Each begins with a
/// connection of its own.
class Crowd final : private FrameSink {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Crowd(CrowdPlan plan) : plan_(std::move(plan)) {}

  /// Opens them all, or as many as are complete by `end`. The error is a sentence.
  std::expected<void, std::string> open_until(Time end);

  [[nodiscard]] std::size_t complete() const { return complete_; }
  /// From the first octet of each stream until it is complete.
  [[nodiscard]] const Histogram& latency() const { return latency_; }
  /// From the beginning of `open_until` until each stream is complete.
  [[nodiscard]] const Histogram& back_after() const { return back_after_; }
  [[nodiscard]] std::vector<std::unique_ptr<LoadConnection>> take_streams() { return std::move(streams_); }

 private:
  void on_open(LoadConnection& connection) override;
  void on_frame(LoadConnection& connection, const wire::ServerFrame& frame) override;

  std::expected<void, std::string> begin_more();
  std::expected<void, std::string> turn();
  void ask(LoadConnection& connection, wire::Request request);
  void complete(LoadConnection& connection);

  CrowdPlan plan_;
  Poller poller_;
  Time began_at_;
  /// By the connections' places.
  std::vector<std::unique_ptr<LoadConnection>> streams_;
  std::vector<Time> begun_at_;
  std::vector<LoadConnection*> dirty_;
  /// Complete, to be reset after the turn.
  std::vector<std::size_t> done_;
  std::size_t complete_ = 0;
  Histogram latency_;
  Histogram back_after_;
  std::string fault_;
};

}  // namespace sotto::bench
