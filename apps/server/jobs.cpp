#include "server/jobs.h"

namespace sotto::server {
namespace {

using service::Verdict;
using service::WorkOutcome;

struct WorkParts {
  service::Storage& storage;
  const Clock& clock;
  OperatorLog& log;
};

/// One batch. If it was full, the next one queues up behind the requests that have come since.
class JobWork final : public service::Work {
 public:
  JobWork(const WorkParts& parts, const service::Job& job) : parts_(parts), job_(job) {}

  Verdict run(service::UnitOfWork& unit) override {
    removed_ = job_.run(unit, parts_.clock.now());
    return Verdict::keep;
  }
  void finish(WorkOutcome outcome) override {
    if (outcome == WorkOutcome::failed) {
      return parts_.log.write(LogLevel::error, "expired data could not be removed", {{"kind", std::string(job_.name)}});
    }
    if (removed_ == 0) return;
    parts_.log.write(LogLevel::debug, "expired data removed",
                     {{"kind", std::string(job_.name)}, {"count", std::to_string(removed_)}});
    if (removed_ >= service::job_batch) submit(parts_, job_);
  }

  static void submit(const WorkParts& parts, const service::Job& job) {
    if (parts.storage.submit_write(std::make_unique<JobWork>(parts, job))) {
      parts.log.write(LogLevel::warning, "expired data is removed later, because the storage is busy",
                      {{"kind", std::string(job.name)}});
    }
  }

 private:
  WorkParts parts_;
  service::Job job_;
  std::size_t removed_ = 0;
};

}  // namespace

Jobs::Jobs(const Parts& parts) : parts_(parts) {
  schedules_.reserve(service::jobs.size());
  for (const service::Job& job : service::jobs) {
    schedules_.push_back({job, boost::asio::steady_timer(parts.context)});
  }
}

void Jobs::start() {
  for (Schedule& schedule : schedules_) run(schedule);
}

void Jobs::run(Schedule& schedule) {
  JobWork::submit({parts_.storage, parts_.clock, parts_.log}, schedule.job);
  schedule.timer.expires_after(std::chrono::milliseconds(schedule.job.interval.count));
  schedule.timer.async_wait([this, &schedule](const boost::system::error_code& code) {
    if (!code) run(schedule);
  });
}

}  // namespace sotto::server
