#include "storage/sqlite/prekey_store.h"

namespace sotto::storage::sqlite {

namespace {

std::uint32_t prekey_id(const Statement& row, int column) { return static_cast<std::uint32_t>(row.integer(column)); }

std::optional<wire::KemPrekey> take_kem_row(Statement& row) {
  if (!row.step()) return std::nullopt;
  return wire::KemPrekey{
      .id = prekey_id(row, 0), .key = row.fixed<MlKem768PublicKey>(1), .signature = row.fixed<Ed25519Signature>(2)};
}

}  // namespace

void SqlitePrekeyStore::replace_signed(AccountId account, DeviceId device, const wire::SignedPrekey& prekey) {
  const DeviceNumber number = identities_.number_of({account, device});
  scope_.before_write();
  connection_.statement("INSERT OR REPLACE INTO signed_prekeys (device, id, key, signature) VALUES (?1, ?2, ?3, ?4)")
      .run(number, prekey.id, prekey.key, prekey.signature);
}

void SqlitePrekeyStore::replace_last_resort(AccountId account, DeviceId device, const wire::KemPrekey& prekey) {
  const DeviceNumber number = identities_.number_of({account, device});
  scope_.before_write();
  connection_
      .statement("INSERT OR REPLACE INTO last_resort_prekeys (device, id, key, signature) VALUES (?1, ?2, ?3, ?4)")
      .run(number, prekey.id, prekey.key, prekey.signature);
}

void SqlitePrekeyStore::add_one_time(AccountId account, DeviceId device, std::span<const wire::OneTimePrekey> prekeys) {
  const DeviceNumber number = identities_.number_of({account, device});
  scope_.before_write();
  Statement raise = connection_.statement(
      "UPDATE devices SET highest_one_time_prekey = ?2 WHERE number = ?1 AND highest_one_time_prekey < ?2");
  Statement insert = connection_.statement("INSERT INTO one_time_prekeys (device, id, key) VALUES (?1, ?2, ?3)");
  for (const wire::OneTimePrekey& prekey : prekeys) {
    if (!raise.run(number, prekey.id)) return;
    if (connection_.changes() > 0) insert.run(number, prekey.id, prekey.key);
  }
}

void SqlitePrekeyStore::add_kem(AccountId account, DeviceId device, std::span<const wire::KemPrekey> prekeys) {
  const DeviceNumber number = identities_.number_of({account, device});
  scope_.before_write();
  Statement raise =
      connection_.statement("UPDATE devices SET highest_kem_prekey = ?2 WHERE number = ?1 AND highest_kem_prekey < ?2");
  Statement insert =
      connection_.statement("INSERT INTO kem_prekeys (device, id, key, signature) VALUES (?1, ?2, ?3, ?4)");
  for (const wire::KemPrekey& prekey : prekeys) {
    if (!raise.run(number, prekey.id)) return;
    if (connection_.changes() > 0) insert.run(number, prekey.id, prekey.key, prekey.signature);
  }
}

wire::PrekeyStock SqlitePrekeyStore::stock(AccountId account, DeviceId device) {
  const std::optional<DeviceNumber> number = identities_.find({account, device});
  if (!number) return {};
  Statement row = connection_.statement(
      "SELECT (SELECT count(*) FROM one_time_prekeys WHERE device = ?1),"
      " (SELECT count(*) FROM kem_prekeys WHERE device = ?1)");
  if (!row.bind(*number).step()) return {};
  return {.one_time_prekeys = static_cast<std::uint32_t>(row.integer(0)),
          .kem_prekeys = static_cast<std::uint32_t>(row.integer(1))};
}

std::optional<wire::PrekeyBundle> SqlitePrekeyStore::claim(AccountId account, DeviceId device) {
  const std::optional<DeviceNumber> number = identities_.find({account, device});
  if (!number) return std::nullopt;
  const std::optional<wire::SignedPrekey> signed_prekey = find_signed(*number);
  if (!signed_prekey) return std::nullopt;
  std::optional<wire::KemPrekey> kem_prekey = take_kem(*number);
  const bool last_resort = !kem_prekey.has_value();
  if (last_resort) kem_prekey = find_last_resort(*number);
  if (!kem_prekey) return std::nullopt;
  return wire::PrekeyBundle{.device = device,
                            .signed_prekey = *signed_prekey,
                            .kem_prekey = *kem_prekey,
                            .kem_prekey_is_last_resort = last_resort,
                            .one_time_prekey = take_one_time(*number)};
}

void SqlitePrekeyStore::remove_device(AccountId account, DeviceId device) {
  const std::optional<DeviceNumber> number = identities_.find({account, device});
  if (!number) return;
  scope_.before_write();
  connection_.statement("DELETE FROM signed_prekeys WHERE device = ?1").run(*number);
  connection_.statement("DELETE FROM last_resort_prekeys WHERE device = ?1").run(*number);
  connection_.statement("DELETE FROM one_time_prekeys WHERE device = ?1").run(*number);
  connection_.statement("DELETE FROM kem_prekeys WHERE device = ?1").run(*number);
}

std::optional<wire::SignedPrekey> SqlitePrekeyStore::find_signed(DeviceNumber device) {
  Statement row = connection_.statement("SELECT id, key, signature FROM signed_prekeys WHERE device = ?1");
  if (!row.bind(device).step()) return std::nullopt;
  return wire::SignedPrekey{
      .id = prekey_id(row, 0), .key = row.fixed<X25519PublicKey>(1), .signature = row.fixed<Ed25519Signature>(2)};
}

std::optional<wire::KemPrekey> SqlitePrekeyStore::find_last_resort(DeviceNumber device) {
  Statement row = connection_.statement("SELECT id, key, signature FROM last_resort_prekeys WHERE device = ?1");
  return take_kem_row(row.bind(device));
}

std::optional<wire::KemPrekey> SqlitePrekeyStore::take_kem(DeviceNumber device) {
  scope_.before_write();
  Statement row = connection_.statement(
      "DELETE FROM kem_prekeys WHERE device = ?1 AND id = (SELECT min(id) FROM kem_prekeys WHERE device = ?1)"
      " RETURNING id, key, signature");
  return take_kem_row(row.bind(device));
}

std::optional<wire::OneTimePrekey> SqlitePrekeyStore::take_one_time(DeviceNumber device) {
  scope_.before_write();
  Statement row = connection_.statement(
      "DELETE FROM one_time_prekeys WHERE device = ?1 AND id = (SELECT min(id) FROM one_time_prekeys WHERE device = ?1)"
      " RETURNING id, key");
  if (!row.bind(device).step()) return std::nullopt;
  return wire::OneTimePrekey{.id = prekey_id(row, 0), .key = row.fixed<X25519PublicKey>(1)};
}

}  // namespace sotto::storage::sqlite
