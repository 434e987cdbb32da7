#include "client/groups/history.h"

#include <algorithm>

#include "client/applying.h"
#include "client/claiming.h"
#include "client/directory.h"
#include "client/groups/audience.h"
#include "client/groups/group_opening.h"
#include "client/groups/group_sealing.h"
#include "client/groups/learning.h"
#include "client/mailbox_contents.h"
#include "session/group_message.h"

namespace sotto::client {
namespace {

/// After that a message whose key did not come is given up.
constexpr Milliseconds history_patience = hours(24 * 21);
/// Not used yet: of one giver, and for conversations that this home does not know (yet).
constexpr std::uint64_t most_kept_of_giver = 10'000;
constexpr std::uint64_t most_kept_unplaced = 10'000;
constexpr std::size_t debts_at_a_time = 4;
constexpr std::size_t keys_at_a_time = 500;

/// Whether this very device let somebody in.
bool lets_in(Turn& turn, const GroupStep& step) {
  const Home self = turn.home.load();
  if (const auto* joined = std::get_if<wire::MemberJoined>(&step.event.change)) {
    return turn.groups.invitation_seed(step.before, joined->invitation).has_value();
  }
  return std::holds_alternative<wire::MembersAdded>(step.event.change) && step.event.actor == self.account &&
         step.event.actor_device == self.device;
}

std::vector<AccountId> newcomers_of(const GroupStep& step) {
  std::vector<AccountId> newcomers;
  for (const membership::Member& member : step.after.members) {
    if (step.before.find(member.account) == nullptr) newcomers.push_back(member.account);
  }
  return newcomers;
}

void give_up_old_entries(Turn& turn, ConversationId conversation) {
  for (const std::uint64_t position : turn.waiting.with_cause(conversation, UndecryptableCause::history_key_missing)) {
    turn.waiting.remove(position);
    turn.timeline.set_cause(position, UndecryptableCause::not_shared);
  }
  turn.history.forget_all(conversation);
}

void give_keys(Turn& turn, const HistoryDebt& debt, const std::vector<session::DeviceAddress>& devices) {
  const std::vector<wire::MessageKey> keys = turn.history.keys_before(debt);
  for (const session::DeviceAddress& address : devices) {
    const auto device = listed_device(turn, address);
    if (!device) continue;
    for (std::size_t start = 0; start < keys.size(); start += history_keys_in_item) {
      wire::MessageKeys item{.conversation = debt.conversation, .keys = {}};
      const std::size_t end = std::min(start + history_keys_in_item, keys.size());
      for (std::size_t index = start; index < end; ++index) item.keys.push_back(copy_of(keys[index]));
      if (!post_to_device(turn, *device, std::move(item))) break;
    }
  }
}

/// Gives a newcomer what it is owed, once its devices and sessions with them are known.
void pay(Turn& turn, const HistoryDebt& debt) {
  const auto row = turn.conversations.find(debt.conversation);
  const auto group = turn.groups.find(debt.conversation);
  const bool is_due = row && group && !has_left(turn, debt.conversation) && group->find(debt.account) != nullptr;
  if (!is_due) return turn.history.settle(debt);
  if (!row->caught_up() || !group_is_ready(turn, *row)) return;
  const auto audience = audience_of(turn, *group);
  if (!audience) return;
  std::vector<session::DeviceAddress> devices = *audience;
  std::erase_if(devices, [&](const session::DeviceAddress& device) { return device.account != debt.account; });
  if (claim_prekeys(turn, without_session(turn, devices))) return;
  std::erase_if(devices, [&](const session::DeviceAddress& device) { return !turn.sessions.load(device).can_seal(); });
  introduce(turn, *group, {.all = *audience, .newcomers = devices});
  give_keys(turn, debt, devices);
  turn.history.settle(debt);
}

/// Whether a device belongs to who is in the group now.
bool is_of_member(Turn& turn, const membership::Group& group, const session::DeviceAddress& device) {
  const membership::Member* member = group.find(device.account);
  const auto contact = turn.contacts.find(device.account);
  return member != nullptr && contact && contact->record.account_key == member->account_key &&
         listed_device(turn, device).has_value();
}

/// What a key says of the entry that was kept. Nothing unless the body commits to the key and the message was written
/// for the group of that time.
std::optional<wire::Content> open_old_entry(Turn& turn, const membership::Group& group, const wire::MessageKey& key,
                                            std::uint64_t position) {
  const auto body = turn.waiting.body_of(position);
  const auto message = body ? session::read_group_message(*body) : std::unexpected(session::OpenError::malformed);
  if (!message || turn.groups.head({group.id, message->group_number}) != message->group_head) return std::nullopt;
  auto content = session::open_group_with_key(key, {key.sender, key.sender_device}, {group.id, key.message}, *body);
  if (!content || std::holds_alternative<std::monostate>(content->kind)) return std::nullopt;
  return std::move(*content);
}

void take_history_key(Turn& turn, ConversationRow& row, const membership::Group& group, const wire::MessageKey& key) {
  const auto position =
      turn.waiting.find({.conversation = group.id, .message = key.message, .sender = {key.sender, key.sender_device}});
  std::optional<TimelineRow> line = position ? turn.timeline.at(*position) : std::nullopt;
  if (!line || line->cause != UndecryptableCause::history_key_missing) return;
  auto content = open_old_entry(turn, group, key, *position);
  if (!content || turn.timeline.find({group.id, line->sender, line->message})) return;
  line->content = std::move(*content);
  line->state = MessageState::received;
  line->cause = UndecryptableCause::none;
  place_row(row, *line);
  turn.timeline.make_readable(*line);
  // What was written before is no news.
  turn.timeline.announced({group.id, *line->seq});
  turn.timeline.keep_key(*position, key);
  turn.waiting.remove(*position);
  take_profile(turn, group.id, line->content);
  apply_row(turn, row, *line);
}

/// True if more were given than one transition should use.
bool use_given(Turn& turn, ConversationId conversation) {
  auto row = turn.conversations.find(conversation);
  if (!row) return false;
  if (row->has_peer()) {
    turn.history.forget_all(conversation);
    return false;
  }
  if (waits_for_chain(turn, *row) || !row->caught_up()) return false;
  const auto group = turn.groups.find(conversation);
  const bool is_in = group && !has_left(turn, conversation);
  const std::vector<GivenKey> given = turn.history.of(conversation, keys_at_a_time);
  for (const GivenKey& one : given) {
    if (is_in && is_of_member(turn, *group, one.giver)) take_history_key(turn, *row, *group, one.key);
    turn.history.forget(conversation, one);
  }
  turn.conversations.save(*row);
  return given.size() == keys_at_a_time;
}

}  // namespace

void note_arrivals(Turn& turn, const GroupStep& step) {
  const std::vector<AccountId> newcomers = newcomers_of(step);
  if (newcomers.empty()) return;
  const bool shares = step.after.policies.shares_history;
  if (std::ranges::binary_search(newcomers, turn.home.load().account)) {
    if (!shares) give_up_old_entries(turn, step.after.id);
    return;
  }
  if (!lets_in(turn, step)) return;
  const std::uint64_t share = std::clamp(most_keys_of_event / newcomers.size(), least_history_keys, most_history_keys);
  for (const AccountId account : newcomers) {
    turn.history.owe(
        {.conversation = step.after.id, .account = account, .before_seq = step.seq, .most_keys = shares ? share : 0});
  }
}

bool is_before_coming(Turn& turn, const ConversationRow& row) {
  if (row.has_peer()) return false;
  const auto group = turn.groups.find(row.conversation);
  return group && group->find(turn.home.load().account) == nullptr;
}

void receive_old_entry(Turn& turn, const wire::LogEntry& entry) {
  TimelineRow line;
  line.conversation = entry.conversation;
  line.seq = entry.seq;
  line.message = entry.message;
  line.sender = {entry.sender, entry.sender_device};
  line.sent_at = entry.sent_at;
  line.state = MessageState::undecryptable;
  line.cause = UndecryptableCause::history_key_missing;
  const std::uint64_t position = turn.timeline.insert(line);
  turn.timeline.announced({entry.conversation, entry.seq});
  turn.waiting.add(position, entry.body, {.at = turn.now + history_patience, .asked = never_asked});
}

void receive_history_keys(Turn& turn, const session::DeviceAddress& giver, const wire::MessageKeys& keys) {
  std::uint64_t kept = turn.history.kept_of(giver.account);
  std::uint64_t most = most_kept_of_giver;
  if (!turn.conversations.find(keys.conversation)) {
    const std::uint64_t unplaced = turn.history.kept_unplaced();
    most = std::min(most, kept + (most_kept_unplaced - std::min(unplaced, most_kept_unplaced)));
  }
  for (const wire::MessageKey& key : keys.keys) {
    if (kept++ >= most) return;
    turn.history.keep(keys.conversation, {.giver = giver, .key = copy_of(key)});
  }
}

bool pump_history(Turn& turn) {
  bool more = false;
  for (const ConversationId conversation : turn.history.conversations()) more |= use_given(turn, conversation);
  if (!turn.memory.link.is_live()) return more;
  for (const HistoryDebt& debt : turn.history.debts(debts_at_a_time)) pay(turn, debt);
  return more;
}

}  // namespace sotto::client
