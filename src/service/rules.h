#pragma once

#include "service/account_reset.h"
#include "service/backups.h"
#include "service/conversations.h"
#include "service/delivery.h"
#include "service/devices.h"
#include "service/directory.h"
#include "service/groups.h"
#include "service/join_requests.h"
#include "service/linking.h"
#include "service/login_scopes.h"
#include "service/logins.h"
#include "service/mailboxes.h"
#include "service/members.h"
#include "service/prekeys.h"
#include "service/privacy.h"
#include "service/recovery.h"
#include "service/redaction.h"
#include "service/registration.h"
#include "service/reports.h"
#include "service/signing_in.h"
#include "service/transparency_log.h"
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
struct AnswerIn<Request, wire::Sequence<wire::Operation<Request, Answer>, Others...>> {
  using Type = Answer;
};
template <class Request, class First, class... Others>
struct AnswerIn<Request, wire::Sequence<First, Others...>> : AnswerIn<Request, wire::Sequence<Others...>> {};
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
inline constexpr WorkKind work_kind<wire::CreateGroup> = WorkKind::checked_write;
template <>
inline constexpr WorkKind work_kind<wire::ChangeGroup> = WorkKind::checked_write;
template <>
inline constexpr WorkKind work_kind<wire::ReadGroup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ReadMembers> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::RequestJoin> = WorkKind::checked_write;
template <>
inline constexpr WorkKind work_kind<wire::ListJoinRequests> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::DeclineJoin> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::Redact> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::PostMailboxes> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::BeginLink> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::PostLink> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ReadLink> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ApproveLink> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::FinishLink> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::PutBackup> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::GetBackup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::AppendBackup> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ReadBackup> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::DeleteBackup> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::Recover> = WorkKind::password;
template <>
inline constexpr WorkKind work_kind<wire::ResetAccount> = WorkKind::password;
template <>
inline constexpr WorkKind work_kind<wire::SetPrivacy> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::GetPrivacy> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::WatchPresence> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::SetBlocked> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ReportConversation> = WorkKind::write;
template <>
inline constexpr WorkKind work_kind<wire::ListBlocked> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::GetProof> = WorkKind::read;
template <>
inline constexpr WorkKind work_kind<wire::ReadTransparency> = WorkKind::read;

/// Operations for anyone that are something else for a caller who is signed in. They are handed the caller, if there
/// is one.
template <class Request>
inline constexpr bool caller_is_optional = false;
template <>
inline constexpr bool caller_is_optional<wire::PostLink> = true;
template <>
inline constexpr bool caller_is_optional<wire::ReadLink> = true;

/// All rules of the server under one roof: one `handle` for each operation, told apart by the request's type, so that
/// a gateway dispatches by a loop over `wire::operations`. Has no state that changes; may be used from any thread.
class Rules {
 public:
  /// Both are borrowed for the object's life.
  Rules(const AccessTokens& tokens, const Passwords& passwords)
      : passwords_(passwords),
        logins_(tokens),
        registration_(passwords, logins_),
        signing_in_(passwords, logins_),
        recovery_(passwords, logins_),
        account_reset_(passwords, logins_),
        linking_(logins_) {}
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;

  // Operations of `WorkKind::password`.

  [[nodiscard]] std::expected<Checked<wire::Register>, Refusal> check(wire::Register request) const {
    return registration_.check(std::move(request));
  }
  [[nodiscard]] std::expected<Checked<wire::SignIn>, Refusal> check(wire::SignIn request) const {
    return signing_in_.check(std::move(request));
  }
  [[nodiscard]] std::expected<Checked<wire::Recover>, Refusal> check(wire::Recover request) const {
    return recovery_.check(std::move(request));
  }
  [[nodiscard]] std::expected<Checked<wire::ResetAccount>, Refusal> check(wire::ResetAccount request) const {
    return account_reset_.check(std::move(request));
  }
  [[nodiscard]] std::expected<PasswordTask, Refusal> prepare(UnitOfWork& unit,
                                                             const Checked<wire::Recover>& request) const {
    return recovery_.prepare(unit, request);
  }
  [[nodiscard]] std::expected<PasswordTask, Refusal> prepare(UnitOfWork& unit,
                                                             const Checked<wire::ResetAccount>& request) const {
    return account_reset_.prepare(unit, request);
  }
  [[nodiscard]] std::expected<PasswordTask, Refusal> prepare(UnitOfWork& unit,
                                                             const Checked<wire::Register>& request) const {
    return registration_.prepare(unit, request);
  }
  [[nodiscard]] std::expected<PasswordTask, Refusal> prepare(UnitOfWork& unit,
                                                             const Checked<wire::SignIn>& request) const {
    return signing_in_.prepare(unit, request);
  }
  /// `request` is the `Checked` form of an operation of `WorkKind::password`.
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

  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::Recover>& request,
                                                 const PasswordProof& proof, const Moment& moment) const {
    return recovery_.complete(unit, request, proof, moment);
  }
  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::ResetAccount>& request,
                                                 const PasswordProof& proof, const Moment& moment) const {
    return account_reset_.complete(unit, request, proof, moment);
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

  [[nodiscard]] auto handle(UnitOfWork& unit, const wire::BeginLink& request, const Moment& moment) const {
    return linking_.begin(unit, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const wire::FinishLink& request, const Moment& moment) const {
    return linking_.finish(unit, request, moment);
  }

  // Operations for anyone, to which it matters who asks.

  [[nodiscard]] auto handle(UnitOfWork& unit, const std::optional<Caller>& caller, const wire::PostLink& request,
                            const Moment& moment) const {
    return linking_.post(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const std::optional<Caller>& caller, const wire::ReadLink& request,
                            const Moment& moment) const {
    return linking_.read(unit, caller, request, moment);
  }

  /// Operations that this server does not offer.
  template <class Request>
    requires(!caller_is_optional<Request>)
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
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::GetAccounts& request,
                            const Moment& moment) const {
    return directory_.get_all(unit, caller, request, moment);
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
  [[nodiscard]] auto check(UnitOfWork& unit, const Caller& caller, wire::CreateGroup request) const {
    return groups_.check(unit, caller, std::move(request));
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const Checked<wire::CreateGroup>& request,
                            const Moment& moment) const {
    return groups_.create(unit, caller, request, moment);
  }
  [[nodiscard]] auto check(UnitOfWork& unit, const Caller& caller, wire::ChangeGroup request) const {
    return groups_.check(unit, caller, std::move(request));
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const Checked<wire::ChangeGroup>& request,
                            const Moment& moment) const {
    return groups_.change(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReadGroup& request,
                            const Moment& moment) const {
    return groups_.read(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReadMembers& request,
                            const Moment& moment) const {
    return members_.read(unit, caller, request, moment);
  }
  [[nodiscard]] auto check(UnitOfWork& unit, const Caller& caller, wire::RequestJoin request) const {
    return join_requests_.check(unit, caller, std::move(request));
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const Checked<wire::RequestJoin>& request,
                            const Moment& moment) const {
    return join_requests_.request(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ListJoinRequests& request,
                            const Moment& moment) const {
    return join_requests_.list(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::DeclineJoin& request,
                            const Moment& moment) const {
    return join_requests_.decline(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::Redact& request,
                            const Moment& moment) const {
    return redaction_.redact(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::PostMailbox& request,
                            const Moment& moment) const {
    return mailboxes_.post(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::PostMailboxes& request,
                            const Moment& moment) const {
    return mailboxes_.post_all(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReadMailbox& request,
                            const Moment& moment) const {
    return mailboxes_.read(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::AcknowledgeMailbox& request,
                            const Moment& moment) const {
    return mailboxes_.acknowledge(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::GetProof& request,
                            const Moment& moment) const {
    return transparency_.prove(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReadTransparency& request,
                            const Moment& moment) const {
    return transparency_.read(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ApproveLink& request,
                            const Moment& moment) const {
    return linking_.approve(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::PutBackup& request,
                            const Moment& moment) const {
    return backups_.put(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::GetBackup& request,
                            const Moment& moment) const {
    return backups_.get(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::AppendBackup& request,
                            const Moment& moment) const {
    return backups_.append(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReadBackup& request,
                            const Moment& moment) const {
    return backups_.read(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::DeleteBackup& request,
                            const Moment& moment) const {
    return backups_.remove(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::SetPrivacy& request,
                            const Moment& moment) const {
    return privacy_.set(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::GetPrivacy& request,
                            const Moment& moment) const {
    return privacy_.get(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::WatchPresence& request,
                            const Moment& moment) const {
    return privacy_.watch(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::SetBlocked& request,
                            const Moment& moment) const {
    return privacy_.set_blocked(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ListBlocked& request,
                            const Moment& moment) const {
    return privacy_.list_blocked(unit, caller, request, moment);
  }
  [[nodiscard]] auto handle(UnitOfWork& unit, const Caller& caller, const wire::ReportConversation& request,
                            const Moment& moment) const {
    return reports_.report(unit, caller, request, moment);
  }

 private:
  const Passwords& passwords_;
  Logins logins_;
  Registration registration_;
  SigningIn signing_in_;
  Recovery recovery_;
  AccountReset account_reset_;
  Linking linking_;
  Backups backups_;
  PrivacySettings privacy_;
  Reports reports_;
  Directory directory_;
  Devices devices_;
  Prekeys prekeys_;
  Conversations conversations_;
  Delivery delivery_;
  Groups groups_;
  Members members_;
  JoinRequests join_requests_;
  Redaction redaction_;
  Mailboxes mailboxes_;
  TransparencyLog transparency_;
};

}  // namespace sotto::service
