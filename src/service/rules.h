#pragma once

#include "service/conversations.h"
#include "service/delivery.h"
#include "service/devices.h"
#include "service/directory.h"
#include "service/logins.h"
#include "service/mailboxes.h"
#include "service/prekeys.h"
#include "service/registration.h"
#include "service/signing_in.h"
#include "wire/operations.h"

namespace sotto::service {

/// Where the rule of an operation runs. For all but `password` there is an `Rules::handle` for the request.
enum class WorkKind : std::uint8_t {
  /// `handle` in a reading unit.
  read,
  /// `handle` in a writing unit.
  write,
  /// `check` in a reading unit; if that gave a `Checked` request, `handle` of it in a writing unit.
  checked_write,
  /// `handle` in a reading unit. Nothing durable follows, so when the queue is full the request may be dropped and
  /// answered `Done`.
  ephemeral,
  /// Four steps, because Argon2id must not hold a unit of work: `check` on the password pool, `prepare` in a reading
  /// unit, `prove` on the password pool, `complete` in a writing unit. The first refusal ends it.
  password,
};

/// What the operation that takes `Request` answers, as `Type`; nothing for other types.
template <class Request, class Operations>
struct AnswerIn {};
template <class Request, class Answer, class... Others>
struct AnswerIn<Request, std::tuple<wire::Operation<Request, Answer>, Others...>> {
  using Type = Answer;
};
template <class Request, class First, class... Others>
struct AnswerIn<Request, std::tuple<First, Others...>> : AnswerIn<Request, std::tuple<Others...>> {};
template <class Request>
using AnswerOf = typename AnswerIn<Request, std::remove_cvref_t<decltype(wire::operations)>>::Type;

/// Which worker an operation needs. An operation without a line does not compile.
template <class Request>
inline constexpr WorkKind work_kind = Request::work_kind_is_missing();
template <>
inline constexpr WorkKind work_kind<wire::Register> = WorkKind::password;
template <>
inline constexpr WorkKind work_kind<wire::SignIn> = WorkKind::password;
template <>
inline constexpr WorkKind work_kind<wire::Refresh> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::Authenticate> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::SignOut> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ListLogins> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::RevokeLogin> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::FindAccount> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::GetAccount> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::PublishDeviceList> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::PublishPrekeys> = WorkKind::checked_write;
template <>
inline constexpr WorkKind work_kind<wire::GetPrekeyStock> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ClaimPrekeys> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::OpenDirect> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ListConversations> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::Send> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ReadLog> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::Mark> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::Resume> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::SetTyping> = WorkKind::ephemeral;
template <>
inline constexpr WorkKind work_kind<wire::PostMailbox> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ReadMailbox> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::AcknowledgeMailbox> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::GetAccounts> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::CreateGroup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ChangeGroup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ReadGroup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ReadMembers> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::RequestJoin> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ListJoinRequests> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::DeclineJoin> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::Redact> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::PostMailboxes> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::BeginLink> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::PostLink> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ReadLink> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ApproveLink> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::FinishLink> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::PutBackup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::GetBackup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::AppendBackup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ReadBackup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::DeleteBackup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::Recover> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ResetAccount> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::SetPrivacy> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::GetPrivacy> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::WatchPresence> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::SetBlocked> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ListBlocked> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::GetProof> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ReadTransparency> = WorkKind::read;

/// All rules of the server under one roof: one `handle` for each operation, told apart by the request's type, so that
/// a gateway dispatches by a loop over `wire::operations`. Has no state that changes; may be used from any thread.
class Rules {
 public:
  /// Both are borrowed for the object's life.
  Rules(const AccessTokens& tokens, const Passwords& passwords)
      : passwords_(passwords), logins_(tokens), registration_(passwords, logins_), signing_in_(passwords, logins_) {}
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;

  // Operations of `WorkKind::password`.

  [[nodiscard]] std::expected<Checked<wire::Register>, Refusal> check(wire::Register request) const {
    return registration_.check(std::move(request));
  }
  [[nodiscard]] std::expected<Checked<wire::SignIn>, Refusal> check(wire::SignIn request) const {
    return signing_in_.check(std::move(request));
  }
  [[nodiscard]] std::expected<PasswordTask, Refusal> prepare(UnitOfWork& unit,
                                                             const Checked<wire::Register>& request) const {
    return registration_.prepare(unit, request);
  }
  [[nodiscard]] std::expected<PasswordTask, Refusal> prepare(UnitOfWork& unit,
                                                             const Checked<wire::SignIn>& request) const {
    return signing_in_.prepare(unit, request);
  }
  /// `request` is a `Checked<wire::Register>` or `Checked<wire::SignIn>`.
  [[nodiscard]] std::expected<PasswordProof, Refusal> prove(const PasswordTask& task, const auto& request,
                                                            const Moment& moment) const {
    return passwords_.prove(task, request.request().password, moment);
  }
  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::Register>& request,
                                                 const PasswordProof& proof, const Moment& moment) const {
    return registration_.complete(unit, request, proof, moment);
  }
  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::SignIn>& request,
                                                 const PasswordProof& proof, const Moment& moment) const {
    return signing_in_.complete(unit, request, proof, moment);
  }

  // Operations for anyone: there is no caller yet.

  [[nodiscard]] Outcome<wire::Tokens> handle(UnitOfWork& unit, const wire::Refresh& request,
                                             const Moment& moment) const {
    return logins_.refresh(unit, request, moment);
  }

  /// For a request whose token has `LoginCheck::stored`: call it first in the request's unit. `Authenticate` does it by
  /// itself.
  [[nodiscard]] std::expected<void, Refusal> check_login(UnitOfWork& unit, const Caller& caller) const {
    return logins_.check(unit, caller);
  }

  /// `caller` is what `AccessTokens::check` found in the request's token.
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::Authenticate& request,
                            const Moment& moment) const {
    return logins_.authenticate(unit, caller, request, moment);
  }

  /// Operations that this server does not offer.
  template <class Request>
  [[nodiscard]] Outcome<AnswerOf<Request>> handle(UnitOfWork&, const Request&, const Moment&) const {
    return refuse(wire::ErrorCode::unknown_operation, "this server does not offer the operation");
  }
  template <class Request>
  [[nodiscard]] Outcome<AnswerOf<Request>> handle(UnitOfWork&, const Caller&, const Request&, const Moment&) const {
    return refuse(wire::ErrorCode::unknown_operation, "this server does not offer the operation");
  }

  // Operations for those who are signed in.

  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::SignOut& request,
                            const Moment& moment) const {
    return logins_.sign_out(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ListLogins& request,
                            const Moment& moment) const {
    return logins_.list(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::RevokeLogin& request,
                            const Moment& moment) const {
    return logins_.revoke(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::FindAccount& request,
                            const Moment& moment) const {
    return directory_.find(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::GetAccount& request,
                            const Moment& moment) const {
    return directory_.get(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::PublishDeviceList& request,
                            const Moment& moment) const {
    return devices_.publish(unit, caller, request, moment);
  }
  [[nodiscard]] auto check(UnitOfWork& unit, const Caller& caller, wire::PublishPrekeys request) const {
    return prekeys_.check(unit, caller, std::move(request));
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const Checked<wire::PublishPrekeys>& request,
                            const Moment& moment) const {
    return prekeys_.publish(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::GetPrekeyStock& request,
                            const Moment& moment) const {
    return prekeys_.stock(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ClaimPrekeys& request,
                            const Moment& moment) const {
    return prekeys_.claim(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::OpenDirect& request,
                            const Moment& moment) const {
    return conversations_.open_direct(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ListConversations& request,
                            const Moment& moment) const {
    return conversations_.list(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::Send& request,
                            const Moment& moment) const {
    return delivery_.send(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReadLog& request,
                            const Moment& moment) const {
    return delivery_.read_log(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::Mark& request,
                            const Moment& moment) const {
    return delivery_.mark(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::Resume& request,
                            const Moment& moment) const {
    return conversations_.resume(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::SetTyping& request,
                            const Moment& moment) const {
    return delivery_.set_typing(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::PostMailbox& request,
                            const Moment& moment) const {
    return mailboxes_.post(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReadMailbox& request,
                            const Moment& moment) const {
    return mailboxes_.read(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::AcknowledgeMailbox& request,
                            const Moment& moment) const {
    return mailboxes_.acknowledge(unit, caller, request, moment);
  }

 private:
  const Passwords& passwords_;
  Logins logins_;
  Registration registration_;
  SigningIn signing_in_;
  Directory directory_;
  Devices devices_;
  Prekeys prekeys_;
  Conversations conversations_;
  Delivery delivery_;
  Mailboxes mailboxes_;
};

}  // namespace sotto::service
