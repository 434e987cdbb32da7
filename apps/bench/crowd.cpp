#include "bench/crowd.h"

namespace sotto::bench {
namespace {

std::uint64_t microseconds_between(Crowd::Time from, Crowd::Time to) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(to - from).count());
}

}  // namespace

std::expected<void, std::string> Crowd::open_until(Time end) {
  began_at_ = std::chrono::steady_clock::now();
  while (complete_ < plan_.size && std::chrono::steady_clock::now() < end) {
    if (auto begun = begin_more(); !begun) return begun;
    if (auto turned = turn(); !turned) return turned;
  }
  return {};
}

std::expected<void, std::string> Crowd::begin_more() {
  while (streams_.size() < plan_.size && streams_.size() - complete_ < plan_.at_once) {
    auto connection = LoadConnection::begin(plan_.endpoint);
    if (!connection) return std::unexpected(connection.error());
    (*connection)->place = streams_.size();
    poller_.watch(**connection);
    if (auto flushed = poller_.flush(**connection); !flushed) return flushed;
    begun_at_.push_back(std::chrono::steady_clock::now());
    streams_.push_back(std::move(*connection));
  }
  return {};
}

std::expected<void, std::string> Crowd::turn() {
  if (auto polled = poller_.poll(*this, std::chrono::milliseconds(100)); !polled) return polled;
  if (!fault_.empty()) return std::unexpected(fault_);
  for (LoadConnection* connection : dirty_) {
    if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
  }
  dirty_.clear();
  for (const std::size_t place : done_) streams_[place].reset();
  done_.clear();
  return {};
}

void Crowd::ask(LoadConnection& connection, wire::Request request) {
  connection.queue(std::move(request));
  dirty_.push_back(&connection);
}

void Crowd::on_open(LoadConnection& connection) { ask(connection, wire::Authenticate{plan_.token(connection.place)}); }

void Crowd::on_frame(LoadConnection& connection, const wire::ServerFrame& frame) {
  if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fault_ = "refused: " + error->message;
  if (std::holds_alternative<wire::Authenticated>(frame.answer)) {
    if (plan_.goal == CrowdPlan::Goal::authenticated) return complete(connection);
    ask(connection, wire::Resume{plan_.cursors ? plan_.cursors(connection.place) : std::vector<wire::Cursor>{}});
  }
  const auto* resumed = std::get_if<wire::Resumed>(&frame.answer);
  if (resumed == nullptr) return;
  if (resumed->entries.size() != plan_.missed_entries) fault_ = "a stream came back to other messages than it missed";
  complete(connection);
}

void Crowd::complete(LoadConnection& connection) {
  const auto now = std::chrono::steady_clock::now();
  latency_.record(microseconds_between(begun_at_[connection.place], now));
  back_after_.record(microseconds_between(began_at_, now));
  ++complete_;
  if (plan_.keep == CrowdPlan::Keep::all) return;
  connection.reset_at_end();
  done_.push_back(connection.place);
}

}  // namespace sotto::bench
