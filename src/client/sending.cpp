#include "client/sending.h"

#include <algorithm>

#include "client/applying.h"
#include "client/directory.h"
#include "client/groups/audience.h"
#include "client/groups/group_sealing.h"
#include "client/receiving.h"
#include "client/sealing.h"
#include "client/settings.h"
#include "client/wording.h"

namespace sotto::client {
namespace {

constexpr std::size_t queues_at_a_time = 32;
/// Before something that a server refused wrongly, or that a peer has to mend, is tried again.
constexpr Milliseconds distrust_pause = seconds(30);
/// Refusals of one message in a row because devices changed, after which it waits.
constexpr unsigned most_stale_epochs = 5;

MessageAddress address_of(Turn& turn, const OutboxRow& head) {
  const Home self = turn.home.load();
  return {head.conversation, {self.account, self.device}, head.message};
}

void hold_back(Turn& turn, const OutboxRow& head, ClientErrorCode why) {
  turn.timeline.set_failure(address_of(turn, head), why);
  turn.memory.link.pause(key_of(AskSend{head.conversation, head.message}), turn.now + distrust_pause);
}

void fail_for_good(Turn& turn, const OutboxRow& head, ClientErrorCode why) {
  const auto message = turn.timeline.find(address_of(turn, head));
  if (message) {
    turn.timeline.advance(
        message->position,
        {.state = MessageState::failed, .failure = why, .seq = std::nullopt, .sent_at = message->sent_at});
  }
  turn.outbox.remove(head.position);
}

/// The lists of both sides must be known as of the epoch that the server named, for messages go to the own devices too:
/// an older own list may name one that is gone. True when they are.
bool lists_are_known(Turn& turn, const ConversationRow& row) {
  if (row.epoch != 0 && turn.contacts.find(row.peer)) return true;
  // The server has not opened it yet.
  if (row.offered_epoch == 0) return false;
  const AccountId self = turn.home.load().account;
  const auto own = turn.memory.own_list_epochs.find(row.conversation);
  if (row.peer != self && (own == turn.memory.own_list_epochs.end() || own->second < row.offered_epoch)) {
    turn.ask(AskGetAccount{.account = self, .conversation = row.conversation, .epoch = row.offered_epoch},
             wire::GetAccount{.account = self});
    return false;
  }
  turn.ask(AskGetAccount{.account = row.peer, .conversation = row.conversation, .epoch = row.offered_epoch},
           wire::GetAccount{.account = row.peer});
  return false;
}

/// Seals the head of a queue if it is not sealed for the present epoch. True if it can be sent.
bool seal_head(Turn& turn, const ConversationRow& row, OutboxRow& head) {
  if (head.body && head.epoch == row.epoch) return true;
  const auto message = turn.timeline.find(address_of(turn, head));
  if (!message) {
    turn.outbox.remove(head.position);
    return false;
  }
  const SealOutcome outcome = seal_message(turn, row, *message);
  if (const auto* body = std::get_if<Bytes>(&outcome)) {
    head.body = *body;
    head.epoch = row.epoch;
    turn.outbox.save_body(head);
    return true;
  }
  if (std::holds_alternative<SealLater>(outcome)) return false;
  const SealRefused& refused = std::get<SealRefused>(outcome);
  if (refused.for_good) {
    fail_for_good(turn, head, refused.why);
  } else {
    hold_back(turn, head, refused.why);
  }
  return false;
}

/// Whether the peer's lists and identity allow sealing now; asks for what is missing.
bool peer_is_ready(Turn& turn, const ConversationRow& row, const OutboxRow& head) {
  if (!lists_are_known(turn, row)) return false;
  const std::optional<Contact> peer = turn.contacts.find(row.peer);
  if (!peer) return false;
  if (peer->record.verification != Verification::changed) return true;
  turn.timeline.set_failure(address_of(turn, head), ClientErrorCode::identity_changed);
  // Should the directory show the verified identity again, nothing is left to decide.
  turn.ask(AskGetAccount{.account = row.peer, .conversation = std::nullopt}, wire::GetAccount{.account = row.peer});
  return false;
}

/// Whether what sealing needs is there, as the kind of the conversation wants it.
bool recipients_are_ready(Turn& turn, const ConversationRow& row, const OutboxRow& head) {
  switch (row.kind) {
    case ConversationKind::direct:
    case ConversationKind::self:
      return peer_is_ready(turn, row, head);
    case ConversationKind::group:
    case ConversationKind::channel:
      break;
  }
  if (group_is_ready(turn, row)) return true;
  if (are_members_disputed(turn, row.conversation)) hold_back(turn, head, ClientErrorCode::server_distrusted);
  return false;
}

void pump_queue(Turn& turn, OutboxRow head) {
  const AskSend question{head.conversation, head.message};
  if (!turn.memory.link.may_ask(key_of(question), turn.now)) return;
  const std::optional<ConversationRow> row = turn.conversations.find(head.conversation);
  if (!row || !row->caught_up() || !recipients_are_ready(turn, *row, head)) return;
  if (!seal_head(turn, *row, head)) return;
  const auto message = turn.timeline.find(address_of(turn, head));
  turn.ask(question, wire::Send{.conversation = head.conversation,
                                .epoch = head.epoch,
                                .message = head.message,
                                .body = *head.body,
                                .expires_at = message ? expiry_of(message->content, server_now(turn)) : UnixMillis{}});
}

/// The server showed the lists that count now. True if all of them may be believed.
bool take_lists(Turn& turn, const wire::StaleEpoch& stale) {
  bool all_pinned = !stale.members.empty();
  for (const wire::AccountRecord& member : stale.members) {
    if (take_record(turn, member) != Trust::pinned) all_pinned = false;
  }
  return all_pinned;
}

void receive_stale_epoch(Turn& turn, const AskSend& asked, const wire::StaleEpoch& stale, const OutboxRow& head) {
  std::optional<ConversationRow> row = turn.conversations.find(asked.conversation);
  if (!row) return;
  if (!row->has_peer()) {
    receive_stale_group(turn, *row, stale.epoch);
    if (++turn.memory.stale_epochs[asked.conversation] > most_stale_epochs) {
      hold_back(turn, head, ClientErrorCode::server_distrusted);
    }
    return;
  }
  const auto concerns_both = [&](AccountId account) {
    return std::ranges::find(stale.members, account, &wire::AccountRecord::account) != stale.members.end();
  };
  const bool complete = concerns_both(row->peer) && concerns_both(turn.home.load().account);
  if (!complete || !take_lists(turn, stale) || ++turn.memory.stale_epochs[asked.conversation] > most_stale_epochs) {
    hold_back(turn, head, ClientErrorCode::server_distrusted);
    return;
  }
  row->epoch = stale.epoch;
  row->offered_epoch = std::max(row->offered_epoch, stale.epoch);
  turn.conversations.save(*row);
}

/// What is said of a message goes when the message goes.
void limit_to_target(Turn& turn, TimelineRow& line) {
  if (!line.target || line.target_conversation) return;
  const auto target =
      turn.timeline.find({line.conversation, {line.target->sender, line.target->sender_device}, line.target->message});
  if (!target) return;
  if (!target->seq) {
    line.content.expires_after_ms = target->content.expires_after_ms;
  } else if (target->expires_at.value != 0) {
    const UnixMillis now = server_now(turn);
    line.content.expires_after_ms = target->expires_at > now ? target->expires_at.value - now.value : 1;
  }
}

}  // namespace

MessageId queue_content(Turn& turn, NewContent content) {
  const Home self = turn.home.load();
  MessageId message = turn.random.next<MessageId>();
  for (std::size_t octet = 0; octet < 6; ++octet) {
    message.bytes[octet] = static_cast<std::uint8_t>(turn.now.value >> (40 - 8 * octet));
  }
  std::optional<ConversationRow> row = turn.conversations.find(content.conversation);
  if (!row) return message;
  TimelineRow line;
  line.conversation = content.conversation;
  line.message = message;
  line.sender = {self.account, self.device};
  line.own = true;
  line.content = std::move(content.content);
  line.content.version = wire::content_version;
  line.content.sent_at = turn.now;
  line.sent_at = std::max(turn.now, content.not_before);
  place_row(*row, line);
  limit_to_target(turn, line);
  line.position = turn.timeline.insert(line);
  turn.outbox.add({content.conversation, message, content.not_before});
  if (line.is_shown()) row->last_activity = std::max(row->last_activity, turn.now);
  apply_row(turn, *row, line);
  turn.conversations.save(*row);
  return message;
}

void pump_outbox(Turn& turn) {
  turn.outbox.release_due(turn.now);
  if (!turn.memory.link.is_live()) return;
  pump_own_conversation(turn);
  for (OutboxRow& head : turn.outbox.heads(queues_at_a_time)) pump_queue(turn, std::move(head));
}

void receive_sent(Turn& turn, const AskSend& asked, const wire::Sent& sent) {
  std::optional<ConversationRow> row = turn.conversations.find(asked.conversation);
  const Home self = turn.home.load();
  const auto message = turn.timeline.find({asked.conversation, {self.account, self.device}, asked.message});
  if (!row || !message) return;
  if (!message->seq && sent.seq <= row->cursor) {
    // A place in the log that somebody else's entry has already.
    turn.notice({.kind = SecurityNoticeKind::log_truncated, .account = row->peer, .conversation = row->conversation});
    turn.memory.link.pause(key_of(asked), turn.now + distrust_pause);
    return;
  }
  turn.memory.stale_epochs.erase(asked.conversation);
  accept_own(turn, *row, *message, {.seq = sent.seq, .sent_at = sent.sent_at});
  if (sent.seq == row->cursor + 1) row->cursor = sent.seq;
  row->known_head = std::max(row->known_head, sent.seq);
  turn.conversations.save(*row);
}

bool is_passing(const wire::Error& error) {
  using enum wire::ErrorCode;
  return error.code == rate_limited || error.code == unavailable || error.code == internal ||
         error.code == unauthenticated || error.code == token_expired || error.code == token_revoked ||
         error.code == device_not_listed;
}

Milliseconds wanted_pause(const wire::Error& error) {
  constexpr std::uint64_t longest_ms = 600'000;
  const std::uint64_t wanted = error.retry_after_ms == 0 ? 2'000 : std::min(error.retry_after_ms, longest_ms);
  return {static_cast<std::int64_t>(wanted)};
}

void pause_after(Turn& turn, const Question& question, const wire::Error& error) {
  turn.memory.link.pause(key_of(question), turn.now + wanted_pause(error));
}

void receive_send_refused(Turn& turn, const AskSend& asked, const wire::Error& error) {
  const auto head = turn.outbox.find({asked.conversation, asked.message});
  if (!head) return;
  if (error.code == wire::ErrorCode::stale_epoch && error.stale_epoch) {
    receive_stale_epoch(turn, asked, *error.stale_epoch, *head);
  } else if (is_passing(error)) {
    turn.timeline.set_failure(address_of(turn, *head), error_of(error).code);
    pause_after(turn, asked, error);
  } else {
    const ClientErrorCode code = error_of(error).code;
    fail_for_good(turn, *head, code == ClientErrorCode::too_large ? code : ClientErrorCode::server_refused);
  }
}

}  // namespace sotto::client
