#include "client/conversation_members.h"

#include <algorithm>

#include "membership/permissions.h"

namespace sotto::client {
namespace {

/// The lowest marks of all others: what everybody has.
void raise_states(Turn& turn, ConversationRow& row) {
  const std::vector<MemberMarks> marks = turn.conversations.marks(row.conversation);
  if (marks.empty()) return;
  const std::uint64_t delivered = std::ranges::min_element(marks, {}, &MemberMarks::delivered)->delivered;
  const std::uint64_t read = std::ranges::min_element(marks, {}, &MemberMarks::read)->read;
  if (delivered > row.others_delivered) {
    row.others_delivered = delivered;
    turn.timeline.raise({row.conversation, delivered, MessageState::delivered});
  }
  if (read > row.others_read) {
    row.others_read = read;
    turn.timeline.raise({row.conversation, read, MessageState::read});
  }
}

std::optional<wire::Role> role_in(Turn& turn, const ConversationRow& row, AccountId account) {
  const std::optional<membership::Group> group = turn.groups.find(row.conversation);
  const membership::Member* member = group ? group->find(account) : nullptr;
  return member != nullptr ? std::optional(member->role) : std::nullopt;
}

}  // namespace

bool may_write(Turn& turn, const ConversationRow& row, AccountId account) {
  switch (row.kind) {
    case ConversationKind::direct:
      return account == row.peer || account == turn.home.load().account;
    case ConversationKind::self:
      return account == row.peer;
    case ConversationKind::group:
    case ConversationKind::channel:
      break;
  }
  const auto role = role_in(turn, row, account);
  const auto group = turn.groups.find(row.conversation);
  return role && membership::may_write(*group, *role);
}

bool belongs_to(Turn& turn, const ConversationRow& row, AccountId account) {
  return row.has_peer() ? may_write(turn, row, account) : role_in(turn, row, account).has_value();
}

bool may_moderate(Turn& turn, const ConversationRow& row, AccountId account) {
  if (row.has_peer()) return row.kind == ConversationKind::self && account == row.peer;
  const auto role = role_in(turn, row, account);
  return role && membership::is_administrator(*role);
}

void take_marks(Turn& turn, ConversationRow& row, const wire::Member& member) {
  if (member.account == turn.home.load().account) {
    row.read = std::max(row.read, member.read);
    row.read_told = std::max(row.read_told, member.read);
    row.delivered_told = std::max(row.delivered_told, member.delivered);
    return;
  }
  if (!belongs_to(turn, row, member.account)) return;
  turn.conversations.raise_marks(row.conversation,
                                 {.account = member.account, .delivered = member.delivered, .read = member.read});
  raise_states(turn, row);
}

MessageState state_of(const ConversationRow& row, const Written& written) {
  if (!written.own) return MessageState::received;
  if (written.seq <= row.others_read) return MessageState::read;
  return written.seq <= row.others_delivered ? MessageState::delivered : MessageState::sent;
}

}  // namespace sotto::client
