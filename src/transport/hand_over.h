#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace sotto::transport {

/// Takes values from any thread to the thread of one executor, in batches: while a batch waits to be taken, more
/// values join it without another wake-up. It is as bounded as those who put values in are.
template <class Value>
class HandOver {
 public:
  /// The values may be moved from.
  using Receive = std::function<void(std::span<Value>)>;

  /// `receive` runs on the thread of `executor`.
  HandOver(boost::asio::io_context::executor_type executor, Receive receive)
      : executor_(executor), state_(std::make_shared<State>(std::move(receive))) {}
  /// On the executor's thread. Values that were not taken yet are dropped.
  ~HandOver() {
    const std::lock_guard lock(state_->mutex);
    state_->receive = nullptr;
  }
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;

  /// From any thread.
  void put(Value value) {
    {
      const std::lock_guard lock(state_->mutex);
      state_->values.push_back(std::move(value));
      if (state_->values.size() > 1) return;
    }
    boost::asio::post(executor_, [state = state_] { state->deliver(); });
  }

 private:
  /// Values whose memory is kept for the next batch.
  static constexpr std::size_t most_kept = 1'024;

  // Shared with the wake-ups under way, which may outlive the hand-over.
  struct State {
    explicit State(Receive function) : receive(std::move(function)) {}
    void deliver() {
      std::vector<Value> batch = std::move(spare);
      Receive* function = nullptr;
      {
        const std::lock_guard lock(mutex);
        if (!receive) return;
        function = &receive;  // Only replaced on this thread.
        batch.swap(values);
      }
      (*function)(batch);
      batch.clear();
      if (batch.capacity() <= most_kept) spare = std::move(batch);
    }

    std::mutex mutex;
    std::vector<Value> values;
    Receive receive;
    /// Memory of an earlier batch, used on the executor's thread only.
    std::vector<Value> spare;
  };

  boost::asio::io_context::executor_type executor_;
  std::shared_ptr<State> state_;
};

}  // namespace sotto::transport
