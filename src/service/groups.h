#pragma once

#include "service/context.h"
#include "wire/account.h"
#include "wire/conversation.h"

namespace sotto::service {

/// An event that was replayed on top of its chain and found right.
struct JudgedEvent {
  /// What follows from it. Its place in the log, and with it that of the new members, is open until it is recorded.
  GroupUpdate update;
  wire::ConversationKind kind = wire::ConversationKind::group;
  /// Whether those who join read what was written before.
  wire::GroupPolicies policies;
  /// Of the invitation by which the actor joins; 0 if it never ends.
  UnixMillis invitation_ends;
};

template <>
struct Findings<wire::CreateGroup> {
  JudgedEvent event;
};

template <>
struct Findings<wire::ChangeGroup> {
  /// Absent if the log has an entry of this message id, which is then the answer.
  std::optional<JudgedEvent> event;
};

/// Groups and channels. The rules of `membership` decide which events a chain takes; they are run, signatures and all,
/// in the reading unit, and what they found holds in the writing one if the chain is still as long. The server adds
/// what only it knows: that the actor is the caller, that its device is listed and its list none the account never
/// published, that the account keys are those of the directory, and its own clock for invitations.
class Groups {
 public:
  [[nodiscard]] std::expected<Checked<wire::CreateGroup>, Refusal> check(UnitOfWork& unit, const Caller& caller,
                                                                         wire::CreateGroup request) const;
  [[nodiscard]] Outcome<wire::Conversation> create(UnitOfWork& unit, const Caller& caller,
                                                   const Checked<wire::CreateGroup>& request,
                                                   const Moment& moment) const;

  /// `stale_epoch`, without members, if the event does not follow the newest one.
  [[nodiscard]] std::expected<Checked<wire::ChangeGroup>, Refusal> check(UnitOfWork& unit, const Caller& caller,
                                                                         wire::ChangeGroup request) const;
  [[nodiscard]] Outcome<wire::Sent> change(UnitOfWork& unit, const Caller& caller,
                                           const Checked<wire::ChangeGroup>& request, const Moment& moment) const;

  /// For members; for who left, up to the event that removed it; for others, by an open invitation.
  [[nodiscard]] Outcome<wire::GroupPage> read(UnitOfWork& unit, const Caller& caller, const wire::ReadGroup& request,
                                              const Moment& moment) const;
};

}  // namespace sotto::service
