#include "service/delivery.h"

#include <algorithm>

#include "membership/permissions.h"
#include "service/conversations.h"
#include "service/message_bodies.h"
#include "service/notices.h"
#include "service/privacy.h"

namespace sotto::service {
namespace {

using wire::ErrorCode;

/// JSON holds no larger integer.
constexpr std::uint64_t latest_time = (std::uint64_t{1} << 53U) - 1;

std::expected<void, Refusal> check_message(const wire::Send& request) {
  if (request.expires_at.value > latest_time) {
    return refuse(ErrorCode::invalid_value, "the time is too late", "expires_at");
  }
  return check_body(request.body);
}

/// A direct conversation's members always may.
std::expected<void, Refusal> check_may_write(const StoredMembership& membership) {
  const auto& [conversation, member] = membership;
  if (conversation.kind == wire::ConversationKind::direct) return {};
  if (member.departure) return refuse(ErrorCode::forbidden, "the caller has left the group", "conversation");
  if (conversation.closed) return refuse(ErrorCode::forbidden, "the group is closed", "conversation");
  membership::Group group;
  group.kind = conversation.kind;
  if (!membership::may_write(group, member.role)) {
    return refuse(ErrorCode::forbidden, "the caller's role may not write here", "conversation");
  }
  return {};
}

/// A direct conversation's peer takes nothing from somebody it blocks.
std::expected<void, Refusal> check_welcome(UnitOfWork& unit, const StoredConversation& conversation,
                                           const Caller& caller) {
  if (conversation.kind != wire::ConversationKind::direct) return {};
  const auto members = unit.conversations().accounts_of(conversation.conversation);
  for (const AccountId& member : *members) {
    if (member == caller.account) continue;
    if (auto welcome = check_not_blocked(unit, caller, member); !welcome) return welcome;
  }
  return {};
}

std::expected<void, Refusal> check_may_send(UnitOfWork& unit, const Caller& caller, const StoredMembership& membership,
                                            std::uint64_t epoch) {
  if (auto allowed = check_may_write(membership); !allowed) return allowed;
  if (auto welcome = check_welcome(unit, membership.conversation, caller); !welcome) return welcome;
  if (epoch != membership.conversation.epoch) return stale_epoch(unit, membership.conversation);
  return {};
}

/// The answer that the message got when it came first.
std::optional<wire::Sent> first_answer(UnitOfWork& unit, const Caller& caller, const wire::Send& request) {
  const auto first = unit.conversations().find_receipt(request.conversation, caller.device, request.message);
  if (!first) return std::nullopt;
  return wire::Sent{first->seq, first->sent_at};
}

/// Tells the members how far the caller has come, and those to whom it does not show that it reads only of what was
/// delivered.
void notify_marked(UnitOfWork& unit, const Caller& caller, const wire::Marked& marked, const StoredMember& before,
                   std::vector<Notice>& notices) {
  std::vector<AccountId> shown;
  std::vector<AccountId> others;
  const auto members = unit.conversations().accounts_of(marked.conversation);
  for (const AccountId& member : *members) {
    const bool all = member == caller.account || shows_reading(unit, {.shown = caller.account, .viewer = member});
    (all ? shown : others).push_back(member);
  }
  notify(std::move(shown), &caller, marked, notices);
  if (marked.member.delivered == before.delivered) return;
  wire::Marked delivered = marked;
  delivered.member.read = 0;
  notify(std::move(others), &caller, delivered, notices);
}

}  // namespace

Outcome<wire::Sent> Delivery::send(UnitOfWork& unit, const Caller& caller, const wire::Send& request,
                                   const Moment& moment) const {
  if (auto checked = check_message(request); !checked) return std::unexpected(std::move(checked.error()));
  const auto membership = unit.conversations().find(request.conversation, caller.account);
  if (!membership) return no_conversation();
  if (auto allowed = check_may_send(unit, caller, *membership, request.epoch); !allowed) {
    // Whatever has changed since, a repeat gets its first answer.
    if (const auto first = first_answer(unit, caller, request)) return Accepted<wire::Sent>{*first, {}, {}};
    return std::unexpected(std::move(allowed.error()));
  }
  wire::LogEntry entry{.conversation = request.conversation,
                       .seq = membership->conversation.head + 1,
                       .sender = caller.account,
                       .sender_device = caller.device,
                       .message = request.message,
                       .sent_at = moment.now,
                       .body = request.body,
                       .expires_at = request.expires_at};
  if (!unit.conversations().append_unless_there(entry)) {
    return Accepted<wire::Sent>{first_answer(unit, caller, request).value_or(wire::Sent{}), {}, {}};
  }
  Accepted<wire::Sent> accepted{{entry.seq, entry.sent_at}, {}, {}};
  notify(unit.conversations().accounts_of(request.conversation), &caller, std::move(entry), accepted.notices);
  return accepted;
}

Outcome<wire::LogPage> Delivery::read_log(UnitOfWork& unit, const Caller& caller, const wire::ReadLog& request,
                                          const Moment& /*moment*/) const {
  if (request.limit > wire::max_page_entries) {
    return refuse(ErrorCode::invalid_value, "a page has at most 200 entries", "limit");
  }
  const auto membership = unit.conversations().find(request.conversation, caller.account);
  if (!membership) return no_conversation();
  Accepted<wire::LogPage> accepted;
  accepted.answer.head = readable_head(*membership);
  const std::uint64_t after = std::max(request.after, membership->member.log_start);
  if (after >= accepted.answer.head) return accepted;
  ConversationStore::LogRange range{.conversation = request.conversation, .after = after};
  if (request.limit != 0) range.max_entries = request.limit;
  range.max_entries = std::min<std::uint64_t>(range.max_entries, accepted.answer.head - after);
  accepted.answer.entries = unit.conversations().read(range);
  return accepted;
}

Outcome<wire::Done> Delivery::mark(UnitOfWork& unit, const Caller& caller, const wire::Mark& request,
                                   const Moment& /*moment*/) const {
  const auto membership = unit.conversations().find(request.conversation, caller.account);
  if (!membership) return no_conversation();
  const std::uint64_t head = readable_head(*membership);
  if (request.delivered > head) return refuse(ErrorCode::invalid_value, "the mark is beyond the head", "delivered");
  if (request.read > head) return refuse(ErrorCode::invalid_value, "the mark is beyond the head", "read");
  const StoredMember& before = membership->member;
  wire::Member after{caller.account, before.delivered, std::max(before.read, request.read)};
  after.delivered = std::max({before.delivered, request.delivered, after.read});
  Accepted<wire::Done> accepted;
  if (after.read == before.read && after.delivered == before.delivered) return accepted;
  unit.conversations().set_marks(request.conversation, after);
  const wire::Marked marked{request.conversation, after};
  if (before.departure || membership->conversation.member_count > wire::max_watched_members) {
    notify(std::vector{caller.account}, &caller, marked, accepted.notices);
  } else {
    notify_marked(unit, caller, marked, before, accepted.notices);
  }
  return accepted;
}

Outcome<wire::Done> Delivery::set_typing(UnitOfWork& unit, const Caller& caller, const wire::SetTyping& request,
                                         const Moment& /*moment*/) const {
  const auto membership = find_for_member(unit, request.conversation, caller.account);
  if (!membership) return no_conversation();
  Accepted<wire::Done> accepted;
  if (membership->conversation.member_count > wire::max_watched_members) return accepted;
  std::vector<AccountId> others = *unit.conversations().accounts_of(request.conversation);
  std::erase_if(others, [&](const AccountId& other) {
    return other == caller.account || !shows_typing(unit, {.shown = caller.account, .viewer = other});
  });
  notify(std::move(others), nullptr, wire::Typing{request.conversation, caller.account, request.typing},
         accepted.notices);
  return accepted;
}

}  // namespace sotto::service
