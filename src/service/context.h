#pragma once

#include <expected>
#include <string>
#include <vector>

#include "base/random.h"
#include "service/ports/bus.h"
#include "service/ports/event_log.h"
#include "service/ports/storage.h"
#include "wire/error.h"

namespace sotto::service {

// What every rule is given and gives back. A rule runs inside one unit of work, decides, writes, and returns what
// else has to happen as values. Nothing leaves the server before the unit is durable.

/// Who asks, as a valid access token says.
struct Caller {
  AccountId account;
  DeviceId device;
  LoginId login;
  LoginScope scope = LoginScope::full;

  friend bool operator==(const Caller&, const Caller&) = default;
};

/// The time and the randomness with which a rule decides. `random` is borrowed until the call returns.
struct Moment {
  UnixMillis now;
  Random& random;
};

/// A request that was granted. Once the unit of work is committed: first answer, then publish `notices` (one of them
/// may end the caller's own stream), then record `events`. If it did not commit, none of this happened.
template <class A>
struct Accepted {
  A answer;
  std::vector<Notice> notices;
  std::vector<SecurityEvent> events;
};

/// A request that was turned down. With `Verdict::keep` the unit has something to keep all the same (a login that was
/// ended because its token was stolen): commit it, and only then answer `error`. Notices and events as in `Accepted`.
struct Refusal {
  wire::Error error;
  Verdict verdict = Verdict::undo;
  std::vector<Notice> notices;
  std::vector<SecurityEvent> events;
};

template <class A>
using Outcome = std::expected<Accepted<A>, Refusal>;

/// What the check of a request found out and its rule goes on with: nothing, for most.
template <class Request>
struct Findings {};

/// A request of which everything that can be checked without the stored state was checked, its signatures above all.
/// Only the rules make one, so that no unchecked request reaches the rule which relies on it.
template <class Request>
class Checked {
 public:
  [[nodiscard]] const Request& request() const { return request_; }
  [[nodiscard]] const Findings<Request>& findings() const { return findings_; }

 private:
  friend class AccountReset;
  friend class Groups;
  friend class JoinRequests;
  friend class Prekeys;
  friend class Recovery;
  friend class Registration;
  friend class SigningIn;
  explicit Checked(Request request, Findings<Request> findings = {})
      : request_(std::move(request)), findings_(std::move(findings)) {}

  Request request_;
  [[no_unique_address]] Findings<Request> findings_;
};

/// Who is at fault and why, in the form every rule returns: `return refuse(wire::ErrorCode::not_found, "...")`.
/// `message` is for developers and holds nothing of the request's content; `field` is a dotted path or empty.
[[nodiscard]] std::unexpected<Refusal> refuse(wire::ErrorCode code, std::string_view message,
                                              std::string_view field = {});

/// A push frame (id 0), ready to be given to any number of notices.
[[nodiscard]] std::shared_ptr<const wire::ServerFrame> push_frame(wire::Answer push);

}  // namespace sotto::service
