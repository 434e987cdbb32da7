#include "gateway/dispatcher.h"

#include "base/invariant.h"
#include "gateway/password_work.h"

namespace sotto::gateway {
namespace {

using service::WorkKind;

service::Refusal refusal(wire::ErrorCode code, std::string_view message) {
  return service::refuse(code, message).error();
}

/// Writes a value of the server's own, which succeeds if anything can be written.
class ProbeWork final : public service::Work {
 public:
  ProbeWork(const WorkParts& parts, const RequestTag& tag)
      : parts_(parts), asked_{.tag = tag, .caller = {}, .address = {}} {}

  service::Verdict run(service::UnitOfWork& unit) override {
    unit.values().put("readiness probe", as_bytes(std::to_string(parts_.clock.now().value)));
    return service::Verdict::keep;
  }
  void finish(service::WorkOutcome outcome) override {
    publish(parts_, asked_, outcome, {.answer = wire::Done{}, .notices = {}, .events = {}});
  }

 private:
  const WorkParts& parts_;
  Asked asked_;
};

/// Reads a resource of the transparency log.
class FetchWork final : public service::Work {
 public:
  FetchWork(const WorkParts& parts, const RequestTag& tag, const service::LogAddress& address)
      : parts_(parts), tag_(tag), address_(address) {}

  service::Verdict run(service::UnitOfWork& unit) override {
    resource_ = service::read_log_resource(unit, address_);
    return service::Verdict::keep;
  }
  void finish(service::WorkOutcome outcome) override {
    const Asked asked{.tag = tag_, .caller = {}, .address = {}};
    if (outcome == service::WorkOutcome::failed) return publish(parts_, asked, outcome, {});
    if (!resource_)
      return turn_down(parts_, asked, refusal(wire::ErrorCode::not_found, "The log has no such resource."));
    parts_.replies.put({.tag = tag_, .answer = wire::Done{}, .caller = {}, .resource = *std::move(resource_)});
  }

 private:
  const WorkParts& parts_;
  RequestTag tag_;
  service::LogAddress address_;
  std::optional<std::string> resource_;
};

template <class Request>
constexpr wire::Access access_to = wire::item<operation_index_of<Request>()>(wire::operations).access;

}  // namespace

std::expected<void, service::Refusal> Dispatcher::identify(Asked& asked, std::string_view token) const {
  const auto access = parts_.tokens.check(token, now());
  if (!access) return std::unexpected(service::refusal_for(access.error()));
  if (has_ended(access->caller.login)) {
    return std::unexpected(refusal(wire::ErrorCode::token_revoked, "The login behind the token has ended."));
  }
  asked.caller = access->caller;
  asked.login_check = access->login_check;
  return {};
}

std::expected<void, service::Refusal> Dispatcher::identify_stranger(Asked& asked, const Asker& asker) const {
  const service::LimitKey key = service::refused_token_key(asker.address);
  const service::Requester requester{.address = asker.address, .caller = nullptr};
  if (const auto wait = parts_.limits.look(key, now())) return service::too_many(*wait, requester, now());
  auto known = identify(asked, *asker.token);
  if (!known) (void)parts_.limits.take(std::span(&key, 1), now());
  return known;
}

std::expected<void, service::Refusal> Dispatcher::identify(Asked& asked, const Asker& asker) const {
  if (asker.caller != nullptr) {
    asked.caller = *asker.caller;  // The end of its login ends the stream, so it need not be looked up.
    return {};
  }
  if (asker.token) return identify_stranger(asked, asker);
  return std::unexpected(refusal(wire::ErrorCode::unauthenticated, "The operation needs an access token."));
}

void Dispatcher::ask(const RequestTag& tag, wire::Request request, const Asker& asker) {
  std::visit(
      [&]<class Request>(Request& one) {
        if constexpr (std::same_as<Request, std::monostate>) {
          invariant(false);
        } else {
          ask_for(tag, std::move(one), asker);
        }
      },
      request);
}

template <class Request>
void Dispatcher::ask_for(const RequestTag& tag, Request request, const Asker& asker) {
  Asked asked{.tag = tag, .caller = {}, .address = {}};
  if (settings_.event_addresses == EventAddresses::written) asked.address = asker.address;
  if constexpr (access_to<Request> == wire::Access::signed_in) {
    if (auto known = identify(asked, asker); !known) return turn_down(parts_.work, asked, std::move(known.error()));
  } else if constexpr (service::caller_is_optional<Request>) {
    if (asker.caller != nullptr || asker.token) {
      if (auto known = identify(asked, asker); !known) return turn_down(parts_.work, asked, std::move(known.error()));
    }
  }
  if (asked.caller) {
    if (auto in_scope = service::check_scope(*asked.caller, request); !in_scope) {
      return turn_down(parts_.work, asked, std::move(in_scope.error()));
    }
  }
  const service::Requester requester{.address = asker.address, .caller = asked.caller ? &*asked.caller : nullptr};
  if (auto admitted = service::admit(parts_.limits, requester, request, now()); !admitted) {
    return turn_down(parts_.work, asked, std::move(admitted.error()));
  }
  if constexpr (std::same_as<Request, wire::Authenticate>) {
    auto known = identify(asked, request.access_token);
    if (!known) return turn_down(parts_.work, asked, std::move(known.error()));
    if (asked.login_check == service::LoginCheck::remembered) {
      // As with every other request the token's word is enough: had its login ended since, that would be known.
      const service::Caller caller = *asked.caller;
      return parts_.work.replies.put({asked.tag, wire::Authenticated{caller.account, caller.device, now()}, caller});
    }
  }
  if constexpr (std::same_as<Request, wire::Register>) {
    if (settings_.registration == RegistrationPolicy::closed) {
      return turn_down(parts_.work, asked, refusal(wire::ErrorCode::forbidden, "Registration is closed here."));
    }
  }
  start(std::move(asked), std::move(request));
}

template <class Request>
void Dispatcher::start(Asked asked, Request request) {
  constexpr WorkKind kind = service::work_kind<Request>;
  const WorkParts& parts = parts_.work;
  std::unique_ptr<service::Work> refused;
  if constexpr (kind == WorkKind::password) {
    return start_with_password(std::move(asked), std::move(request));
  } else if constexpr (kind == WorkKind::checked_write) {
    refused = parts.storage.submit_read(std::make_unique<CheckWork<Request>>(parts, asked, std::move(request)));
  } else if constexpr (kind == WorkKind::write) {
    refused = parts.storage.submit_write(std::make_unique<HandleWork<Request>>(parts, asked, std::move(request)));
  } else {
    refused = parts.storage.submit_read(std::make_unique<HandleWork<Request>>(parts, asked, std::move(request)));
  }
  if (!refused) return;
  if constexpr (kind == WorkKind::ephemeral) {
    parts.replies.put({asked.tag, wire::Done{}, {}});
  } else {
    turn_down_busy(parts, asked);
  }
}

template <class Request>
void Dispatcher::start_with_password(Asked asked, Request request) {
  auto place = parts_.passwords.take_place();
  if (!place) return turn_down_busy(parts_.work, asked);
  parts_.passwords.run(
      [this, place = std::move(*place), asked = std::move(asked), request = std::move(request)]() mutable {
        check(parts_.work, parts_.passwords, std::move(place), std::move(asked), std::move(request));
      });
}

void Dispatcher::probe(const RequestTag& tag) {
  if (parts_.work.storage.submit_write(std::make_unique<ProbeWork>(parts_.work, tag))) {
    turn_down_busy(parts_.work, {.tag = tag, .caller = {}, .address = {}});
  }
}

void Dispatcher::fetch(const RequestTag& tag, const service::LogAddress& address, std::string_view asker_address) {
  const Asked asked{.tag = tag, .caller = {}, .address = {}};
  const service::Requester requester{.address = asker_address, .caller = nullptr};
  const service::LimitKey key =
      service::limit_key({service::Action::log_resource, service::LimitSubject::address}, requester);
  if (auto admitted = service::admit_keys(parts_.limits, std::array{key}, requester, now()); !admitted) {
    return turn_down(parts_.work, asked, std::move(admitted.error()));
  }
  if (parts_.work.storage.submit_read(std::make_unique<FetchWork>(parts_.work, tag, address))) {
    turn_down_busy(parts_.work, asked);
  }
}

}  // namespace sotto::gateway
