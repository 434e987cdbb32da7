#include "bench/deaf_readers.h"

namespace sotto::bench {
namespace {

/// Longer than the server waits for a peer that takes nothing. That it closed the stream cannot be seen from here,
/// because what says so stands behind what is never read.
constexpr std::chrono::seconds stay{65};

}  // namespace

DeafReaders::~DeafReaders() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  end_wanted_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::expected<void, std::string> DeafReaders::add(std::size_t resident) {
  auto stream = open(resident);
  if (!stream) return std::unexpected(stream.error());
  residents_.push_back(resident);
  streams_.push_back(std::move(*stream));
  return {};
}

void DeafReaders::keep_coming() {
  if (!residents_.empty()) thread_ = std::thread([this] { come_back(); });
}

std::expected<std::unique_ptr<LoadConnection>, std::string> DeafReaders::open(std::size_t resident) {
  auto stream = site_.stream(resident);
  if (!stream) return stream;
  if (auto resumed = (*stream)->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
  ++opened_;
  return stream;
}

void DeafReaders::come_back() {
  std::unique_lock lock(mutex_);
  while (!end_wanted_.wait_for(lock, stay, [this] { return ended_; })) {
    for (std::size_t place = 0; place < residents_.size(); ++place) {
      // Whoever cannot come back keeps the stream that is closed; `streams` tells.
      if (auto stream = open(residents_[place])) streams_[place] = std::move(*stream);
    }
  }
}

}  // namespace sotto::bench
