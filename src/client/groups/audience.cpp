#include "client/groups/audience.h"

#include <algorithm>

#include "client/directory.h"

namespace sotto::client {
namespace {

/// Answers in a row that name other members than the chain, after which the user is told: an event that was under way
/// has long come.
constexpr unsigned most_disputes = 3;

AskGroup asking_members(ConversationId conversation) { return {GroupQuestion::read_members, conversation}; }

/// The server named everybody and all lists are here.
void conclude(Turn& turn, ConversationId conversation, const MembersReading& reading) {
  std::optional<ConversationRow> row = turn.conversations.find(conversation);
  const std::optional<membership::Group> group = turn.groups.find(conversation);
  if (!row || !group) return;
  const auto is_seen = [&](const membership::Member& member) { return reading.seen.contains(member.account); };
  if (reading.seen.size() != group->members.size() || !std::ranges::all_of(group->members, is_seen)) {
    // Events that were not read yet, or none that exist.
    turn.memory.resume_again = true;
    ++turn.memory.groups.disputes[conversation];
    const bool is_disputed = are_members_disputed(turn, conversation);
    if (is_disputed) {
      turn.notice(
          {.kind = SecurityNoticeKind::group_members_differ, .account = std::nullopt, .conversation = conversation});
    }
    turn.memory.link.pause(key_of(asking_members(conversation)), turn.now + seconds(is_disputed ? 30 : 2));
    return;
  }
  turn.memory.groups.disputes.erase(conversation);
  row->epoch = reading.epoch;
  row->offered_epoch = std::max(row->offered_epoch, reading.epoch);
  turn.conversations.save(*row);
}

/// What is still to be asked for.
void go_on(Turn& turn, ConversationId conversation) {
  const auto found = turn.memory.groups.members.find(conversation);
  if (found == turn.memory.groups.members.end()) return;
  MembersReading& reading = found->second;
  if (!reading.is_complete) {
    const std::optional<AccountId> after =
        reading.seen.empty() ? std::nullopt : std::optional<AccountId>(*reading.seen.rbegin());
    turn.ask(asking_members(conversation), wire::ReadMembers{.conversation = conversation, .after = after});
  } else if (!reading.wanted.empty()) {
    const std::size_t count = std::min(reading.wanted.size(), wire::max_accounts_at_once);
    const auto end = reading.wanted.begin() + static_cast<std::ptrdiff_t>(count);
    turn.ask(AskGroup{GroupQuestion::accounts, conversation}, wire::GetAccounts{{reading.wanted.begin(), end}});
  } else {
    const MembersReading complete = std::move(reading);
    turn.memory.groups.members.erase(found);
    conclude(turn, conversation, complete);
  }
}

/// Whether this member's devices may read. Tells the user if its identity is in the way.
bool is_sound(Turn& turn, const membership::Group& group, const membership::Member& member, const Contact& contact) {
  const bool is_same = contact.record.account_key == member.account_key;
  if (is_same && contact.record.verification != Verification::changed) return true;
  turn.notice(
      {.kind = SecurityNoticeKind::member_identity_differs, .account = member.account, .conversation = group.id});
  return false;
}

}  // namespace

bool members_are_known(Turn& turn, const ConversationRow& row) {
  if (row.epoch != 0 && row.epoch == row.offered_epoch) return true;
  turn.memory.groups.members.try_emplace(row.conversation);
  go_on(turn, row.conversation);
  return false;
}

bool are_members_disputed(const Turn& turn, ConversationId conversation) {
  const auto found = turn.memory.groups.disputes.find(conversation);
  return found != turn.memory.groups.disputes.end() && found->second >= most_disputes;
}

void receive_members_page(Turn& turn, ConversationId conversation, const wire::MembersPage& page) {
  MembersReading& reading = turn.memory.groups.members[conversation];
  if (!reading.seen.empty() && reading.epoch != page.epoch) reading = {};
  const bool is_first = reading.seen.empty();
  reading.epoch = page.epoch;
  for (const wire::MemberState& member : page.members) {
    if (!is_first && member.account <= *reading.seen.rbegin()) continue;
    if (reading.seen.size() >= wire::max_members) break;
    reading.seen.insert(member.account);
    const std::optional<Contact> contact = turn.contacts.find(member.account);
    if (!contact || contact->devices().list.version < member.device_list_version) {
      reading.wanted.push_back(member.account);
    }
  }
  reading.is_complete = !page.more || page.members.empty();
  go_on(turn, conversation);
}

void receive_member_records(Turn& turn, ConversationId conversation, const wire::Accounts& accounts) {
  const auto found = turn.memory.groups.members.find(conversation);
  if (found == turn.memory.groups.members.end()) return;
  for (const wire::AccountRecord& record : accounts.accounts) {
    if (std::ranges::find(found->second.wanted, record.account) != found->second.wanted.end()) {
      (void)take_record(turn, record);
    }
  }
  // Those whose list is not believed are told of, and get nothing.
  std::vector<AccountId>& wanted = found->second.wanted;
  const std::size_t count = std::min(wanted.size(), wire::max_accounts_at_once);
  wanted.erase(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(count));
  go_on(turn, conversation);
}

std::optional<std::vector<session::DeviceAddress>> audience_of(Turn& turn, const membership::Group& group) {
  const Home self = turn.home.load();
  std::vector<session::DeviceAddress> audience;
  bool names_this_device = false;
  for (const membership::Member& member : group.members) {
    const std::optional<Contact> contact = turn.contacts.find(member.account);
    if (!contact || !is_sound(turn, group, member, *contact)) continue;
    for (const wire::DeviceRecord& record : contact->devices().list.devices) {
      const bool is_own = member.account == self.account && record.device == self.device;
      names_this_device = names_this_device || is_own;
      if (!is_own) audience.push_back({member.account, record.device});
    }
  }
  if (!names_this_device) return std::nullopt;
  return audience;
}

}  // namespace sotto::client
