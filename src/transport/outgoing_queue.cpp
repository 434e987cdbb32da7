#include "transport/outgoing_queue.h"

#include <algorithm>

#include "base/invariant.h"

namespace sotto::transport {
namespace {

constexpr std::size_t first_capacity = 8;

}  // namespace

void OutgoingQueue::push(SharedBytes frame) {
  if (frame->empty()) return;
  size_ += frame->size();
  // Several pushes often come together; growing step by step would cost more than writing them.
  if (frames_.capacity() == 0) frames_.reserve(first_capacity);
  frames_.push_back(std::move(frame));
}

std::size_t OutgoingQueue::front(std::span<ByteView> pieces) const {
  const std::size_t count = std::min(pieces.size(), frames_.size() - first_);
  for (std::size_t at = 0; at < count; ++at) pieces[at] = *frames_[first_ + at];
  if (count > 0) pieces[0] = pieces[0].subspan(written_);
  return count;
}

void OutgoingQueue::written(std::size_t size) {
  invariant(size <= size_);
  size_ -= size;
  written_ += size;
  while (first_ < frames_.size() && written_ >= frames_[first_]->size()) {
    written_ -= frames_[first_]->size();
    frames_[first_++].reset();
  }
  if (size_ == 0) {
    clear();
  } else if (first_ >= 64 && first_ * 2 >= frames_.size()) {
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void OutgoingQueue::clear() {
  frames_ = std::vector<SharedBytes>();
  first_ = written_ = size_ = 0;
}

}  // namespace sotto::transport
