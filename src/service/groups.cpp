#include "service/groups.h"

#include <algorithm>

#include "membership/invitation_check.h"
#include "service/conversations.h"
#include "service/device_lists.h"
#include "service/group_refusals.h"
#include "service/message_bodies.h"
#include "service/notices.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

using membership::Group;
using membership::GroupError;
using wire::ErrorCode;

/// The actor of an event acts for itself, from its own listed device, by a list that its account published.
std::expected<void, Refusal> check_actor(UnitOfWork& unit, const Caller& caller,
                                         const wire::SignedGroupEvent& signed_event) {
  const auto event = membership::read_event(signed_event);
  if (!event) return refusal_for(event.error());
  if (event->actor != caller.account || event->actor_device != caller.device) {
    return refuse(ErrorCode::forbidden, "the event is another device's", "event");
  }
  const std::optional<StoredAccount> account = unit.accounts().find(caller.account);
  if (!account) return refuse(ErrorCode::token_revoked, "the account is gone");
  const auto newest = stored_device_list(*account);
  if (!newest || find_device(*newest, caller.device) == nullptr) {
    return refuse(ErrorCode::device_not_listed, "the device is not on the account's list", "event");
  }
  const auto used = wire::decode<wire::DeviceList>(signed_event.device_list.list);
  if (!used) return refuse(ErrorCode::malformed, wire::explain(used.error()), "event.device_list");
  const bool is_unknown =
      used->version == newest->version && signed_event.device_list.list != account->device_list.list;
  if (used->version > newest->version || is_unknown) {
    return refuse(ErrorCode::stale_device_list, "the account never published this list", "event.device_list");
  }
  if (const auto size = wire::encoded_size(signed_event); size > wire::max_body_size) {
    return refuse(ErrorCode::too_large, "the event is too large for an entry", "event");
  }
  return {};
}

/// What an event did to the members. Both groups have them in ascending order.
void note_changes(const std::vector<membership::Member>& before, const Group& after, GroupUpdate& update) {
  auto old = before.begin();
  for (const membership::Member& member : after.members) {
    for (; old != before.end() && old->account < member.account; ++old) update.left.push_back(old->account);
    if (old == before.end() || old->account != member.account) {
      update.joined.push_back({.account = member.account, .role = member.role, .departure = std::nullopt});
      continue;
    }
    if (old->role != member.role) update.roles.push_back({member.account, member.role});
    ++old;
  }
  for (; old != before.end(); ++old) update.left.push_back(old->account);
}

/// Whoever joins has an account with the key that the chain vouches for, and room for one more conversation.
std::expected<void, Refusal> check_joined(UnitOfWork& unit, const Group& group, const GroupUpdate& update) {
  for (const StoredMember& member : update.joined) {
    const std::optional<StoredAccount> account = unit.accounts().find(member.account);
    if (!account) return refuse(ErrorCode::not_found, "there is no account of one of the members", "event");
    if (account->account_key != group.find(member.account)->account_key) {
      return refuse(ErrorCode::invalid_value, "an account key is not the directory's", "event");
    }
    if (unit.conversations().count(member.account) >= max_conversations) {
      return refuse(ErrorCode::limit_reached, "one of the accounts is in too many conversations", "event");
    }
  }
  return {};
}

std::expected<JudgedEvent, Refusal> judge(UnitOfWork& unit, const std::vector<membership::Member>& before,
                                          const Group& after) {
  JudgedEvent judged;
  judged.update.conversation = after.id;
  judged.update.chain_length = after.number;
  judged.update.state = wire::encode(after);
  judged.update.closed = after.closed;
  judged.kind = after.kind;
  judged.policies = after.policies;
  note_changes(before, after, judged.update);
  if (auto checked = check_joined(unit, after, judged.update); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return judged;
}

/// The invitation of somebody who adds itself. Null if the change is another one, or the invitation is not there.
const membership::Invitation* invitation_of(const wire::SignedGroupEvent& signed_event, const Group& group) {
  const auto event = membership::read_event(signed_event);
  const auto* joined = event ? std::get_if<wire::MemberJoined>(&event->change) : nullptr;
  return joined != nullptr ? group.find(joined->invitation) : nullptr;
}

bool lost_a_race(GroupError error) { return error == GroupError::wrong_number || error == GroupError::forked; }

/// What becomes an entry.
struct EventEntry {
  MessageId message;
  const wire::SignedGroupEvent& event;
};

/// Appends the event, changes the members, and tells everybody who was or is one.
wire::Sent record(UnitOfWork& unit, const Caller& caller, const EventEntry& what, const StoredConversation& before,
                  const JudgedEvent& judged, UnixMillis now, std::vector<Notice>& notices) {
  GroupUpdate update = judged.update;
  update.seq = before.head + 1;
  for (StoredMember& member : update.joined) {
    member.log_start = judged.policies.shares_history ? 0 : before.head;
    // What was written before it came is not unread.
    member.delivered = before.head;
    member.read = before.head;
  }
  wire::LogEntry entry{.conversation = update.conversation,
                       .seq = update.seq,
                       .sender = caller.account,
                       .sender_device = caller.device,
                       .message = what.message,
                       .sent_at = now,
                       .body = wire::encode(what.event),
                       .kind = wire::EntryKind::group_event};
  const wire::Sent sent{entry.seq, entry.sent_at};
  unit.conversations().append(entry);
  unit.groups().apply(update);
  for (const StoredMember& member : update.joined) {
    unit.groups().remove_join_request(update.conversation, member.account);
  }
  std::vector<AccountId> accounts = *unit.conversations().accounts_of(update.conversation);
  accounts.insert(accounts.end(), update.left.begin(), update.left.end());
  const auto told = std::make_shared<const std::vector<AccountId>>(std::move(accounts));
  notify(told, &caller, std::move(entry), notices);
  notify(told, nullptr, wire::EpochRaised{update.conversation, before.epoch + 1, caller.account}, notices);
  return sent;
}

}  // namespace

std::expected<Checked<wire::CreateGroup>, Refusal> Groups::check(UnitOfWork& unit, const Caller& caller,
                                                                 wire::CreateGroup request) const {
  if (auto actor = check_actor(unit, caller, request.event); !actor) return std::unexpected(std::move(actor.error()));
  const auto group = membership::create(request.event);
  if (!group) return refusal_for(group.error());
  auto judged = judge(unit, {}, *group);
  if (!judged) return std::unexpected(std::move(judged.error()));
  return Checked<wire::CreateGroup>(std::move(request), {*std::move(judged)});
}

Outcome<wire::Conversation> Groups::create(UnitOfWork& unit, const Caller& caller,
                                           const Checked<wire::CreateGroup>& request, const Moment& moment) const {
  const JudgedEvent& judged = request.findings().event;
  const ConversationId id = judged.update.conversation;
  Accepted<wire::Conversation> accepted;
  if (const auto there = unit.conversations().find(id, caller.account)) {
    if (!unit.conversations().find_receipt(id, caller.device, request.request().message)) {
      return refuse(ErrorCode::conflict, "the group was created under another message id", "message");
    }
    accepted.answer = shown(unit, *there);
    return accepted;
  }
  const StoredConversation created{.conversation = id, .kind = judged.kind, .last_activity = moment.now};
  unit.conversations().insert(created, {});
  record(unit, caller, {request.request().message, request.request().event}, created, judged, moment.now,
         accepted.notices);
  accepted.answer = shown(unit, *unit.conversations().find(id, caller.account));
  return accepted;
}

std::expected<Checked<wire::ChangeGroup>, Refusal> Groups::check(UnitOfWork& unit, const Caller& caller,
                                                                 wire::ChangeGroup request) const {
  const auto conversation = unit.conversations().find(request.conversation);
  const std::optional<Group> group = find_group(unit, request.conversation);
  if (!conversation || !group) return no_conversation();
  if (unit.conversations().find_receipt(request.conversation, caller.device, request.message)) {
    return Checked<wire::ChangeGroup>(std::move(request), {});
  }
  // First of all, so that a stranger learns nothing from how its event is refused.
  const membership::Invitation* const invitation = invitation_of(request.event, *group);
  if (group->find(caller.account) == nullptr && invitation == nullptr) return no_conversation();
  if (auto actor = check_actor(unit, caller, request.event); !actor) return std::unexpected(std::move(actor.error()));
  const auto after = membership::apply(*group, request.event);
  if (!after && lost_a_race(after.error())) return stale_epoch(unit, *conversation);
  if (!after) return refusal_for(after.error());
  auto judged = judge(unit, group->members, *after);
  if (!judged) return std::unexpected(std::move(judged.error()));
  if (invitation != nullptr) judged->invitation_ends = invitation->expires_at;
  return Checked<wire::ChangeGroup>(std::move(request), {*std::move(judged)});
}

Outcome<wire::Sent> Groups::change(UnitOfWork& unit, const Caller& caller, const Checked<wire::ChangeGroup>& checked,
                                   const Moment& moment) const {
  const wire::ChangeGroup& request = checked.request();
  const auto conversation = unit.conversations().find(request.conversation);
  if (!conversation) return no_conversation();
  if (const auto first = unit.conversations().find_receipt(request.conversation, caller.device, request.message)) {
    return Accepted<wire::Sent>{{first->seq, first->sent_at}, {}, {}};
  }
  const std::optional<JudgedEvent>& judged = checked.findings().event;
  // A chain only grows, so that its length tells whether it is the one that was judged.
  if (!judged || judged->update.chain_length != conversation->chain_length + 1) {
    return stale_epoch(unit, *conversation);
  }
  if (judged->invitation_ends.value != 0 && judged->invitation_ends <= moment.now) {
    return refusal_for(GroupError::invitation_void);
  }
  // It may have left the account's list since the event was judged.
  if (auto actor = check_actor(unit, caller, request.event); !actor) return std::unexpected(std::move(actor.error()));
  Accepted<wire::Sent> accepted;
  accepted.answer =
      record(unit, caller, {request.message, request.event}, *conversation, *judged, moment.now, accepted.notices);
  return accepted;
}

Outcome<wire::GroupPage> Groups::read(UnitOfWork& unit, const Caller& caller, const wire::ReadGroup& request,
                                      const Moment& moment) const {
  const auto conversation = unit.conversations().find(request.conversation);
  if (!conversation) return no_conversation();
  const auto membership = unit.conversations().find(request.conversation, caller.account);
  std::uint64_t last = conversation->chain_length;
  if (!membership || membership->member.departure) {
    const std::optional<Group> group = request.invitation ? find_group(unit, request.conversation) : std::nullopt;
    const bool invited = group && membership::is_open(*group, *request.invitation, moment.now);
    if (!invited && !membership) return no_conversation();
    if (!invited) last = membership->member.departure->chain_length;
  }
  Accepted<wire::GroupPage> accepted;
  if (request.after >= last) return accepted;
  for (const Bytes& octets :
       unit.groups().read_chain({.conversation = request.conversation, .after = request.after, .last = last})) {
    auto event = wire::decode<wire::SignedGroupEvent>(octets);
    if (!event) return refuse(ErrorCode::internal, "a stored event is damaged");
    accepted.answer.events.push_back(*std::move(event));
  }
  accepted.answer.more = request.after + accepted.answer.events.size() < last;
  return accepted;
}

}  // namespace sotto::service
