#pragma once

#include "crypto/testing/deterministic_random.h"
#include "service/ports/storage.h"

namespace sotto::simulation {

/// A storage over another one whose disk can be full or fail, by a seed. It fails nothing but what is submitted while a
/// request is served, so that who looks at the truth of a world sees it.
class FailingDisk final : public service::Storage {
 public:
  enum class State : std::uint8_t {
    well,
    /// Nothing can be written.
    full,
    /// Of what is written or read some fails, as it comes.
    failing,
    /// A sync failed in such a way that nothing is written until the server is started again.
    lost,
  };

  /// Borrows `storage`.
  FailingDisk(service::Storage& storage, std::uint64_t seed) : storage_(storage), random_(seed) {}

  void set(State state) { state_ = state; }
  [[nodiscard]] State state() const { return state_; }
  /// Works that failed so far, and those of them whose writes are there all the same.
  [[nodiscard]] std::size_t failures() const { return failures_; }
  [[nodiscard]] std::size_t kept_failures() const { return kept_failures_; }

  /// While it lives, a request is served.
  class Serving {
   public:
    explicit Serving(FailingDisk& disk) : disk_(disk) { disk_.serving_ = true; }
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;
    ~Serving() { disk_.serving_ = false; }

   private:
    FailingDisk& disk_;
  };

  [[nodiscard]] std::unique_ptr<service::Work> submit_write(std::unique_ptr<service::Work> work) override;
  [[nodiscard]] std::unique_ptr<service::Work> submit_read(std::unique_ptr<service::Work> work) override;
  [[nodiscard]] service::StorageLoad load() const override { return storage_.load(); }

 private:
  enum class Fate : std::uint8_t {
    done,
    undone,
    /// Answered as failed, although a crash will show that it was written.
    kept,
  };

  [[nodiscard]] Fate fate_of_write();
  [[nodiscard]] std::unique_ptr<service::Work> with(Fate fate, std::unique_ptr<service::Work> work);
  [[nodiscard]] bool one_in(std::uint8_t many);

  service::Storage& storage_;
  crypto::DeterministicRandom random_;
  State state_ = State::well;
  bool serving_ = false;
  std::size_t failures_ = 0;
  std::size_t kept_failures_ = 0;
};

}  // namespace sotto::simulation
