#include "client/groups/group_opening.h"

#include <algorithm>

#include "client/applying.h"
#include "client/conversation_members.h"
#include "client/directory.h"
#include "membership/permissions.h"
#include "session/group_message.h"

namespace sotto::client {
namespace {

OpenedEntry refuse(UndecryptableCause cause) { return {.cause = cause, .content = {}, .key = std::nullopt}; }

UndecryptableCause group_cause_of(session::OpenError error) {
  using enum session::OpenError;
  switch (error) {
    case unsupported_suite:
      return UndecryptableCause::unsupported;
    case no_sender_key:
      return UndecryptableCause::sender_key_missing;
    case duplicate:
    case too_far_ahead:
      return UndecryptableCause::key_used_up;
    default:
      return UndecryptableCause::tampered;
  }
}

/// When an entry is opened: where it stands in the log, or later, when its sender's chain has come.
enum class Opening : std::uint8_t { in_order, late };

/// Who sealed something, and where it stands in the log.
struct Sealed {
  const wire::LogEntry& entry;
  const session::RemoteDevice& sender;
  Opening opening = Opening::in_order;
};

/// Whether the sender knew the same group. Nothing if the body is no group message, which opening will say.
bool agrees(Turn& turn, const Sealed& sealed, const membership::Group& group) {
  const auto message = session::read_group_message(sealed.entry.body);
  if (!message) return true;
  const auto head = turn.groups.head({group.id, message->group_number});
  if (message->group_number > group.number || head != message->group_head) {
    turn.notice(about(sealed.entry, SecurityNoticeKind::group_forked));
    // An event that the log left out, perhaps: then its chain still has it.
    if (message->group_number > group.number) turn.memory.groups.behind.insert(group.id);
    return false;
  }
  if (sealed.opening == Opening::in_order && message->group_number < group.number) {
    turn.notice(about(sealed.entry, SecurityNoticeKind::sealed_for_old_membership));
  }
  return true;
}

OpenedEntry open_sealed(Turn& turn, const Sealed& sealed) {
  const auto group = turn.groups.find(sealed.entry.conversation);
  if (!group) return refuse(UndecryptableCause::forked);
  const membership::Member* member = group->find(sealed.entry.sender);
  if (member != nullptr && member->account_key != sealed.sender.account_key) {
    turn.notice(about(sealed.entry, SecurityNoticeKind::member_identity_differs));
    return refuse(UndecryptableCause::sender_unknown);
  }
  if (!agrees(turn, sealed, *group)) return refuse(UndecryptableCause::forked);
  const session::ReceivedSenderChains chains = turn.groups.received(group->id, sealed.sender.address);
  auto opened = session::open_group(chains, sealed.sender.address, {group->id, sealed.entry.message}, sealed.entry.body,
                                    turn.now);
  if (!opened) {
    const UndecryptableCause cause = group_cause_of(opened.error());
    if (cause == UndecryptableCause::tampered) turn.notice(about(sealed.entry, SecurityNoticeKind::altered));
    return refuse(cause);
  }
  turn.groups.save_received(group->id, sealed.sender.address, opened->next);
  opened->key.seq = sealed.entry.seq;
  take_profile(turn, group->id, opened->content);
  return {.cause = UndecryptableCause::none, .content = std::move(opened->content), .key = std::move(opened->key)};
}

/// One line that waited for its sender's chain.
void open_waiting(Turn& turn, ConversationRow& row, std::uint64_t position, const session::RemoteDevice& sender) {
  std::optional<TimelineRow> line = turn.timeline.at(position);
  const auto body = turn.waiting.body_of(position);
  if (!line || !body || line->cause != UndecryptableCause::sender_key_missing) return;
  wire::LogEntry entry;
  entry.conversation = row.conversation;
  entry.seq = line->seq.value_or(0);
  entry.sender = sender.address.account;
  entry.sender_device = sender.address.device;
  entry.message = line->message;
  entry.body = *body;
  OpenedEntry opened = open_sealed(turn, {entry, sender, Opening::late});
  if (opened.cause != UndecryptableCause::none || std::holds_alternative<std::monostate>(opened.content.kind)) return;
  line->content = std::move(opened.content);
  line->state = state_of(row, {.own = line->own, .seq = entry.seq});
  line->cause = UndecryptableCause::none;
  line->place = RowPlace::line;
  place_row(row, *line);
  turn.timeline.make_readable(*line);
  if (opened.key) turn.timeline.keep_key(position, *opened.key);
  turn.waiting.remove(position);
  row.delivered = std::max(row.delivered, entry.seq);
  apply_row(turn, row, *line);
}

}  // namespace

OpenedEntry open_in_group(Turn& turn, const wire::LogEntry& entry, const session::RemoteDevice& sender) {
  return open_sealed(turn, {entry, sender, Opening::in_order});
}

void receive_sender_key(Turn& turn, const session::DeviceAddress& sender, const wire::SenderKeyShare& share) {
  const ConversationId conversation = share.key.conversation;
  auto next = session::accept_share(turn.groups.received(conversation, sender), share.key, turn.now);
  if (!next) {
    turn.notice({.kind = SecurityNoticeKind::altered, .account = sender.account, .conversation = conversation});
    return;
  }
  turn.groups.save_received(conversation, sender, *next);
  if (share.profile) turn.groups.save_profile(conversation, *share.profile);
  std::optional<ConversationRow> row = turn.conversations.find(conversation);
  const auto device = listed_device(turn, sender);
  if (!row || row->has_peer() || !device) return;
  for (const std::uint64_t position : turn.groups.waiting(conversation, sender)) {
    open_waiting(turn, *row, position, *device);
  }
  turn.conversations.save(*row);
}

void share_again(Turn& turn, ConversationId conversation, const session::DeviceAddress& device) {
  turn.groups.give_again(conversation, device);
}

void take_profile(Turn& turn, ConversationId conversation, const wire::Content& content) {
  if (const auto* profile = std::get_if<wire::GroupProfile>(&content.kind)) {
    turn.groups.save_profile(conversation, *profile);
  }
}

}  // namespace sotto::client
