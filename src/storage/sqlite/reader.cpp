#include "storage/sqlite/reader.h"

namespace sotto::storage::sqlite {

void Reader::run() {
  std::vector<std::unique_ptr<service::Work>> taken;
  // One at a time, so that a long read does not hold up what another thread could do.
  while (queue_.wait_and_take(taken, 1)) {
    const auto begun_at = TimeCounter::Clock::now();
    const service::WorkOutcome outcome = run_unit(*taken.front());
    time_.note(TimeCounter::Clock::now() - begun_at);
    taken.front()->finish(outcome);
    taken.clear();
  }
}

service::WorkOutcome Reader::run_unit(service::Work& work) {
  connection_.begin_read();
  const std::expected<service::Verdict, Error> verdict = unit_.run(work);
  if (verdict) connection_.commit();
  const std::optional<Error> error = verdict ? connection_.take_failure() : std::optional(verdict.error());
  if (error) {
    connection_.roll_back();
    unit_.forget();
    if (on_failure_) on_failure_(*error);
    return service::WorkOutcome::failed;
  }
  return *verdict == service::Verdict::keep ? service::WorkOutcome::committed : service::WorkOutcome::refused;
}

}  // namespace sotto::storage::sqlite
