#pragma once

#include <functional>
#include <future>

#include "base/invariant.h"
#include "crypto/testing/deterministic_random.h"
#include "service/rules.h"
#include "service/testing/start.h"
#include "service/testing/test_account.h"

namespace sotto::service::testing {

/// Cheap enough for hundreds of tests; nothing else would accept it.
inline constexpr crypto::Argon2idCost test_password_cost{.memory_kib = 8, .passes = 1};

/// Runs a function as one unit of work and hands its result out when the unit is finished: a refusal if the storage
/// failed.
template <class Result>
class FunctionWork final : public Work {
 public:
  explicit FunctionWork(std::function<Result(UnitOfWork&)> function) : function_(std::move(function)) {}
  [[nodiscard]] std::future<Result> result() { return promise_.get_future(); }

  Verdict run(UnitOfWork& unit) override {
    result_.emplace(function_(unit));
    if constexpr (requires { result_->error().verdict; }) {
      return result_->has_value() ? Verdict::keep : result_->error().verdict;
    } else {
      return Verdict::keep;
    }
  }
  void finish(WorkOutcome outcome) override {
    if constexpr (requires { result_->error().verdict; }) {
      if (outcome == WorkOutcome::failed) result_.emplace(refuse(wire::ErrorCode::unavailable, "The storage failed."));
    } else {
      invariant(outcome != WorkOutcome::failed);
    }
    promise_.set_value(*std::move(result_));
  }

 private:
  std::function<Result(UnitOfWork&)> function_;
  std::promise<Result> promise_;
  std::optional<Result> result_;
};

/// Why an outcome was refused; `unspecified` (which is never sent) if it was granted.
[[nodiscard]] wire::ErrorCode refusal_code(const auto& outcome) {
  return outcome.has_value() ? wire::ErrorCode::unspecified : outcome.error().error.code;
}

/// The notices of a kind, in order.
template <class Push>
[[nodiscard]] std::vector<std::pair<Notice, Push>> pushes(const std::vector<Notice>& notices) {
  std::vector<std::pair<Notice, Push>> found;
  for (const Notice& notice : notices) {
    if (const auto* push = std::get_if<Push>(&notice.frame->answer)) found.emplace_back(notice, *push);
  }
  return found;
}

/// The rules over a storage, driven as a gateway drives them, but one request at a time and with a clock that stands
/// still until a test moves it.
class TestServer {
 private:
  template <class Function, class Submit>
  static auto run(Function function, Submit submit) {
    using Result = std::invoke_result_t<Function, UnitOfWork&>;
    auto work = std::make_unique<FunctionWork<Result>>(std::move(function));
    std::future<Result> result = work->result();
    const std::unique_ptr<Work> returned = submit(std::move(work));
    invariant(returned == nullptr);
    return result.get();
  }

 public:
  /// Borrows the storage.
  explicit TestServer(Storage& storage, std::uint64_t seed = 1)
      : random(seed),
        tokens(crypto::generate_ed25519(random), {}, now),
        passwords(test_password_cost, random),
        rules(tokens, passwords),
        storage_(storage) {}

  UnixMillis now = start;
  crypto::DeterministicRandom random;
  AccessTokens tokens;
  Passwords passwords;
  Rules rules;
  /// What granted and refused requests caused, in order, one notice for each account; a test clears them.
  std::vector<Notice> notices;
  std::vector<SecurityEvent> events;

  [[nodiscard]] Moment moment() { return {now, random}; }

  template <class Function>
  auto write(Function function) {
    return run(std::move(function), [&](auto work) { return storage_.submit_write(std::move(work)); });
  }
  template <class Function>
  auto read(Function function) {
    return run(std::move(function), [&](auto work) { return storage_.submit_read(std::move(work)); });
  }

  /// Asks as a signed-in caller.
  template <class Request>
  auto ask(const Caller& caller, const Request& request) {
    const auto handle = [&](UnitOfWork& unit) -> Outcome<AnswerOf<Request>> {
      if (auto in_scope = check_scope(caller, request); !in_scope) return std::unexpected(std::move(in_scope.error()));
      return rules.handle(unit, caller, request, moment());
    };
    if constexpr (work_kind<Request> == WorkKind::write) {
      return noted(write(handle));
    } else {
      return noted(read(handle));
    }
  }

  /// Asks as a stranger.
  template <class Request>
  auto ask(const Request& request) {
    const auto handle = [&](UnitOfWork& unit) {
      if constexpr (caller_is_optional<Request>) {
        return rules.handle(unit, std::optional<Caller>(), request, moment());
      } else {
        return rules.handle(unit, request, moment());
      }
    };
    if constexpr (work_kind<Request> == WorkKind::write) {
      return noted(write(handle));
    } else {
      return noted(read(handle));
    }
  }

  /// The same in two steps.
  template <class Request>
    requires(work_kind<Request> == WorkKind::checked_write)
  Outcome<AnswerOf<Request>> ask(const Caller& caller, const Request& request) {
    if (auto in_scope = check_scope(caller, request); !in_scope) return std::unexpected(std::move(in_scope.error()));
    const auto checked = read([&](UnitOfWork& unit) { return rules.check(unit, caller, request); });
    if (!checked) return std::unexpected(checked.error());
    return noted(write([&](UnitOfWork& unit) { return rules.handle(unit, caller, *checked, moment()); }));
  }

  Outcome<wire::Tokens> refresh(const std::string& refresh_token) {
    const wire::Refresh request{refresh_token};
    return noted(write([&](UnitOfWork& unit) { return rules.handle(unit, request, moment()); }));
  }

  /// Registers or signs in: all four steps.
  template <class Request>
  Outcome<wire::SignedIn> enter(const Request& request) {
    const auto checked = rules.check(request);
    if (!checked) return noted(Outcome<wire::SignedIn>(std::unexpected(checked.error())));
    const auto task = read([&](UnitOfWork& unit) { return rules.prepare(unit, *checked); });
    if (!task) return noted(Outcome<wire::SignedIn>(std::unexpected(task.error())));
    const auto proof = rules.prove(*task, *checked, moment());
    if (!proof) return noted(Outcome<wire::SignedIn>(std::unexpected(proof.error())));
    return noted(write([&](UnitOfWork& unit) { return rules.complete(unit, *checked, *proof, moment()); }));
  }

  /// Registers an account that is known to be valid and returns its first caller.
  Caller join(TestAccount& account, PrekeyCounts counts = {}) {
    const auto entered = enter(account.registration(random, counts));
    invariant(entered.has_value());
    return caller_of(entered->answer);
  }
  Caller sign_in(const TestAccount& account, std::size_t device_index = 0) {
    const auto entered = enter(account.sign_in(device_index));
    invariant(entered.has_value());
    return caller_of(entered->answer);
  }

  static Caller caller_of(const wire::SignedIn& signed_in) {
    return {signed_in.account, signed_in.device, signed_in.login};
  }

 private:
  template <class A>
  Outcome<A> noted(Outcome<A> outcome) {
    if (outcome) {
      note(outcome->notices, outcome->events);
    } else {
      note(outcome.error().notices, outcome.error().events);
    }
    return outcome;
  }
  void note(const std::vector<Notice>& new_notices, const std::vector<SecurityEvent>& new_events) {
    for (const Notice& notice : new_notices) note(notice);
    events.insert(events.end(), new_events.begin(), new_events.end());
  }

  /// One for each account.
  void note(const Notice& notice) {
    if (!notice.accounts) return notices.push_back(notice);
    for (const AccountId& account : *notice.accounts) {
      Notice one = notice;
      one.account = account;
      one.accounts = nullptr;
      if (account != notice.account) one.except_device.reset();
      notices.push_back(std::move(one));
    }
  }

  Storage& storage_;
};

}  // namespace sotto::service::testing
