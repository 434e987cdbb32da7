#include "service/members.h"

#include "service/conversations.h"
#include "service/privacy.h"

namespace sotto::service {

Outcome<wire::MembersPage> Members::read(UnitOfWork& unit, const Caller& caller, const wire::ReadMembers& request,
                                         const Moment& /*moment*/) const {
  const auto membership = find_for_member(unit, request.conversation, caller.account);
  if (!membership) return no_conversation();
  Accepted<wire::MembersPage> accepted;
  accepted.answer.epoch = membership->conversation.epoch;
  const ConversationStore::MemberRange range{request.conversation, request.after, wire::max_members_at_once + 1};
  for (const StoredMember& member : unit.conversations().members(range)) {
    if (accepted.answer.members.size() == wire::max_members_at_once) {
      accepted.answer.more = true;
      break;
    }
    const std::optional<StoredAccount> account = unit.accounts().find(member.account);
    accepted.answer.members.push_back(
        {member.account, account ? account->device_list_version : 0, member.delivered, member.read});
  }
  hide_read_marks(unit, caller.account, accepted.answer.members);
  return accepted;
}

}  // namespace sotto::service
