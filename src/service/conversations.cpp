#include "service/conversations.h"

#include <algorithm>
#include <unordered_map>

#include "base/seeded_hash.h"
#include "crypto/hash.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

constexpr std::string_view direct_conversation_label = "sotto direct conversation v1";
/// More than an entry takes beside its body.
constexpr std::size_t entry_overhead = 160;

wire::Conversation shown(StoredConversation conversation) {
  return {conversation.conversation, conversation.epoch, conversation.head, std::move(conversation.members)};
}

using Cursors = std::unordered_map<ConversationId, std::uint64_t, SeededHash>;

Cursors by_conversation(const wire::Resume& request) {
  Cursors cursors;
  for (const wire::Cursor& cursor : request.cursors) {
    std::uint64_t& seq = cursors[cursor.conversation];
    seq = std::max(seq, cursor.seq);
  }
  return cursors;
}

/// What is left of a page.
struct Room {
  std::size_t entries = wire::max_page_entries;
  std::size_t octets = 0;
};

/// The octets of bodies that fit beside the conversations.
std::size_t room_beside(const wire::Resumed& answer) {
  const std::size_t taken = wire::encoded_size(answer) + wire::max_page_entries * entry_overhead;
  return taken < wire::max_answer_size ? std::min(wire::max_page_size, wire::max_answer_size - taken) : 0;
}

/// Appends entries as long as they fit. The first of a read comes whatever its size, so that is checked here.
void append_missed(UnitOfWork& unit, const ConversationStore::LogRange& range, Room& room,
                   std::vector<wire::LogEntry>& entries) {
  for (wire::LogEntry& entry : unit.conversations().read(range)) {
    if (room.entries == 0 || entry.body.size() > room.octets) {
      room.entries = 0;
      return;
    }
    --room.entries;
    room.octets -= entry.body.size();
    entries.push_back(std::move(entry));
  }
}

StoredConversation new_direct(AccountId left, AccountId right, UnixMillis now) {
  const auto [smaller, larger] = std::minmax(left, right);
  return {.conversation = direct_conversation_id(left, right),
          .epoch = 1,
          .head = 0,
          .last_activity = now,
          .members = {{.account = smaller}, {.account = larger}}};
}

}  // namespace

ConversationId direct_conversation_id(AccountId left, AccountId right) {
  const auto [smaller, larger] = std::minmax(left, right);
  crypto::Sha256 hash;
  const Sha256Digest digest =
      hash.update(as_bytes(direct_conversation_label)).update(smaller.view()).update(larger.view()).finish();
  return *ConversationId::from(digest.view().first(ConversationId::size));
}

std::optional<StoredConversation> find_for_member(UnitOfWork& unit, ConversationId conversation, AccountId account) {
  std::optional<StoredConversation> found = unit.conversations().find(conversation);
  if (!found || std::ranges::find(found->members, account, &wire::Member::account) == found->members.end()) {
    return std::nullopt;
  }
  return found;
}

Outcome<wire::Conversation> Conversations::open_direct(UnitOfWork& unit, const Caller& caller,
                                                       const wire::OpenDirect& request, const Moment& moment) const {
  using enum wire::ErrorCode;
  if (request.peer == caller.account) return refuse(invalid_value, "the peer is the caller's own account", "peer");
  if (auto there = unit.conversations().find(direct_conversation_id(caller.account, request.peer))) {
    return Accepted<wire::Conversation>{shown(*std::move(there)), {}, {}};
  }
  if (!unit.accounts().find(request.peer)) return refuse(not_found, "there is no such account", "peer");
  for (const AccountId account : {caller.account, request.peer}) {
    if (unit.conversations().count(account) >= max_conversations) {
      return refuse(limit_reached, "one of the accounts is in too many conversations");
    }
  }
  StoredConversation conversation = new_direct(caller.account, request.peer, moment.now);
  unit.conversations().insert(conversation);
  return Accepted<wire::Conversation>{shown(std::move(conversation)), {}, {}};
}

Outcome<wire::Conversations> Conversations::list(UnitOfWork& unit, const Caller& caller,
                                                 const wire::ListConversations& /*request*/,
                                                 const Moment& /*moment*/) const {
  Accepted<wire::Conversations> accepted;
  for (StoredConversation& conversation : unit.conversations().list(caller.account)) {
    accepted.answer.conversations.push_back(shown(std::move(conversation)));
  }
  return accepted;
}

Outcome<wire::Resumed> Conversations::resume(UnitOfWork& unit, const Caller& caller, const wire::Resume& request,
                                             const Moment& /*moment*/) const {
  Accepted<wire::Resumed> accepted;
  wire::Resumed& answer = accepted.answer;
  for (StoredConversation& conversation : unit.conversations().list(caller.account)) {
    answer.conversations.push_back(shown(std::move(conversation)));
  }
  answer.mailbox_items = unit.mailboxes().count({caller.account, caller.device});
  Room room{.octets = room_beside(answer)};
  const Cursors cursors = by_conversation(request);
  for (const wire::Conversation& conversation : answer.conversations) {
    if (room.entries == 0 || room.octets == 0) break;
    const auto cursor = cursors.find(conversation.conversation);
    const std::uint64_t after = cursor == cursors.end() ? 0 : cursor->second;
    if (after >= conversation.head) continue;
    append_missed(unit, {conversation.conversation, after, room.entries, room.octets}, room, answer.entries);
  }
  return accepted;
}

}  // namespace sotto::service
