#include "client/conversation_members.h"

#include <algorithm>

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
  return false;
}

bool may_moderate(Turn&, const ConversationRow& row, AccountId account) {
  return row.kind == ConversationKind::self && account == row.peer;
}

void take_marks(Turn& turn, ConversationRow& row, const wire::Member& member) {
  if (member.account == turn.home.load().account) {
    row.read = std::max(row.read, member.read);
    row.read_told = std::max(row.read_told, member.read);
    row.delivered_told = std::max(row.delivered_told, member.delivered);
    return;
  }
  if (!may_write(turn, row, member.account)) return;
  turn.conversations.raise_marks(row.conversation,
                                 {.account = member.account, .delivered = member.delivered, .read = member.read});
  raise_states(turn, row);
}

}  // namespace sotto::client
