#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "bench/site.h"

namespace sotto::bench {

/// Residents with a live stream each of which they never read an octet. The server closes such a stream after a time;
/// they come back then, each with a new one, so that there are as many deaf ones from the beginning to the end.
class DeafReaders {
 public:
  /// `site` must outlive the object.
  explicit DeafReaders(const Site& site) : site_(site) {}
  ~DeafReaders();
  DeafReaders(const DeafReaders&) = delete;
  DeafReaders& operator=(const DeafReaders&) = delete;

  /// Opens the stream of the resident with this number. The error is a sentence.
  std::expected<void, std::string> add(std::size_t resident);
  /// Begins to bring them back. Nobody is added later.
  void keep_coming();
  /// Any thread: how many streams were opened in all.
  [[nodiscard]] std::size_t streams() const { return opened_.load(); }

 private:
  std::expected<std::unique_ptr<LoadConnection>, std::string> open(std::size_t resident);
  void come_back();

  const Site& site_;
  std::vector<std::size_t> residents_;
  std::vector<std::unique_ptr<LoadConnection>> streams_;
  std::atomic<std::size_t> opened_ = 0;
  std::mutex mutex_;
  std::condition_variable end_wanted_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace sotto::bench
