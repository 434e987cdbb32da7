#include "client/store/backup_store.h"

namespace sotto::client {
namespace {

Bytes place_key(const KeyPlace& place) {
  Bytes key;
  append(key, place.conversation.bytes);
  append(key, place.sender.account.bytes);
  append(key, place.sender.device.bytes);
  append(key, place.message.bytes);
  return key;
}

// What goes into a pack: the server has it, and it does not disappear.
constexpr std::string_view packable =
    "SELECT q.position, t.conversation, t.message_key, t.seq FROM backup_queue q JOIN timeline t ON t.position = "
    "q.position WHERE t.seq IS NOT NULL AND t.expires_at = 0 AND t.message_key IS NOT NULL ORDER BY q.position LIMIT ?";

}  // namespace

std::optional<BackupRow> BackupStore::load() {
  Query query(context_.database, "SELECT backup, lock, packs, size, packed_at, is_reading FROM backup");
  if (!query.step()) return std::nullopt;
  return BackupRow{.backup = query.fixed<BackupId>(0),
                   .lock = static_cast<wire::BackupLock>(query.number(1)),
                   .packs = static_cast<std::uint32_t>(query.number(2)),
                   .size = query.number(3),
                   .packed_at = query.time(4),
                   .is_reading = query.integer(5) != 0};
}

std::optional<Secret<32>> BackupStore::key() {
  Query query(context_.database, "SELECT backup_key FROM backup");
  if (!query.step()) return std::nullopt;
  const auto opened = context_.open(SealedColumn::backup_key, {}, query.view(0));
  if (!opened || opened->size() != Secret<32>::size) {
    context_.damaged = true;
    return std::nullopt;
  }
  return Secret<32>(opened->reveal().first<32>());
}

void BackupStore::begin(const BackupRow& row, const Secret<32>& key) {
  forget();
  Query(context_.database, "INSERT INTO backup (id, backup, backup_key) VALUES (1, ?, ?)", row.backup,
        context_.vault.seal(SealedColumn::backup_key, {}, key.reveal(), context_.random))
      .run();
  save(row);
}

void BackupStore::save(const BackupRow& row) {
  Query(context_.database, "UPDATE backup SET backup = ?, lock = ?, packs = ?, size = ?, packed_at = ?, is_reading = ?",
        row.backup, row.lock, row.packs, row.size, row.packed_at, row.is_reading ? 1 : 0)
      .run();
}

void BackupStore::forget() {
  Query(context_.database, "DELETE FROM backup").run();
  Query(context_.database, "DELETE FROM backup_key_recipients").run();
}

std::vector<DeviceId> BackupStore::key_recipients() {
  Query query(context_.database, "SELECT device FROM backup_key_recipients");
  std::vector<DeviceId> devices;
  while (query.step()) devices.push_back(query.fixed<DeviceId>(0));
  return devices;
}

void BackupStore::add_key_recipient(DeviceId device) {
  Query(context_.database, "INSERT OR IGNORE INTO backup_key_recipients (device) VALUES (?)", device).run();
}

void BackupStore::remove_key_recipient(DeviceId device) {
  Query(context_.database, "DELETE FROM backup_key_recipients WHERE device = ?", device).run();
}

void BackupStore::enqueue_all() {
  Query(context_.database,
        "INSERT OR IGNORE INTO backup_queue (position) SELECT position FROM timeline WHERE message_key IS NOT NULL")
      .run();
  Query(context_.database, "UPDATE group_profiles SET packed = 0").run();
}

std::vector<UnpackedKey> BackupStore::unpacked(std::size_t limit) {
  return read_keys(Query(context_.database, packable, limit));
}

std::vector<UnpackedKey> BackupStore::all_keys(const Forward& forward) {
  return read_keys(Query(context_.database,
                         "SELECT position, conversation, message_key, seq FROM timeline WHERE position > ? AND seq IS "
                         "NOT NULL AND expires_at = 0 AND message_key IS NOT NULL ORDER BY position LIMIT ?",
                         forward.after, forward.limit));
}

std::vector<UnpackedKey> BackupStore::read_keys(Query query) {
  std::vector<UnpackedKey> keys;
  while (query.step()) {
    UnpackedKey unpacked{.position = query.number(0), .conversation = query.fixed<ConversationId>(1), .key = {}};
    unpacked.key =
        context_.open_as<wire::MessageKey>(SealedColumn::message_key, row_number(unpacked.position), query.view(2));
    unpacked.key.seq = query.number(3);
    keys.push_back(std::move(unpacked));
  }
  return keys;
}

std::uint64_t BackupStore::unpacked_count() {
  Query query(context_.database,
              "SELECT COUNT(*) FROM backup_queue q JOIN timeline t ON t.position = q.position WHERE t.seq IS NOT NULL "
              "AND t.expires_at = 0 AND t.message_key IS NOT NULL");
  return query.step() ? query.number(0) : 0;
}

void BackupStore::packed(std::uint64_t position) {
  Query(context_.database, "DELETE FROM backup_queue WHERE position = ?", position).run();
}

void BackupStore::packed_elsewhere(const KeyPlace& place) {
  Query(context_.database,
        "DELETE FROM backup_queue WHERE position IN (SELECT position FROM timeline WHERE conversation = ? AND message "
        "= ? AND sender_device = ? AND sender = ?)",
        place.conversation, place.message, place.sender.device, place.sender.account)
      .run();
}

void BackupStore::add_known(const KeyPlace& place, const wire::MessageKey& key, KeyOrigin origin) {
  const Bytes row = place_key(place);
  Query(context_.database, "INSERT OR REPLACE INTO known_keys (place, message_key, packed) VALUES (?, ?, ?)", row,
        context_.seal(SealedColumn::known_key, row, key), origin == KeyOrigin::server)
      .run();
}

std::optional<KnownKey> BackupStore::known(const KeyPlace& place) {
  const Bytes row = place_key(place);
  Query query(context_.database, "SELECT message_key, packed FROM known_keys WHERE place = ?", row);
  if (!query.step()) return std::nullopt;
  return KnownKey{.key = context_.open_as<wire::MessageKey>(SealedColumn::known_key, row, query.view(0)),
                  .is_packed = query.integer(1) != 0};
}

void BackupStore::forget_known(const KeyPlace& place) {
  Query(context_.database, "DELETE FROM known_keys WHERE place = ?", place_key(place)).run();
}

}  // namespace sotto::client
