#include "client/sealing.h"

#include <algorithm>
#include <set>

#include "client/claiming.h"
#include "client/groups/group_sealing.h"
#include "client/sending.h"
#include "session/direct_message.h"
#include "session/mailbox_message.h"

namespace sotto::client {
namespace {

/// A device to seal for and what is held about it.
struct Recipient {
  session::RemoteDevice device;
  DeviceSessions sessions;
};

/// All devices of both accounts but this one; nothing if one of the lists is not known or does not name this device.
std::optional<std::vector<Recipient>> recipients_of(Turn& turn, AccountId peer) {
  const Home self = turn.home.load();
  const std::set<AccountId> accounts = {peer, self.account};
  std::vector<Recipient> recipients;
  bool names_this_device = false;
  for (const AccountId& account : accounts) {
    const std::optional<Contact> contact = turn.contacts.find(account);
    if (!contact) return std::nullopt;
    const session::VerifiedDeviceList list = contact->devices();
    for (const wire::DeviceRecord& record : list.list.devices) {
      if (account == self.account && record.device == self.device) {
        names_this_device = true;
        continue;
      }
      auto device = session::remote_device(list, record.device);
      if (device) recipients.push_back({*device, turn.sessions.load(device->address)});
    }
  }
  if (!names_this_device) return std::nullopt;
  return recipients;
}

bool claim_missing(Turn& turn, const std::vector<Recipient>& recipients) {
  std::vector<session::DeviceAddress> missing;
  for (const Recipient& recipient : recipients) {
    if (!recipient.sessions.can_seal()) missing.push_back(recipient.device.address);
  }
  return claim_prekeys(turn, missing);
}

SealOutcome refused(session::DirectSealError error) {
  using enum session::DirectSealError;
  switch (error) {
    case too_large:
      return SealRefused{.why = ClientErrorCode::too_large, .for_good = true};
    case bad_content:
      return SealRefused{.why = ClientErrorCode::invalid_text, .for_good = true};
    case bad_recipients:
    case no_session:
    case chain_exhausted:
      break;
  }
  return SealRefused{.why = ClientErrorCode::peer_unreachable, .for_good = false};
}

SealOutcome seal_for(Turn& turn, const ConversationRow& row, const TimelineRow& message,
                     std::vector<Recipient> recipients) {
  std::vector<session::DirectRecipient> borrowed;
  borrowed.reserve(recipients.size());
  for (const Recipient& recipient : recipients) borrowed.push_back({recipient.device, recipient.sessions.sessions});
  wire::Content content = message.content;
  content.version = wire::content_version;
  content.counter = row.own_counter + 1;
  content.sent_at = message.sent_at;
  const session::LocalDevice local = turn.home.device();
  if (turn.context.damaged) return SealLater{};
  auto sealed =
      session::seal_direct(local, borrowed, {row.conversation, message.message}, content, turn.now, turn.random);
  if (!sealed) {
    if (sealed.error() == session::DirectSealError::chain_exhausted) {
      for (Recipient& recipient : recipients) {
        recipient.sessions.renew = true;
        turn.sessions.save(recipient.device.address, recipient.sessions);
      }
    }
    return refused(sealed.error());
  }
  for (std::size_t index = 0; index < recipients.size(); ++index) {
    recipients[index].sessions.sessions = std::move(sealed->next[index]);
    turn.sessions.save(recipients[index].device.address, recipients[index].sessions);
  }
  std::vector<session::DeviceAddress> addresses;
  for (const Recipient& recipient : recipients) addresses.push_back(recipient.device.address);
  turn.timeline.keep_key(message.position, sealed->key);
  turn.timeline.keep_recipients(message.position, addresses);
  return std::move(sealed->body);
}

SealOutcome seal_by_sessions(Turn& turn, const ConversationRow& row, const TimelineRow& message) {
  auto recipients = recipients_of(turn, row.peer);
  if (!recipients) return SealRefused{.why = ClientErrorCode::server_distrusted, .for_good = false};
  if (claim_missing(turn, *recipients)) return SealLater{};
  std::erase_if(*recipients, [](const Recipient& recipient) { return !recipient.sessions.can_seal(); });
  // Of the own account no other device may exist.
  const bool reaches_peer =
      row.kind == ConversationKind::self || std::ranges::any_of(*recipients, [&](const Recipient& recipient) {
        return recipient.device.address.account == row.peer;
      });
  if (!reaches_peer) return SealRefused{.why = ClientErrorCode::peer_unreachable, .for_good = false};
  return seal_for(turn, row, message, std::move(*recipients));
}

}  // namespace

SealOutcome seal_message(Turn& turn, const ConversationRow& row, const TimelineRow& message) {
  switch (row.kind) {
    case ConversationKind::direct:
    case ConversationKind::self:
      return seal_by_sessions(turn, row, message);
    case ConversationKind::group:
    case ConversationKind::channel:
      break;
  }
  return seal_in_group(turn, row, message);
}

}  // namespace sotto::client
