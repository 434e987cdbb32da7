#pragma once

#include <concepts>
#include <string>
#include <utility>

#include "gateway/reply.h"
#include "service/access_tokens.h"
#include "service/rules.h"

namespace sotto::gateway {

/// What a rule's outcome comes down to, whatever the operation.
struct Settled {
  wire::Answer answer;
  service::Verdict verdict = service::Verdict::keep;
  std::vector<service::Notice> notices;
  std::vector<service::SecurityEvent> events;
};

[[nodiscard]] inline Settled settle(service::Refusal refusal) {
  return {std::move(refusal.error), refusal.verdict, std::move(refusal.notices), std::move(refusal.events)};
}

template <class A>
[[nodiscard]] Settled settle(service::Outcome<A> outcome) {
  if (!outcome) return settle(std::move(outcome.error()));
  return {std::move(outcome->answer), service::Verdict::keep, std::move(outcome->notices), std::move(outcome->events)};
}

/// Who asked, and where the answer goes.
struct Asked {
  RequestTag tag;
  /// Absent where the operation is for anyone.
  std::optional<service::Caller> caller;
  service::LoginCheck login_check = service::LoginCheck::remembered;
  /// For security events; empty if they leave addresses out.
  std::string address;
};

/// What the works of requests share. Outlives every work; used from any thread.
struct WorkParts {
  service::Storage& storage;
  const service::Rules& rules;
  service::NoticeBus& bus;
  service::EventLog& events;
  const Clock& clock;
  Random& random;
  ReplySink& replies;

  [[nodiscard]] service::Moment moment() const { return {clock.now(), random}; }
};

/// Sends what a finished unit of work has to say: the answer, then notices, then events.
void publish(const WorkParts& parts, const Asked& asked, service::WorkOutcome outcome, Settled settled);
/// Answers a request that was turned down before any unit of work began.
void turn_down(const WorkParts& parts, const Asked& asked, service::Refusal refusal);
/// Answers that the server has no room for the request at the moment.
void turn_down_busy(const WorkParts& parts, const Asked& asked);

/// One unit of work that ends a request.
class RequestWork : public service::Work {
 public:
  RequestWork(const WorkParts& parts, Asked asked) : parts_(parts), asked_(std::move(asked)) {}

  service::Verdict run(service::UnitOfWork& unit) final {
    settled_ = decide(unit);
    return settled_.verdict;
  }
  void finish(service::WorkOutcome outcome) final { publish(parts_, asked_, outcome, std::move(settled_)); }

 protected:
  [[nodiscard]] virtual Settled decide(service::UnitOfWork& unit) = 0;
  /// What the storage knows of the caller's login, where the token alone is not enough.
  [[nodiscard]] std::expected<void, service::Refusal> check_login(service::UnitOfWork& unit) const {
    if (!asked_.caller || asked_.login_check == service::LoginCheck::remembered) return {};
    return parts_.rules.check_login(unit, *asked_.caller);
  }

  const WorkParts& parts_;
  Asked asked_;

 private:
  Settled settled_;
};

/// A request that one `Rules::handle` decides.
template <class Request>
class HandleWork final : public RequestWork {
 public:
  HandleWork(const WorkParts& parts, Asked asked, Request request)
      : RequestWork(parts, std::move(asked)), request_(std::move(request)) {}

 private:
  Settled decide(service::UnitOfWork& unit) override {
    if (auto known = check_login(unit); !known) return settle(std::move(known.error()));
    const service::Moment moment = parts_.moment();
    if constexpr (service::caller_is_optional<Request>) {
      return settle(parts_.rules.handle(unit, asked_.caller, request_, moment));
    } else if constexpr (requires { parts_.rules.handle(unit, request_, moment); }) {
      return settle(parts_.rules.handle(unit, request_, moment));
    } else {
      return settle(parts_.rules.handle(unit, *asked_.caller, request_, moment));
    }
  }

  Request request_;
};

/// The reading unit before the writing one of a `checked_write`.
template <class Request>
class CheckWork final : public service::Work {
 public:
  CheckWork(const WorkParts& parts, Asked asked, Request request)
      : parts_(parts), asked_(std::move(asked)), request_(std::move(request)) {}

  service::Verdict run(service::UnitOfWork& unit) override {
    if (asked_.login_check == service::LoginCheck::stored) {
      if (auto known = parts_.rules.check_login(unit, *asked_.caller); !known) {
        checked_ = std::unexpected(std::move(known.error()));
        return service::Verdict::undo;
      }
    }
    checked_ = parts_.rules.check(unit, *asked_.caller, std::move(request_));
    return service::Verdict::keep;
  }

  void finish(service::WorkOutcome outcome) override {
    if (outcome == service::WorkOutcome::failed || !*checked_) {
      Settled settled = *checked_ ? Settled{} : settle(std::move(checked_->error()));
      return publish(parts_, asked_, outcome, std::move(settled));
    }
    auto write = std::make_unique<HandleWork<service::Checked<Request>>>(parts_, asked_, std::move(**checked_));
    if (parts_.storage.submit_write(std::move(write))) turn_down_busy(parts_, asked_);
  }

 private:
  const WorkParts& parts_;
  Asked asked_;
  Request request_;
  std::optional<std::expected<service::Checked<Request>, service::Refusal>> checked_;
};

}  // namespace sotto::gateway
