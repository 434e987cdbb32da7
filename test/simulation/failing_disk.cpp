#include "simulation/failing_disk.h"

namespace sotto::simulation {
namespace {

using service::Verdict;
using service::Work;
using service::WorkOutcome;

/// Runs a work and tells it that the medium failed.
class FailedWork final : public Work {
 public:
  enum class Writes : std::uint8_t { undone, kept };

  FailedWork(std::unique_ptr<Work> work, Writes writes) : work_(std::move(work)), writes_(writes) {}

  Verdict run(service::UnitOfWork& unit) override {
    const Verdict verdict = work_->run(unit);
    return writes_ == Writes::kept ? verdict : Verdict::undo;
  }
  void finish(WorkOutcome) override { work_->finish(WorkOutcome::failed); }

 private:
  std::unique_ptr<Work> work_;
  Writes writes_;
};

}  // namespace

bool FailingDisk::one_in(std::uint8_t many) {
  ByteArray<1> octet{};
  random_.fill(octet);
  return octet[0] % many == 0;
}

FailingDisk::Fate FailingDisk::fate_of_write() {
  if (!serving_ || state_ == State::well) return Fate::done;
  if (state_ != State::failing) return Fate::undone;
  if (!one_in(3)) return Fate::done;
  if (!one_in(4)) return Fate::undone;
  // What was written before a failed sync may show again at the next start, and nothing is written before that.
  state_ = State::lost;
  return Fate::kept;
}

std::unique_ptr<Work> FailingDisk::with(Fate fate, std::unique_ptr<Work> work) {
  if (fate == Fate::done) return work;
  ++failures_;
  if (fate == Fate::kept) ++kept_failures_;
  const auto writes = fate == Fate::kept ? FailedWork::Writes::kept : FailedWork::Writes::undone;
  return std::make_unique<FailedWork>(std::move(work), writes);
}

std::unique_ptr<Work> FailingDisk::submit_write(std::unique_ptr<Work> work) {
  return storage_.submit_write(with(fate_of_write(), std::move(work)));
}

std::unique_ptr<Work> FailingDisk::submit_read(std::unique_ptr<Work> work) {
  const bool fails = serving_ && state_ == State::failing && one_in(10);
  return storage_.submit_read(with(fails ? Fate::undone : Fate::done, std::move(work)));
}

}  // namespace sotto::simulation
