#include "client/store/history_store.h"

namespace sotto::client {
namespace {

Bytes given_place(ConversationId conversation, const GivenKey& given) {
  Bytes place;
  append(place, conversation.bytes);
  append(place, given.key.sender.bytes);
  append(place, given.key.sender_device.bytes);
  append(place, given.key.message.bytes);
  append(place, given.giver.account.bytes);
  append(place, given.giver.device.bytes);
  return place;
}

}  // namespace

wire::MessageKey copy_of(const wire::MessageKey& key) {
  return {.message = key.message,
          .sender = key.sender,
          .sender_device = key.sender_device,
          .seq = key.seq,
          .key = key.key.copy(),
          .body = key.body};
}

void HistoryStore::owe(const HistoryDebt& debt) {
  Query(context_.database,
        "INSERT OR REPLACE INTO history_debts (conversation, account, before_seq, most_keys) VALUES (?, ?, ?, ?)",
        debt.conversation, debt.account, debt.before_seq, debt.most_keys)
      .run();
}

std::vector<HistoryDebt> HistoryStore::debts(std::size_t limit) {
  Query query(context_.database, "SELECT conversation, account, before_seq, most_keys FROM history_debts LIMIT ?",
              limit);
  std::vector<HistoryDebt> found;
  while (query.step()) {
    found.push_back({.conversation = query.fixed<ConversationId>(0),
                     .account = query.fixed<AccountId>(1),
                     .before_seq = query.number(2),
                     .most_keys = query.number(3)});
  }
  return found;
}

void HistoryStore::settle(const HistoryDebt& debt) {
  Query(context_.database, "DELETE FROM history_debts WHERE conversation = ? AND account = ?", debt.conversation,
        debt.account)
      .run();
}

std::vector<wire::MessageKey> HistoryStore::keys_before(const HistoryDebt& debt) {
  Query query(context_.database,
              "SELECT position, message_key, seq FROM timeline WHERE conversation = ? AND seq < ? AND expires_at = 0 "
              "AND message_key IS NOT NULL ORDER BY seq DESC LIMIT ?",
              debt.conversation, debt.before_seq, debt.most_keys);
  std::vector<wire::MessageKey> keys;
  while (query.step()) {
    keys.push_back(
        context_.open_as<wire::MessageKey>(SealedColumn::message_key, row_number(query.number(0)), query.view(1)));
    keys.back().seq = query.number(2);
  }
  return keys;
}

void HistoryStore::keep(ConversationId conversation, const GivenKey& given) {
  Query(context_.database,
        "INSERT OR REPLACE INTO history_keys (conversation, sender, sender_device, message, giver, giver_device, "
        "message_key) VALUES (?, ?, ?, ?, ?, ?, ?)",
        conversation, given.key.sender, given.key.sender_device, given.key.message, given.giver.account,
        given.giver.device, context_.seal(SealedColumn::history_key, given_place(conversation, given), given.key))
      .run();
}

std::uint64_t HistoryStore::kept_of(AccountId giver) {
  Query query(context_.database, "SELECT COUNT(*) FROM history_keys WHERE giver = ?", giver);
  return query.step() ? query.number(0) : 0;
}

std::uint64_t HistoryStore::kept_unplaced() {
  Query query(context_.database,
              "SELECT COUNT(*) FROM history_keys WHERE conversation NOT IN (SELECT conversation FROM conversations)");
  return query.step() ? query.number(0) : 0;
}

std::vector<ConversationId> HistoryStore::conversations() {
  Query query(context_.database, "SELECT DISTINCT conversation FROM history_keys");
  std::vector<ConversationId> found;
  while (query.step()) found.push_back(query.fixed<ConversationId>(0));
  return found;
}

std::vector<GivenKey> HistoryStore::of(ConversationId conversation, std::size_t limit) {
  Query query(context_.database,
              "SELECT sender, sender_device, message, giver, giver_device, message_key FROM history_keys WHERE "
              "conversation = ? LIMIT ?",
              conversation, limit);
  std::vector<GivenKey> found;
  while (query.step()) {
    GivenKey given;
    given.key.sender = query.fixed<AccountId>(0);
    given.key.sender_device = query.fixed<DeviceId>(1);
    given.key.message = query.fixed<MessageId>(2);
    given.giver = {query.fixed<AccountId>(3), query.fixed<DeviceId>(4)};
    given.key =
        context_.open_as<wire::MessageKey>(SealedColumn::history_key, given_place(conversation, given), query.view(5));
    found.push_back(std::move(given));
  }
  return found;
}

void HistoryStore::forget(ConversationId conversation, const GivenKey& given) {
  Query(context_.database,
        "DELETE FROM history_keys WHERE conversation = ? AND sender = ? AND sender_device = ? AND message = ? AND "
        "giver = ? AND giver_device = ?",
        conversation, given.key.sender, given.key.sender_device, given.key.message, given.giver.account,
        given.giver.device)
      .run();
}

void HistoryStore::forget_all(ConversationId conversation) {
  Query(context_.database, "DELETE FROM history_keys WHERE conversation = ?", conversation).run();
}

}  // namespace sotto::client
