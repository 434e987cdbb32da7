#pragma once

#include "client/turn.h"

namespace sotto::client {

// What a live device does by itself: tell its marks, empty its mailbox, keep its prekeys in stock, watch its own
// device list.

void pump_upkeep(Turn& turn);

void receive_stock(Turn& turn, const wire::PrekeyStock& stock);
void receive_mark_done(Turn& turn, const AskMark& asked);
void receive_mailbox_item(Turn& turn, const wire::MailboxItem& item);
void receive_mailbox_page(Turn& turn, const wire::MailboxPage& page);
void receive_acknowledged(Turn& turn, const AskAcknowledge& asked);

}  // namespace sotto::client
