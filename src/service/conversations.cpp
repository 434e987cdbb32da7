#include "service/conversations.h"

#include <algorithm>
#include <unordered_map>

#include "base/seeded_hash.h"
#include "crypto/hash.h"
#include "service/directory.h"
#include "service/privacy.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

constexpr std::string_view direct_conversation_label = "sotto direct conversation v1";
/// More than an entry takes beside its body.
constexpr std::size_t entry_overhead = 160;

wire::Member marks_of(const StoredMember& member) { return {member.account, member.delivered, member.read}; }

/// With the member alone.
wire::Conversation outline(const StoredMembership& membership) {
  const auto& [stored, member] = membership;
  wire::Conversation conversation{.conversation = stored.conversation,
                                  .epoch = stored.epoch,
                                  .head = readable_head(membership),
                                  .members = {marks_of(member)},
                                  .kind = stored.kind,
                                  .log_start = member.log_start,
                                  .chain_length = stored.chain_length,
                                  .member_count = stored.member_count};
  if (!member.departure) return conversation;
  conversation.epoch = 0;
  conversation.chain_length = member.departure->chain_length;
  conversation.member_count = 0;
  return conversation;
}

void add_members(UnitOfWork& unit, AccountId viewer, wire::Conversation& conversation) {
  conversation.members.clear();
  for (const StoredMember& member :
       unit.conversations().members({.conversation = conversation.conversation, .after = std::nullopt})) {
    conversation.members.push_back(marks_of(member));
  }
  hide_read_marks(unit, viewer, conversation.members);
}

/// Those that the account is in, newest activity first, then those that it was in, as many as an answer may hold.
std::vector<wire::Conversation> conversations_of(UnitOfWork& unit, AccountId account) {
  std::vector<StoredMembership> memberships = unit.conversations().list(account);
  std::ranges::stable_partition(memberships,
                                [](const StoredMembership& one) { return !one.member.departure.has_value(); });
  if (memberships.size() > max_conversations) memberships.resize(max_conversations);
  std::vector<wire::Conversation> conversations;
  conversations.reserve(memberships.size());
  std::size_t listed = 0;
  for (const StoredMembership& membership : memberships) {
    wire::Conversation& conversation = conversations.emplace_back(outline(membership));
    if (conversation.member_count <= 1 || conversation.member_count > wire::max_watched_members) continue;
    if (conversation.kind != wire::ConversationKind::direct) listed += conversation.member_count;
    if (conversation.kind == wire::ConversationKind::direct || listed <= max_listed_members) {
      add_members(unit, account, conversation);
    }
  }
  return conversations;
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

/// Both accounts in ascending order, or the one that both are.
std::vector<StoredMember> members_of_direct(AccountId left, AccountId right) {
  const auto [smaller, larger] = std::minmax(left, right);
  std::vector<StoredMember> members{{.account = smaller, .departure = std::nullopt}};
  if (larger != smaller) members.push_back({.account = larger, .departure = std::nullopt});
  return members;
}

}  // namespace

ConversationId direct_conversation_id(AccountId left, AccountId right) {
  const auto [smaller, larger] = std::minmax(left, right);
  crypto::Sha256 hash;
  const Sha256Digest digest =
      hash.update(as_bytes(direct_conversation_label)).update(smaller.view()).update(larger.view()).finish();
  return *ConversationId::from(digest.view().first(ConversationId::size));
}

std::optional<StoredMembership> find_for_member(UnitOfWork& unit, ConversationId conversation, AccountId account) {
  std::optional<StoredMembership> found = unit.conversations().find(conversation, account);
  if (!found || found->member.departure) return std::nullopt;
  return found;
}

std::unexpected<Refusal> no_conversation() {
  return refuse(wire::ErrorCode::not_found, "the caller has no such conversation", "conversation");
}

std::unexpected<Refusal> stale_epoch(UnitOfWork& unit, const StoredConversation& conversation) {
  auto refusal = refuse(wire::ErrorCode::stale_epoch, "members or devices have changed", "epoch");
  wire::StaleEpoch& current = refusal.error().error.stale_epoch.emplace();
  current.epoch = conversation.epoch;
  if (conversation.kind != wire::ConversationKind::direct) return refusal;
  const auto accounts = unit.conversations().accounts_of(conversation.conversation);
  for (const AccountId& member : *accounts) {
    if (auto account = unit.accounts().find(member)) current.members.push_back(record_of(*account));
  }
  return refusal;
}

std::uint64_t readable_head(const StoredMembership& membership) {
  return membership.member.departure ? membership.member.departure->seq : membership.conversation.head;
}

wire::Conversation shown(UnitOfWork& unit, const StoredMembership& membership) {
  wire::Conversation conversation = outline(membership);
  if (conversation.member_count > 1 && conversation.member_count <= wire::max_watched_members) {
    add_members(unit, membership.member.account, conversation);
  }
  return conversation;
}

Outcome<wire::Conversation> Conversations::open_direct(UnitOfWork& unit, const Caller& caller,
                                                       const wire::OpenDirect& request, const Moment& moment) const {
  using enum wire::ErrorCode;
  if (auto welcome = check_not_blocked(unit, caller, request.peer); !welcome) {
    return std::unexpected(std::move(welcome.error()));
  }
  const ConversationId id = direct_conversation_id(caller.account, request.peer);
  if (const auto there = unit.conversations().find(id, caller.account)) {
    return Accepted<wire::Conversation>{shown(unit, *there), {}, {}};
  }
  if (!unit.accounts().find(request.peer)) return refuse(not_found, "there is no such account", "peer");
  const std::vector<StoredMember> members = members_of_direct(caller.account, request.peer);
  for (const StoredMember& member : members) {
    if (unit.conversations().count(member.account) >= max_conversations) {
      return refuse(limit_reached, "one of the accounts is in too many conversations");
    }
  }
  unit.conversations().insert({.conversation = id, .epoch = 1, .last_activity = moment.now}, members);
  return Accepted<wire::Conversation>{shown(unit, *unit.conversations().find(id, caller.account)), {}, {}};
}

Outcome<wire::Conversations> Conversations::list(UnitOfWork& unit, const Caller& caller,
                                                 const wire::ListConversations& /*request*/,
                                                 const Moment& /*moment*/) const {
  return Accepted<wire::Conversations>{{conversations_of(unit, caller.account)}, {}, {}};
}

Outcome<wire::Resumed> Conversations::resume(UnitOfWork& unit, const Caller& caller, const wire::Resume& request,
                                             const Moment& /*moment*/) const {
  Accepted<wire::Resumed> accepted;
  wire::Resumed& answer = accepted.answer;
  answer.conversations = conversations_of(unit, caller.account);
  answer.mailbox_items = unit.mailboxes().count({caller.account, caller.device});
  Room room{.octets = room_beside(answer)};
  const Cursors cursors = by_conversation(request);
  for (const wire::Conversation& conversation : answer.conversations) {
    if (room.entries == 0 || room.octets == 0) break;
    const auto cursor = cursors.find(conversation.conversation);
    const std::uint64_t after = std::max(cursor == cursors.end() ? 0 : cursor->second, conversation.log_start);
    if (after >= conversation.head) continue;
    const std::size_t wanted = std::min<std::uint64_t>(room.entries, conversation.head - after);
    append_missed(unit, {conversation.conversation, after, wanted, room.octets}, room, answer.entries);
  }
  return accepted;
}

}  // namespace sotto::service
