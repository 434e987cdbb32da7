#include "bench/questions.h"

namespace sotto::bench {

Questions::Questions(std::vector<LoadConnection*> streams) : streams_(std::move(streams)), asked_(streams_.size()) {
  for (std::size_t place = 0; place < streams_.size(); ++place) {
    streams_[place]->place = place;
    streams_[place]->make_nonblocking();
    poller_.watch(*streams_[place]);
  }
}

std::expected<void, std::string> Questions::ask_all(unsigned window) {
  while (under_way_ > 0 || !waiting_.empty()) {
    while (under_way_ < window && !waiting_.empty()) {
      if (auto asked = ask_next(); !asked) return asked;
    }
    if (auto polled = poller_.poll(*this, std::chrono::seconds(1)); !polled) return polled;
    if (!fault_.empty()) return std::unexpected(fault_);
  }
  return {};
}

std::expected<void, std::string> Questions::ask_next() {
  Question question = std::move(waiting_.front());
  waiting_.pop_front();
  LoadConnection& stream = *streams_[question.stream];
  const std::uint64_t id = stream.queue(std::move(question.request));
  asked_[question.stream].emplace(id, std::chrono::steady_clock::now());
  ++under_way_;
  return poller_.flush(stream);
}

void Questions::on_frame(LoadConnection& connection, const wire::ServerFrame& frame) {
  auto& asked = asked_[connection.place];
  const auto found = asked.find(frame.id);
  if (found == asked.end()) return;
  if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fault_ = "refused: " + error->message;
  const auto took = std::chrono::steady_clock::now() - found->second;
  latency_.record(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
  asked.erase(found);
  --under_way_;
}

}  // namespace sotto::bench
