#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sotto::gateway {

/// A few threads for Argon2id, so that hashing delays no message and takes a bounded share of processor and memory.
class PasswordPool {
 public:
  struct Settings {
    std::size_t threads = 2;
    /// Requests that are hashed or wait for it.
    std::size_t max_requests = 64;
  };

  /// One request's place, given back when it is destroyed.
  class Place {
   public:
    explicit Place(std::atomic<std::size_t>& taken) : taken_(&taken) {}
    Place(Place&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (taken_ != nullptr) taken_->fetch_sub(1);
    }

   private:
    std::atomic<std::size_t>* taken_;
  };
  using Task = std::move_only_function<void()>;

  explicit PasswordPool(const Settings& settings);
  /// Stops.
  ~PasswordPool();
  PasswordPool(const PasswordPool&) = delete;
  PasswordPool& operator=(const PasswordPool&) = delete;

  /// A place for one request, which may then run several tasks one after the other; nothing if all are taken. Places
  /// must not outlive the pool. From any thread.
  [[nodiscard]] std::optional<Place> take_place();
  /// Runs a task of a request that has a place, which bounds the queue. After `stop` it is dropped. From any thread.
  void run(Task task);
  /// Ends after the tasks that are running; drops those that wait.
  void stop();

  [[nodiscard]] std::size_t requests() const { return taken_.load(); }

 private:
  void work();

  Settings settings_;
  std::atomic<std::size_t> taken_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  bool stopped_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace sotto::gateway
