#include "storage/sqlite/mailbox_store.h"

namespace sotto::storage::sqlite {

std::optional<std::uint64_t> SqliteMailboxStore::insert(const Address& recipient, const wire::MailboxItem& item) {
  const DeviceNumber mailbox = identities_.number_of({recipient.account, recipient.device});
  const DeviceNumber sender = identities_.number_of({item.sender, item.sender_device});
  if (holds(mailbox, item)) return std::nullopt;
  scope_.before_write();
  const std::uint64_t number = next_item(mailbox);
  connection_
      .statement(
          "INSERT INTO mailbox_items (recipient, item, sender, message, sent_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
      .run(mailbox, number, sender, item.message, item.sent_at, item.body);
  return number;
}

std::size_t SqliteMailboxStore::count(const Address& recipient) {
  const std::optional<DeviceNumber> mailbox = identities_.find({recipient.account, recipient.device});
  if (!mailbox) return 0;
  Statement row = connection_.statement("SELECT count(*) FROM mailbox_items WHERE recipient = ?1");
  return row.bind(*mailbox).step() ? row.unsigned_integer(0) : 0;
}

std::vector<wire::MailboxItem> SqliteMailboxStore::read(const Address& recipient, const Range& range) {
  std::vector<wire::MailboxItem> items;
  const std::optional<DeviceNumber> mailbox = identities_.find({recipient.account, recipient.device});
  if (!mailbox) return items;
  Statement row = connection_.statement(
      "SELECT b.item, i.account, d.device, b.message, b.sent_at, b.body FROM mailbox_items AS b"
      " JOIN devices AS d ON d.number = b.sender JOIN account_ids AS i ON i.number = d.account"
      " WHERE b.recipient = ?1 AND b.item > ?2 ORDER BY b.item");
  row.bind(*mailbox, bound(range.after));
  std::size_t size = 0;
  while (items.size() < range.max_items && row.step()) {
    size += row.blob(5).size();
    if (!items.empty() && size > range.max_size) break;
    items.push_back({.item = row.unsigned_integer(0),
                     .sender = row.fixed<AccountId>(1),
                     .sender_device = row.fixed<DeviceId>(2),
                     .message = row.fixed<MessageId>(3),
                     .sent_at = row.time(4),
                     .body = row.bytes(5)});
  }
  return items;
}

void SqliteMailboxStore::remove_up_to(const Address& recipient, std::uint64_t item) {
  const std::optional<DeviceNumber> mailbox = identities_.find({recipient.account, recipient.device});
  if (!mailbox) return;
  scope_.before_write();
  connection_.statement("DELETE FROM mailbox_items WHERE recipient = ?1 AND item <= ?2").run(*mailbox, bound(item));
}

std::size_t SqliteMailboxStore::remove_expired(UnixMillis oldest, std::size_t limit) {
  scope_.before_write();
  if (!connection_
           .statement("DELETE FROM mailbox_items WHERE number IN"
                      " (SELECT number FROM mailbox_items WHERE sent_at < ?1 ORDER BY sent_at LIMIT ?2)")
           .run(bound(oldest.value), limit)) {
    return 0;
  }
  return connection_.changes();
}

void SqliteMailboxStore::remove_device(const Address& device) {
  const std::optional<DeviceNumber> mailbox = identities_.find({device.account, device.device});
  if (!mailbox) return;
  scope_.before_write();
  connection_.statement("DELETE FROM mailbox_items WHERE recipient = ?1").run(*mailbox);
}

bool SqliteMailboxStore::holds(DeviceNumber recipient, const wire::MailboxItem& item) {
  Statement row = connection_.statement(
      "SELECT 1 FROM mailbox_items AS b JOIN devices AS d ON d.number = b.sender"
      " WHERE b.message = ?1 AND b.recipient = ?2 AND d.device = ?3");
  return row.bind(item.message, recipient, item.sender_device).step();
}

std::uint64_t SqliteMailboxStore::next_item(DeviceNumber recipient) {
  Statement row = connection_.statement(
      "UPDATE devices SET last_mailbox_item = last_mailbox_item + 1 WHERE number = ?1 RETURNING last_mailbox_item");
  return row.bind(recipient).step() ? row.unsigned_integer(0) : 0;
}

}  // namespace sotto::storage::sqlite
