#include "client/upkeep.h"

#include <algorithm>

#include "client/directory.h"
#include "client/mailbox_contents.h"
#include "client/privacy.h"
#include "client/receiving.h"
#include "session/mailbox_message.h"

namespace sotto::client {
namespace {

constexpr std::size_t marks_at_a_time = 4;
constexpr std::size_t peers_at_a_time = 4;
/// How often a device that stays connected asks for its stock, beside what the server pushes.
constexpr Milliseconds stock_interval = hours(12);

void pump_marks(Turn& turn) {
  for (const ConversationRow& row : turn.conversations.untold_marks(marks_at_a_time)) {
    turn.ask(AskMark{row.conversation, row.delivered, row.read},
             wire::Mark{.conversation = row.conversation, .delivered = row.delivered, .read = row.read});
  }
}

/// Finds out who the others are, so that they can be named before they write.
void pump_peers(Turn& turn) {
  for (const AccountId peer : turn.conversations.unknown_peers(peers_at_a_time)) {
    turn.ask(AskGetAccount{.account = peer, .conversation = std::nullopt}, wire::GetAccount{.account = peer});
  }
}

void pump_mailbox(Turn& turn) {
  const MailboxCursors cursors = turn.home.mailbox();
  if (turn.memory.held_mailbox) {
    turn.ask(AskGetAccount{.account = *turn.memory.held_mailbox, .conversation = std::nullopt},
             wire::GetAccount{.account = *turn.memory.held_mailbox});
  } else if (turn.memory.mailbox_waits) {
    if (turn.ask(AskReadMailbox{cursors.read}, wire::ReadMailbox{.after = cursors.read, .limit = 0})) {
      turn.memory.mailbox_waits = false;
    }
  }
  if (cursors.acknowledged < cursors.read) {
    turn.ask(AskAcknowledge{cursors.read}, wire::AcknowledgeMailbox{.item = cursors.read});
  }
}

void pump_prekeys(Turn& turn) {
  const bool due = turn.now >= turn.home.next_rotation() || turn.now - turn.home.stock_checked_at() > stock_interval;
  if (!turn.memory.stock_checked || due) {
    if (turn.ask(AskPrekeyStock{}, wire::GetPrekeyStock{})) turn.memory.stock_checked = true;
  }
}

void pump_own_list(Turn& turn) {
  if (turn.memory.own_list_checked) return;
  const AccountId self = turn.home.load().account;
  if (turn.ask(AskGetAccount{.account = self, .conversation = std::nullopt}, wire::GetAccount{.account = self})) {
    turn.memory.own_list_checked = true;
  }
}

void open_item(Turn& turn, const wire::MailboxItem& item, const session::RemoteDevice& sender) {
  DeviceSessions sessions = turn.sessions.load(sender.address);
  const session::LocalDevice local = turn.home.device();
  const session::PrivatePrekeys prekeys = turn.home.prekeys();
  if (turn.context.damaged) return;
  auto opened = session::open_mailbox(sessions.sessions, {local, sender}, prekeys, item.message, item.body, turn.now,
                                      turn.random);
  if (!opened) {
    // Whatever it was is asked for again over the new session; what is not asked for comes with the next message.
    if (session::calls_for_repair(opened.error())) request_repair(turn, sender.address);
    return;
  }
  sessions.sessions = std::move(opened->next);
  turn.sessions.save(sender.address, sessions);
  if (opened->next_prekeys) turn.home.save_prekeys(*opened->next_prekeys);
  receive_mailbox_content(turn, sender.address, opened->content);
}

/// False if the sender's list must be fetched first.
bool take_item(Turn& turn, const wire::MailboxItem& item) {
  const session::DeviceAddress sender{item.sender, item.sender_device};
  if (const auto device = listed_device(turn, sender)) {
    open_item(turn, item, *device);
  } else if (turn.memory.checked_mailbox_senders.insert(item.item).second) {
    turn.memory.held_mailbox = item.sender;
    return false;
  } else {
    turn.notice({.kind = SecurityNoticeKind::device_unlisted, .account = item.sender});
  }
  turn.home.set_mailbox({.read = item.item, .acknowledged = turn.home.mailbox().acknowledged});
  return true;
}

}  // namespace

void pump_upkeep(Turn& turn) {
  if (!turn.memory.link.is_live()) return;
  pump_own_list(turn);
  pump_marks(turn);
  pump_peers(turn);
  pump_mailbox(turn);
  pump_prekeys(turn);
  pump_presence(turn);
}

void receive_stock(Turn& turn, const wire::PrekeyStock& stock) {
  turn.home.set_stock_checked_at(turn.now);
  // What is on its way already will fill the stock.
  if (turn.outbox.has_uploads(UploadKind::prekeys)) return;
  const session::PrivatePrekeys prekeys = turn.home.prekeys();
  const session::LocalDevice device = turn.home.device();
  if (turn.context.damaged) return;
  const session::Replenished replenished = session::replenish(prekeys, device, stock, turn.now, turn.random);
  turn.home.save_prekeys(replenished.next);
  for (const wire::PublishPrekeys& upload : replenished.uploads) {
    turn.outbox.add_upload(UploadKind::prekeys, wire::encode(upload));
  }
}

void receive_mark_done(Turn& turn, const AskMark& asked) {
  std::optional<ConversationRow> row = turn.conversations.find(asked.conversation);
  if (!row) return;
  row->delivered_told = std::max(row->delivered_told, asked.delivered);
  row->read_told = std::max(row->read_told, asked.read);
  turn.conversations.save(*row);
}

void receive_mailbox_item(Turn& turn, const wire::MailboxItem& item) {
  if (item.item <= turn.home.mailbox().read) return;
  const bool reading =
      turn.memory.mailbox_waits || turn.memory.held_mailbox || turn.memory.link.is_open(key_of(AskReadMailbox{}));
  // Pushes may be dropped and come out of order: an item that was passed over would be acknowledged with this one.
  const bool follows = item.item == turn.home.mailbox().read + 1;
  // While older items are being read, this one comes with them.
  if (reading || !follows || !take_item(turn, item)) turn.memory.mailbox_waits = true;
}

void receive_mailbox_page(Turn& turn, const wire::MailboxPage& page) {
  if (page.items.empty() && turn.memory.mailbox_holds_new) {
    // They have lower numbers than some that were shown before, which cannot have been this mailbox's own.
    turn.home.set_mailbox({});
    turn.memory.mailbox_waits = true;
  }
  turn.memory.mailbox_holds_new = false;
  for (const wire::MailboxItem& item : page.items) {
    if (item.item <= turn.home.mailbox().read) continue;
    if (!take_item(turn, item)) {
      turn.memory.mailbox_waits = true;
      return;
    }
  }
  if (page.more && !page.items.empty()) turn.memory.mailbox_waits = true;
}

void receive_acknowledged(Turn& turn, const AskAcknowledge& asked) {
  MailboxCursors cursors = turn.home.mailbox();
  cursors.acknowledged = std::max(cursors.acknowledged, asked.item);
  turn.home.set_mailbox(cursors);
}

}  // namespace sotto::client
