#include "service/delivery.h"

#include <algorithm>

#include "service/conversations.h"
#include "service/directory.h"
#include "service/message_bodies.h"

namespace sotto::service {
namespace {

std::unexpected<Refusal> no_conversation() {
  return refuse(wire::ErrorCode::not_found, "the caller has no such conversation", "conversation");
}

/// Tells every device of every member but the one that caused it.
void notify_members(const StoredConversation& conversation, const Caller& caller, wire::Answer push,
                    std::vector<Notice>& notices) {
  const auto frame = push_frame(std::move(push));
  notices.reserve(conversation.members.size());
  for (const wire::Member& member : conversation.members) {
    Notice notice{member.account, std::nullopt, std::nullopt, frame};
    if (member.account == caller.account) notice.except_device = caller.device;
    notices.push_back(std::move(notice));
  }
}

/// Refuses with everything the sender needs to encrypt again.
std::unexpected<Refusal> stale_epoch(UnitOfWork& unit, const StoredConversation& conversation) {
  auto refusal = refuse(wire::ErrorCode::stale_epoch, "members or devices have changed", "epoch");
  wire::StaleEpoch& current = refusal.error().error.stale_epoch.emplace();
  current.epoch = conversation.epoch;
  for (const wire::Member& member : conversation.members) {
    if (auto account = unit.accounts().find(member.account)) current.members.push_back(record_of(*account));
  }
  return refusal;
}

}  // namespace

Outcome<wire::Sent> Delivery::send(UnitOfWork& unit, const Caller& caller, const wire::Send& request,
                                   const Moment& moment) const {
  if (auto checked = check_body(request.body); !checked) return std::unexpected(std::move(checked.error()));
  const auto conversation = find_for_member(unit, request.conversation, caller.account);
  if (!conversation) return no_conversation();
  if (const auto first = unit.conversations().find_receipt(request.conversation, caller.device, request.message)) {
    return Accepted<wire::Sent>{{first->seq, first->sent_at}, {}, {}};
  }
  if (request.epoch != conversation->epoch) return stale_epoch(unit, *conversation);
  wire::LogEntry entry{.conversation = request.conversation,
                       .seq = conversation->head + 1,
                       .sender = caller.account,
                       .sender_device = caller.device,
                       .message = request.message,
                       .sent_at = moment.now,
                       .body = request.body};
  unit.conversations().append(entry);
  Accepted<wire::Sent> accepted{{entry.seq, entry.sent_at}, {}, {}};
  notify_members(*conversation, caller, std::move(entry), accepted.notices);
  return accepted;
}

Outcome<wire::LogPage> Delivery::read_log(UnitOfWork& unit, const Caller& caller, const wire::ReadLog& request,
                                          const Moment& /*moment*/) const {
  if (request.limit > wire::max_page_entries) {
    return refuse(wire::ErrorCode::invalid_value, "a page has at most 200 entries", "limit");
  }
  const auto conversation = find_for_member(unit, request.conversation, caller.account);
  if (!conversation) return no_conversation();
  Accepted<wire::LogPage> accepted;
  accepted.answer.head = conversation->head;
  if (request.after >= conversation->head) return accepted;
  ConversationStore::LogRange range{.conversation = request.conversation, .after = request.after};
  if (request.limit != 0) range.max_entries = request.limit;
  accepted.answer.entries = unit.conversations().read(range);
  return accepted;
}

Outcome<wire::Done> Delivery::mark(UnitOfWork& unit, const Caller& caller, const wire::Mark& request,
                                   const Moment& /*moment*/) const {
  const auto conversation = find_for_member(unit, request.conversation, caller.account);
  if (!conversation) return no_conversation();
  if (request.delivered > conversation->head) {
    return refuse(wire::ErrorCode::invalid_value, "the mark is beyond the head", "delivered");
  }
  if (request.read > conversation->head) {
    return refuse(wire::ErrorCode::invalid_value, "the mark is beyond the head", "read");
  }
  const wire::Member before = *std::ranges::find(conversation->members, caller.account, &wire::Member::account);
  wire::Member after = before;
  after.read = std::max(before.read, request.read);
  after.delivered = std::max({before.delivered, request.delivered, after.read});
  Accepted<wire::Done> accepted;
  if (after.read == before.read && after.delivered == before.delivered) return accepted;
  unit.conversations().set_marks(request.conversation, after);
  notify_members(*conversation, caller, wire::Marked{request.conversation, after}, accepted.notices);
  return accepted;
}

Outcome<wire::Done> Delivery::set_typing(UnitOfWork& unit, const Caller& caller, const wire::SetTyping& request,
                                         const Moment& /*moment*/) const {
  const auto conversation = find_for_member(unit, request.conversation, caller.account);
  if (!conversation) return no_conversation();
  Accepted<wire::Done> accepted;
  const auto frame = push_frame(wire::Typing{request.conversation, caller.account, request.typing});
  for (const wire::Member& member : conversation->members) {
    if (member.account == caller.account) continue;
    accepted.notices.push_back({member.account, std::nullopt, std::nullopt, frame});
  }
  return accepted;
}

}  // namespace sotto::service
