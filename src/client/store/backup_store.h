#pragma once

#include <optional>
#include <vector>

#include "client/store/store_context.h"
#include "session/device.h"
#include "wire/backup_content.h"

namespace sotto::client {

/// The account's backup as this home knows it.
struct BackupRow {
  /// Zero until the server said which one there is.
  BackupId backup;
  wire::BackupLock lock = wire::BackupLock::recovery_key;
  /// Packs that this home has read or added.
  std::uint32_t packs = 0;
  /// Octets of the packs that this home added or read.
  std::uint64_t size = 0;
  /// When this home last added a pack.
  UnixMillis packed_at;
  /// The packs are to be read before the logs are.
  bool is_reading = false;
};

/// Where a message is, and who sent it from where.
struct KeyPlace {
  ConversationId conversation;
  session::DeviceAddress sender;
  MessageId message;
};

/// One key that waits for its pack.
struct UnpackedKey {
  std::uint64_t position = 0;
  ConversationId conversation;
  wire::MessageKey key;
};

/// A key that came out of a backup.
struct KnownKey {
  wire::MessageKey key;
  /// It is in a pack on the server already; not so one that came out of a file.
  bool is_packed = false;
};

/// Where keys came from.
enum class KeyOrigin : std::uint8_t { server, file };

/// The tables `backup` (no row: there is no backup), `backup_queue` (rows of the timeline whose key is in no pack yet;
/// a trigger fills it), `known_keys` (keys that came out of a backup, for messages that are still to be read) and
/// `backup_key_recipients` (own devices that are still to be given the backup's key). All calls inside a transition.
class BackupStore {
 public:
  explicit BackupStore(const StoreContext& context) : context_(context) {}

  [[nodiscard]] std::optional<BackupRow> load();
  /// The key that seals the packs, if there is a backup.
  [[nodiscard]] std::optional<Secret<32>> key();
  /// Replaces what was known of a backup.
  void begin(const BackupRow& row, const Secret<32>& key);
  void save(const BackupRow& row);
  void forget();

  /// Own devices that are still to be given the key.
  [[nodiscard]] std::vector<DeviceId> key_recipients();
  void add_key_recipient(DeviceId device);
  void remove_key_recipient(DeviceId device);

  /// Every key of the timeline and every group's profile waits for its pack again.
  void enqueue_all();
  /// Keys of messages that the server has and that never disappear, oldest first.
  [[nodiscard]] std::vector<UnpackedKey> unpacked(std::size_t limit);
  [[nodiscard]] std::uint64_t unpacked_count();
  struct Forward {
    std::uint64_t after = 0;
    std::size_t limit = 0;
  };
  /// Every such key, packed or not, ascending by position.
  [[nodiscard]] std::vector<UnpackedKey> all_keys(const Forward& forward);
  void packed(std::uint64_t position);
  /// The key of this message is in a pack of another device.
  void packed_elsewhere(const KeyPlace& place);

  void add_known(const KeyPlace& place, const wire::MessageKey& key, KeyOrigin origin);
  [[nodiscard]] std::optional<KnownKey> known(const KeyPlace& place);
  void forget_known(const KeyPlace& place);

 private:
  [[nodiscard]] std::vector<UnpackedKey> read_keys(Query query);

  StoreContext context_;
};

}  // namespace sotto::client
