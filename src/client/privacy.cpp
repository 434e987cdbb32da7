#include "client/privacy.h"

#include <algorithm>

#include "client/directory.h"

namespace sotto::client {

void run_command(RunningCommand& running, const ChangePrivacy& command) {
  if (!running.can_ask()) return;
  const bool changes = command.presence || command.read_receipts || command.typing;
  if (!changes) return running.ask(AskPrivacy{}, wire::GetPrivacy{});
  // All of it is set at once, so what is to stay must be known first.
  const bool knows_all = command.presence && command.read_receipts && command.typing;
  const auto& known = running.turn.memory.privacy;
  if (!known && !knows_all) {
    running.turn.ask(AskPrivacy{}, wire::GetPrivacy{});
    running.waiting.blocked_on = key_of(AskPrivacy{});
    return;
  }
  wire::Privacy wanted = known.value_or(wire::Privacy{});
  wanted.presence = command.presence.value_or(wanted.presence);
  wanted.read_receipts = command.read_receipts.value_or(wanted.read_receipts);
  wanted.typing = command.typing.value_or(wanted.typing);
  running.turn.memory.wanted_privacy = wanted;
  running.ask(AskPrivacy{}, wire::SetPrivacy{.privacy = wanted});
}

void run_command(RunningCommand& running, const WatchPresence& command) {
  std::vector<AccountId> accounts;
  for (const std::string& wanted : command.names) {
    const auto name = account_name(wanted);
    const auto contact = name ? running.turn.contacts.find_by_name(*name) : std::nullopt;
    if (!contact) return running.fail(ClientErrorCode::unknown_account);
    accounts.push_back(contact->account);
  }
  running.turn.memory.watched = std::move(accounts);
  running.turn.memory.presence_asked = false;
  running.answer(Done{});
}

void run_command(RunningCommand& running, const BlockAccount& command) {
  const auto contact = running.contact_named(command.name);
  if (!contact || !running.can_ask()) return;
  running.ask(AskPrivacy{}, wire::SetBlocked{.account = contact->account, .blocked = command.blocked});
}

void run_command(RunningCommand& running, const ListBlockedAccounts&) {
  if (running.can_ask()) running.ask(AskPrivacy{}, wire::ListBlocked{});
}

bool receive_privacy(Turn& turn, const Asked& asked, const wire::Answer& answer) {
  if (const auto* privacy = std::get_if<wire::Privacy>(&answer)) {
    // Kept for the command that waits to change a part of it; another device may change it at any time.
    if (asked.command == 0) turn.memory.privacy = *privacy;
    turn.answer(asked.command, PrivacyShown{*privacy});
    return true;
  }
  if (const auto* blocked = std::get_if<wire::Blocked>(&answer)) {
    BlockedAccounts shown;
    for (const AccountId& account : blocked->accounts) {
      shown.accounts.push_back({.account = account, .name = turn.contacts.name_of(account)});
    }
    turn.answer(asked.command, std::move(shown));
    return true;
  }
  if (!std::holds_alternative<wire::Done>(answer)) return false;
  if (is_waiting<ChangePrivacy>(turn.memory, asked.command) && turn.memory.wanted_privacy) {
    turn.memory.privacy.reset();
    turn.answer(asked.command, PrivacyShown{*turn.memory.wanted_privacy});
  } else {
    turn.answer(asked.command, Done{});
  }
  return true;
}

void pump_presence(Turn& turn) {
  if (turn.memory.presence_asked || !turn.memory.watched) return;
  if (turn.ask(AskPresence{}, wire::WatchPresence{.accounts = *turn.memory.watched})) {
    turn.memory.presence_asked = true;
  }
}

void receive_presence(Turn& turn, const wire::Presence& presence) {
  const auto& watched = turn.memory.watched;
  if (!watched || std::ranges::find(*watched, presence.account) == watched->end()) return;
  turn.tell(PresenceChanged{.account = presence.account,
                            .name = turn.contacts.name_of(presence.account),
                            .online = presence.online,
                            .last_seen = presence.last_seen});
}

}  // namespace sotto::client
