#include "storage/sqlite/link_store.h"

namespace sotto::storage::sqlite {

namespace {

template <class Id>
std::optional<Id> optional_id(const Statement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.fixed<Id>(column));
}

}  // namespace

std::optional<DeviceNumber> SqliteLinkStore::linked_device_of(const service::StoredLink& link) {
  if (!link.account || !link.linked_device) return std::nullopt;
  return identities_.number_of({*link.account, *link.linked_device});
}

std::optional<service::StoredLink> SqliteLinkStore::find(LinkId link) {
  Statement row = connection_.statement(
      "SELECT l.claim, l.ends_at, i.account, d.device, l.approved, l.login FROM links AS l"
      " LEFT JOIN devices AS d ON d.number = l.linked_device LEFT JOIN account_ids AS i ON i.number = d.account"
      " WHERE l.link = ?1");
  if (!row.bind(link).step()) return std::nullopt;
  return service::StoredLink{.link = link,
                             .claim = row.fixed<Sha256Digest>(0),
                             .ends_at = row.time(1),
                             .account = optional_id<AccountId>(row, 2),
                             .linked_device = optional_id<DeviceId>(row, 3),
                             .approved = optional_id<DeviceId>(row, 4),
                             .login = optional_id<LoginId>(row, 5)};
}

void SqliteLinkStore::insert(const service::StoredLink& link) {
  const std::optional<DeviceNumber> linked_device = linked_device_of(link);
  scope_.before_write();
  connection_
      .statement(
          "INSERT INTO links (link, claim, ends_at, linked_device, approved, login) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
      .run(link.link, link.claim, link.ends_at, linked_device, link.approved, link.login);
}

void SqliteLinkStore::update(const service::StoredLink& link) {
  const std::optional<DeviceNumber> linked_device = linked_device_of(link);
  scope_.before_write();
  connection_.statement("UPDATE links SET linked_device = ?2, approved = ?3, login = ?4 WHERE link = ?1")
      .run(link.link, linked_device, link.approved, link.login);
}

std::size_t SqliteLinkStore::count() {
  Statement row = connection_.statement("SELECT count(*) FROM links");
  return row.step() ? row.unsigned_integer(0) : 0;
}

void SqliteLinkStore::add_box(LinkId link, service::LinkSide from, const Bytes& box) {
  scope_.before_write();
  // A link that is not there makes a row without a link, which the table refuses.
  connection_
      .statement(
          "INSERT INTO link_boxes (link, side, position, box) VALUES ((SELECT number FROM links WHERE link = ?1), ?2,"
          " (SELECT count(*) + 1 FROM link_boxes AS b JOIN links AS l ON l.number = b.link"
          " WHERE l.link = ?1 AND b.side = ?2), ?3)")
      .run(link, from, ByteView(box));
}

std::vector<Bytes> SqliteLinkStore::boxes(LinkId link, service::LinkSide from) {
  std::vector<Bytes> boxes;
  Statement row = connection_.statement(
      "SELECT b.box FROM link_boxes AS b JOIN links AS l ON l.number = b.link"
      " WHERE l.link = ?1 AND b.side = ?2 ORDER BY b.position");
  row.bind(link, from);
  while (row.step()) boxes.push_back(row.bytes(0));
  return boxes;
}

std::size_t SqliteLinkStore::remove_ended(UnixMillis now) {
  scope_.before_write();
  const std::int64_t latest = bound(now.value);
  connection_.statement("DELETE FROM link_boxes WHERE link IN (SELECT number FROM links WHERE ends_at <= ?1)")
      .run(latest);
  if (!connection_.statement("DELETE FROM links WHERE ends_at <= ?1").run(latest)) return 0;
  return connection_.changes();
}

void SqliteLinkStore::remove_device(AccountId account, DeviceId linked_device) {
  const std::optional<DeviceNumber> device = identities_.find({account, linked_device});
  if (!device) return;
  scope_.before_write();
  connection_.statement("DELETE FROM link_boxes WHERE link IN (SELECT number FROM links WHERE linked_device = ?1)")
      .run(*device);
  connection_.statement("DELETE FROM links WHERE linked_device = ?1").run(*device);
}

}  // namespace sotto::storage::sqlite
