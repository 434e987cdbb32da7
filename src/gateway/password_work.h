#pragma once

#include "gateway/password_pool.h"
#include "gateway/request_work.h"

namespace sotto::gateway {

// A request with a password walks through four steps on two kinds of threads: check (pool), prepare (reading unit),
// prove (pool), complete (writing unit). Its state walks with it and has one owner at a time.

template <class Request>
struct PasswordRequest {
  const WorkParts& parts;
  PasswordPool& pool;
  PasswordPool::Place place;
  Asked asked;
  service::Checked<Request> checked;
  service::PasswordTask task{};
  service::PasswordProof proof{};
};

template <class Request>
class CompleteWork final : public RequestWork {
 public:
  explicit CompleteWork(std::unique_ptr<PasswordRequest<Request>> request)
      : RequestWork(request->parts, request->asked), request_(std::move(request)) {}

 private:
  Settled decide(service::UnitOfWork& unit) override {
    return settle(parts_.rules.complete(unit, request_->checked, request_->proof, parts_.moment()));
  }

  std::unique_ptr<PasswordRequest<Request>> request_;
};

template <class Request>
void prove(std::unique_ptr<PasswordRequest<Request>> request) {
  const WorkParts& parts = request->parts;
  auto proof = parts.rules.prove(request->task, request->checked, parts.moment());
  if (!proof) return turn_down(parts, request->asked, std::move(proof.error()));
  request->proof = std::move(*proof);
  const Asked asked = request->asked;
  if (parts.storage.submit_write(std::make_unique<CompleteWork<Request>>(std::move(request)))) {
    turn_down_busy(parts, asked);
  }
}

template <class Request>
class PrepareWork final : public service::Work {
 public:
  explicit PrepareWork(std::unique_ptr<PasswordRequest<Request>> request) : request_(std::move(request)) {}

  service::Verdict run(service::UnitOfWork& unit) override {
    auto task = request_->parts.rules.prepare(unit, request_->checked);
    if (!task) {
      refusal_ = std::move(task.error());
      return service::Verdict::undo;
    }
    request_->task = std::move(*task);
    return service::Verdict::keep;
  }

  void finish(service::WorkOutcome outcome) override {
    if (refusal_ || outcome == service::WorkOutcome::failed) {
      Settled settled = refusal_ ? settle(std::move(*refusal_)) : Settled{};
      return publish(request_->parts, request_->asked, outcome, std::move(settled));
    }
    PasswordPool& pool = request_->pool;
    pool.run([state = std::move(request_)]() mutable { prove(std::move(state)); });
  }

 private:
  std::unique_ptr<PasswordRequest<Request>> request_;
  std::optional<service::Refusal> refusal_;
};

template <class Request>
void check(const WorkParts& parts, PasswordPool& pool, PasswordPool::Place place, Asked asked, Request request) {
  auto checked = parts.rules.check(std::move(request));
  if (!checked) return turn_down(parts, asked, std::move(checked.error()));
  auto state = std::make_unique<PasswordRequest<Request>>(
      PasswordRequest<Request>{parts, pool, std::move(place), asked, std::move(*checked)});
  if (parts.storage.submit_read(std::make_unique<PrepareWork<Request>>(std::move(state)))) turn_down_busy(parts, asked);
}

}  // namespace sotto::gateway
