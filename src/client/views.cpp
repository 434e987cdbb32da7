#include "client/views.h"

#include <algorithm>

#include "client/wording.h"
#include "session/safety_number.h"

namespace sotto::client {

TimelineMessage shown(Turn& turn, const TimelineRow& row) {
  TimelineMessage message{.conversation = row.conversation,
                          .seq = row.seq.value_or(0),
                          .message = row.message,
                          .sender = row.sender.account,
                          .sender_name = turn.contacts.name_of(row.sender.account),
                          .own = row.own,
                          .state = row.state,
                          .cause = row.cause,
                          .text = row.text,
                          .sent_at = row.sent_at,
                          .reason = {}};
  if (row.cause != UndecryptableCause::none) message.reason = words_for(row.cause);
  if (row.failure != ClientErrorCode::none) message.reason = error_of(row.failure).text;
  return message;
}

ConversationSummary summary(Turn& turn, const ConversationRow& row) {
  ConversationSummary result{.conversation = row.conversation,
                             .peer = row.peer,
                             .peer_name = {},
                             .verification = Verification::unverified,
                             .head = row.cursor,
                             .unread = turn.timeline.unread({row.conversation, row.read}),
                             .pending = turn.outbox.count(row.conversation),
                             .last_activity = row.last_activity,
                             .last_message = std::nullopt};
  if (const auto contact = turn.contacts.find(row.peer)) {
    result.peer_name = contact->name;
    result.verification = contact->record.verification;
  }
  if (const auto last = turn.timeline.last(row.conversation)) result.last_message = shown(turn, *last);
  return result;
}

SafetyNumber safety_number(Turn& turn, const Contact& contact) {
  const Home self = turn.home.load();
  const Ed25519PublicKey key =
      contact.record.changed ? contact.record.changed->account_key : contact.record.account_key;
  const session::AccountPair pair{.own = {self.account, self.account_key}, .peer = {contact.account, key}};
  return {.account = contact.account,
          .digits = session::safety_number(pair),
          .qr = session::safety_code(pair),
          .verification = contact.record.verification};
}

bool tell_changes(Turn& turn) {
  constexpr std::size_t told_at_a_time = 200;
  std::uint64_t& told = turn.memory.told_change;
  // An older copy of the home may have been put back under a running process.
  told = std::min(told, turn.timeline.last_change());
  const std::vector<TimelineRow> rows = turn.timeline.changes({.change = told, .limit = told_at_a_time});
  for (const TimelineRow& row : rows) {
    told = row.changed;
    if (row.state == MessageState::undecryptable && row.seq) {
      turn.tell(Undecryptable{.conversation = row.conversation,
                              .seq = *row.seq,
                              .cause = row.cause,
                              .text = std::string(words_for(row.cause))});
    }
    if (row.own) {
      turn.tell(MessageStateChanged{.message = shown(turn, row), .failure = row.failure});
    } else {
      turn.tell(MessageReceived{shown(turn, row)});
    }
  }
  return rows.size() == told_at_a_time;
}

}  // namespace sotto::client
