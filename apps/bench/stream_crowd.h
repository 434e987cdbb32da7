#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "bench/histogram.h"
#include "bench/poller.h"

namespace sotto::bench {

/// How many streams are opened, and what becomes of them.
struct CrowdPace {
  Endpoint endpoint;
  /// Streams in all.
  std::size_t size = 0;
  /// Streams that are being opened at the same time.
  std::size_t at_once = 0;
  /// Whether a complete stream stays, or is reset and makes room for the next.
  enum class Keep : std::uint8_t { all, none } keep = Keep::all;
};

/// Many streams that are opened side by side from one thread, whatever they speak: begins, times, and keeps or resets
/// them. Each begins with a connection of its own. What is said on one until it is complete derives from it.
template <class Connection, class Sink>
class StreamCrowd : protected Sink {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Opens them all, or as many as are complete by `end`. The error is a sentence.
  std::expected<void, std::string> open_until(Time end) {
    began_at_ = std::chrono::steady_clock::now();
    while (complete_ < pace_.size && std::chrono::steady_clock::now() < end) {
      if (auto begun = begin_more(); !begun) return begun;
      if (auto turned = turn(); !turned) return turned;
    }
    return {};
  }

  [[nodiscard]] std::size_t complete() const { return complete_; }
  /// From the first octet of each stream until it is complete.
  [[nodiscard]] const Histogram& latency() const { return latency_; }
  /// From the beginning of `open_until` until each stream is complete.
  [[nodiscard]] const Histogram& back_after() const { return back_after_; }
  /// In the order of their numbers.
  [[nodiscard]] std::vector<std::unique_ptr<Connection>> take_streams() { return std::move(streams_); }

 protected:
  explicit StreamCrowd(const CrowdPace& pace) : pace_(pace) {}

  /// The connection has its place, which is its number; what is queued here goes out first.
  virtual void begin(Connection& connection) = 0;

  /// What is queued on the connection goes out after this turn.
  void send_soon(Connection& connection) { dirty_.push_back(&connection); }
  /// Ends the opening; a sentence.
  void fail(std::string fault) { fault_ = std::move(fault); }
  void complete(Connection& connection) {
    const Time now = std::chrono::steady_clock::now();
    latency_.record(microseconds_between(begun_at_[connection.place], now));
    back_after_.record(microseconds_between(began_at_, now));
    ++complete_;
    if (pace_.keep == CrowdPace::Keep::all) return;
    connection.reset_at_end();
    done_.push_back(connection.place);
  }

 private:
  static std::uint64_t microseconds_between(Time from, Time to) {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(to - from).count());
  }

  std::expected<void, std::string> begin_more() {
    while (streams_.size() < pace_.size && streams_.size() - complete_ < pace_.at_once) {
      auto connection = Connection::begin(pace_.endpoint);
      if (!connection) return std::unexpected(connection.error());
      (*connection)->place = streams_.size();
      begun_at_.push_back(std::chrono::steady_clock::now());
      poller_.watch(**connection);
      begin(**connection);
      if (auto flushed = poller_.flush(**connection); !flushed) return flushed;
      streams_.push_back(std::move(*connection));
    }
    return {};
  }

  std::expected<void, std::string> turn() {
    if (auto polled = poller_.poll(*this, std::chrono::milliseconds(100)); !polled) return polled;
    if (!fault_.empty()) return std::unexpected(fault_);
    for (Connection* connection : dirty_) {
      if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
    }
    dirty_.clear();
    for (const std::size_t place : done_) streams_[place].reset();
    done_.clear();
    return {};
  }

  const CrowdPace pace_;
  PollerOf<Connection, Sink> poller_;
  Time began_at_;
  /// By the connections' places.
  std::vector<std::unique_ptr<Connection>> streams_;
  std::vector<Time> begun_at_;
  std::vector<Connection*> dirty_;
  /// Complete, to be reset after the turn.
  std::vector<std::size_t> done_;
  std::size_t complete_ = 0;
  Histogram latency_;
  Histogram back_after_;
  std::string fault_;
};

}  // namespace sotto::bench
