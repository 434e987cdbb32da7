#include "client/directory.h"

#include <algorithm>

#include "client/devices/device_list_change.h"
#include "client/settings.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

SecurityNoticeKind kind_of(session::DeviceListError error) {
  using enum session::DeviceListError;
  switch (error) {
    case malformed:
    case bad_version:
    case bad_devices:
    case unacceptable_key:
      return SecurityNoticeKind::device_list_malformed;
    case bad_signature:
      return SecurityNoticeKind::device_list_unsigned;
    case older:
      return SecurityNoticeKind::device_list_older;
    case forked:
      return SecurityNoticeKind::device_list_forked;
    case wrong_account:
    case account_key_changed:
      break;
  }
  return SecurityNoticeKind::wrong_account;
}

Trust refuse(Turn& turn, AccountId account, SecurityNoticeKind kind) {
  turn.notice({.kind = kind, .account = account});
  return Trust::refused;
}

void tell_identity(Turn& turn, const Contact& contact) {
  turn.tell(IdentityChanged{.account = contact.account,
                            .name = contact.name,
                            .verification = contact.record.verification,
                            .text = words_for(contact.record.verification, contact.name)});
}

/// What was sealed for the account's devices before does not fit its present list.
void seal_anew(Turn& turn, AccountId account) {
  if (const auto conversation = turn.conversations.find_by_peer(account))
    turn.outbox.unseal(conversation->conversation);
}

Trust take_first(Turn& turn, const wire::AccountRecord& record) {
  const auto verified = session::verify_device_list(record.device_list, record.account, record.account_key);
  if (!verified) return refuse(turn, record.account, kind_of(verified.error()));
  turn.contacts.save(
      {.account = record.account,
       .name = record.name,
       .record = {.account_key = record.account_key,
                  .device_list = record.device_list,
                  .verification = was_verified(turn, record.account, record.account_key) ? Verification::verified
                                                                                         : Verification::unverified,
                  .changed = std::nullopt}});
  return Trust::pinned;
}

/// Another account key than the pinned one.
Trust take_other_identity(Turn& turn, Contact contact, const wire::AccountRecord& record) {
  const auto verified = session::verify_device_list(record.device_list, record.account, record.account_key);
  if (!verified) return refuse(turn, record.account, kind_of(verified.error()));
  if (contact.record.verification == Verification::unverified) {
    contact.record.account_key = record.account_key;
    contact.record.device_list = record.device_list;
    turn.contacts.save(contact);
    turn.sessions.remove_account(contact.account);
    seal_anew(turn, contact.account);
    tell_identity(turn, contact);
    return Trust::pinned;
  }
  const bool known = contact.record.changed && contact.record.changed->account_key == record.account_key;
  contact.record.verification = Verification::changed;
  contact.record.changed = ChangedIdentity{record.account_key, record.device_list};
  turn.contacts.save(contact);
  if (!known) tell_identity(turn, contact);
  return Trust::held;
}

void forget_removed_devices(Turn& turn, const session::VerifiedDeviceList& list) {
  for (const session::DeviceAddress& address : turn.sessions.of_account(list.list.account)) {
    if (!session::remote_device(list, address.device)) turn.sessions.remove(address);
  }
}

/// The pinned account key: only a list that follows the pinned one.
Trust take_successor(Turn& turn, Contact contact, const wire::AccountRecord& record) {
  const auto offered = session::verify_device_list(record.device_list, record.account, record.account_key);
  if (!offered) return refuse(turn, record.account, kind_of(offered.error()));
  const auto succession = session::accept_successor(contact.devices(), *offered);
  if (!succession) return refuse(turn, record.account, kind_of(succession.error()));
  if (contact.record.verification == Verification::changed) {
    // The other identity is gone: the verified one counts again.
    contact.record.verification = Verification::verified;
    contact.record.changed.reset();
    tell_identity(turn, contact);
  } else if (*succession == session::Succession::unchanged) {
    return Trust::pinned;
  }
  if (contact.account == turn.home.load().account) tell_own_devices(turn, contact.devices(), *offered);
  contact.record.device_list = record.device_list;
  turn.contacts.save(contact);
  if (*succession != session::Succession::unchanged) {
    forget_removed_devices(turn, *offered);
    seal_anew(turn, contact.account);
  }
  return Trust::pinned;
}

}  // namespace

void decide_identity(Turn& turn, Contact& contact, Verification verification) {
  if (contact.record.changed) {
    contact.record.account_key = contact.record.changed->account_key;
    contact.record.device_list = contact.record.changed->device_list;
    contact.record.changed.reset();
    turn.sessions.remove_account(contact.account);
  }
  contact.record.verification = verification;
  turn.contacts.save(contact);
  std::erase_if(turn.memory.held_conversations, [&](const auto& held) { return held.second == contact.account; });
  if (const auto row = turn.conversations.find_by_peer(contact.account)) turn.outbox.unseal(row->conversation);
}

std::optional<std::string> account_name(std::string_view name) {
  if (name.size() < 3 || name.size() > 32) return std::nullopt;
  std::string lowered;
  for (const char letter : name) {
    const bool capital = letter >= 'A' && letter <= 'Z';
    lowered += capital ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  const auto is_letter = [](char letter) { return letter >= 'a' && letter <= 'z'; };
  const bool possible = std::all_of(lowered.begin(), lowered.end(), [&](char letter) {
    return is_letter(letter) || (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' || letter == '-';
  });
  if (!possible || !is_letter(lowered.front())) return std::nullopt;
  return lowered;
}

void pin_own_account(Turn& turn, const wire::AccountRecord& record) {
  turn.contacts.save({.account = record.account,
                      .name = record.name,
                      .record = {.account_key = record.account_key,
                                 .device_list = record.device_list,
                                 .verification = Verification::verified,
                                 .changed = std::nullopt}});
}

Trust take_record(Turn& turn, const wire::AccountRecord& record) {
  // A name that no account can have would only serve to deceive on a screen, and so would a second owner of a name.
  const std::optional<std::string> name = account_name(record.name);
  if (!name || *name != record.name) return refuse(turn, record.account, SecurityNoticeKind::wrong_account);
  const auto owner = turn.contacts.find_by_name(*name);
  if (owner && owner->account != record.account) {
    return refuse(turn, record.account, SecurityNoticeKind::wrong_account);
  }
  std::optional<Contact> contact = turn.contacts.find(record.account);
  if (turn.context.damaged) return Trust::refused;
  if (!contact) return take_first(turn, record);
  if (contact->record.account_key == record.account_key) return take_successor(turn, std::move(*contact), record);
  // The own account key never changes behind this device's back.
  if (record.account == turn.home.load().account) {
    return refuse(turn, record.account, SecurityNoticeKind::wrong_account);
  }
  return take_other_identity(turn, std::move(*contact), record);
}

std::optional<session::RemoteDevice> listed_device(Turn& turn, const session::DeviceAddress& address) {
  const std::optional<Contact> contact = turn.contacts.find(address.account);
  if (!contact) return std::nullopt;
  return session::remote_device(contact->devices(), address.device);
}

}  // namespace sotto::client
