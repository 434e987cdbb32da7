#include "client/schema.h"

#include <array>
#include <span>

#include "client/query.h"

namespace sotto::client {
namespace {

// Every value marked "sealed" went through the vault; the rest names accounts, places and times, no content.
constexpr std::array<std::string_view, 18> first_migration = {
    R"(CREATE TABLE home (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      key_check BLOB NOT NULL,
      state INTEGER NOT NULL DEFAULT 0,
      name TEXT NOT NULL DEFAULT '',
      account BLOB,
      device BLOB,
      account_key BLOB,
      account_identity BLOB,
      local_device BLOB,
      prekeys BLOB,
      registration BLOB,
      login BLOB,
      tokens BLOB,
      clock_skew INTEGER NOT NULL DEFAULT 0,
      refresh_lease_until INTEGER NOT NULL DEFAULT 0,
      next_rotation INTEGER NOT NULL DEFAULT 0,
      stock_checked_at INTEGER NOT NULL DEFAULT 0,
      mailbox_cursor INTEGER NOT NULL DEFAULT 0,
      mailbox_acknowledged INTEGER NOT NULL DEFAULT 0,
      last_change INTEGER NOT NULL DEFAULT 0
    ) STRICT)",
    R"(CREATE TABLE contacts (
      account BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      record BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX contacts_by_name ON contacts (name)",
    R"(CREATE TABLE conversations (
      conversation BLOB PRIMARY KEY,
      peer BLOB NOT NULL,
      epoch INTEGER NOT NULL,
      offered_epoch INTEGER NOT NULL,
      cursor INTEGER NOT NULL DEFAULT 0,
      known_head INTEGER NOT NULL DEFAULT 0,
      delivered INTEGER NOT NULL DEFAULT 0,
      read INTEGER NOT NULL DEFAULT 0,
      delivered_told INTEGER NOT NULL DEFAULT 0,
      read_told INTEGER NOT NULL DEFAULT 0,
      peer_delivered INTEGER NOT NULL DEFAULT 0,
      peer_read INTEGER NOT NULL DEFAULT 0,
      own_counter INTEGER NOT NULL DEFAULT 0,
      last_activity INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX conversations_by_activity ON conversations (last_activity)",
    "CREATE INDEX conversations_by_peer ON conversations (peer)",
    R"(CREATE TABLE sender_counters (
      conversation BLOB NOT NULL,
      account BLOB NOT NULL,
      device BLOB NOT NULL,
      counter INTEGER NOT NULL,
      unopened INTEGER NOT NULL,
      PRIMARY KEY (conversation, account, device)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE timeline (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      conversation BLOB NOT NULL,
      seq INTEGER,
      message BLOB NOT NULL,
      sender BLOB NOT NULL,
      sender_device BLOB NOT NULL,
      own INTEGER NOT NULL,
      state INTEGER NOT NULL,
      cause INTEGER NOT NULL,
      failure INTEGER NOT NULL DEFAULT 0,
      body BLOB,
      sent_at INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      announced INTEGER NOT NULL,
      handed_out_until INTEGER NOT NULL DEFAULT 0
    ) STRICT)",
    "CREATE INDEX timeline_by_seq ON timeline (conversation, seq)",
    // A repeat that was refused is a line of its own (state 6, undecryptable).
    R"(CREATE UNIQUE INDEX timeline_by_message ON timeline (conversation, message, sender_device, sender)
      WHERE state <> 6)",
    "CREATE INDEX timeline_by_change ON timeline (changed)",
    "CREATE INDEX timeline_unannounced ON timeline (position) WHERE announced = 0",
    "CREATE INDEX timeline_unread ON timeline (conversation, seq) WHERE own = 0",
    "CREATE INDEX timeline_unmarked ON timeline (conversation, seq) WHERE own = 1 AND state < 3",
    R"(CREATE TABLE outbox (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      conversation BLOB NOT NULL,
      message BLOB NOT NULL,
      epoch INTEGER NOT NULL DEFAULT 0,
      body BLOB
    ) STRICT)",
    "CREATE INDEX outbox_by_conversation ON outbox (conversation, position)",
    R"(CREATE TABLE sessions (
      account BLOB NOT NULL,
      device BLOB NOT NULL,
      state BLOB,
      renew INTEGER NOT NULL DEFAULT 0,
      repair INTEGER NOT NULL DEFAULT 0,
      repaired_at INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (account, device)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE uploads (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      kind INTEGER NOT NULL,
      request BLOB NOT NULL
    ) STRICT)",
};

// Conversations of every kind, the whole content of a line with its key, and what the account keeps for itself. The
// views name the columns in the order in which the stores read them.
constexpr std::array<std::string_view, 27> second_migration = {
    "ALTER TABLE conversations RENAME COLUMN peer_delivered TO others_delivered",
    "ALTER TABLE conversations RENAME COLUMN peer_read TO others_read",
    "ALTER TABLE conversations ADD COLUMN kind INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversations ADD COLUMN log_start INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversations ADD COLUMN timer_ms INTEGER NOT NULL DEFAULT 0",
    R"(CREATE VIEW conversation_rows AS SELECT conversation, kind, peer, epoch, offered_epoch, log_start, cursor,
      known_head, delivered, read, delivered_told, read_told, others_delivered, others_read, own_counter, timer_ms,
      last_activity FROM conversations)",
    R"(CREATE TABLE member_marks (
      conversation BLOB NOT NULL,
      account BLOB NOT NULL,
      delivered INTEGER NOT NULL,
      read INTEGER NOT NULL,
      PRIMARY KEY (conversation, account)
    ) STRICT, WITHOUT ROWID)",
    R"(INSERT INTO member_marks (conversation, account, delivered, read)
      SELECT conversation, peer, others_delivered, others_read FROM conversations)",
    "ALTER TABLE timeline ADD COLUMN place INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE timeline ADD COLUMN target BLOB",
    "ALTER TABLE timeline ADD COLUMN thread BLOB",
    "CREATE INDEX timeline_by_thread ON timeline (thread) WHERE thread IS NOT NULL",
    "ALTER TABLE timeline ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE timeline ADD COLUMN starred INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE timeline ADD COLUMN first_change INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE timeline ADD COLUMN message_key BLOB",
    // Whom an own message was sealed for: 32 octets, account and device, for each.
    "ALTER TABLE timeline ADD COLUMN recipients BLOB",
    R"(CREATE VIEW timeline_rows AS SELECT position, conversation, seq, message, sender, sender_device, own, state,
      cause, failure, body, sent_at, changed, place, target, expires_at, starred, first_change,
      announced, handed_out_until, thread FROM timeline)",
    // Entries that may yet become readable, as the server holds them, and when their keys are next asked for.
    R"(CREATE TABLE waiting_entries (
      position INTEGER PRIMARY KEY,
      body BLOB NOT NULL,
      ask_at INTEGER NOT NULL,
      asked INTEGER NOT NULL DEFAULT 0
    ) STRICT)",
    "CREATE INDEX waiting_entries_by_time ON waiting_entries (ask_at)",
    "CREATE INDEX timeline_by_target ON timeline (target) WHERE target IS NOT NULL",
    "CREATE INDEX timeline_by_expiry ON timeline (expires_at) WHERE expires_at > 0",
    "CREATE INDEX timeline_starred ON timeline (position) WHERE starred = 1",
    "CREATE INDEX timeline_events ON timeline (conversation, seq) WHERE place <> 0",
    "ALTER TABLE outbox ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0",
    R"(CREATE TABLE conversation_settings (
      conversation BLOB PRIMARY KEY,
      muted_until INTEGER NOT NULL DEFAULT 0,
      pinned INTEGER NOT NULL DEFAULT 0,
      archived INTEGER NOT NULL DEFAULT 0,
      marked_unread INTEGER NOT NULL DEFAULT 0,
      draft BLOB
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE application_settings (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",
};

// The backup of keys. A row of the timeline that gets a key waits for its pack, whether there is a backup or not.
constexpr std::array<std::string_view, 4> third_migration = {
    R"(CREATE TABLE backup (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      backup BLOB NOT NULL,
      backup_key BLOB NOT NULL,
      lock INTEGER NOT NULL DEFAULT 0,
      packs INTEGER NOT NULL DEFAULT 0,
      size INTEGER NOT NULL DEFAULT 0,
      packed_at INTEGER NOT NULL DEFAULT 0,
      is_reading INTEGER NOT NULL DEFAULT 0
    ) STRICT)",
    "CREATE TABLE backup_queue (position INTEGER PRIMARY KEY) STRICT",
    R"(CREATE TRIGGER timeline_key AFTER UPDATE OF message_key ON timeline WHEN NEW.message_key IS NOT NULL
      BEGIN INSERT OR IGNORE INTO backup_queue (position) VALUES (NEW.position); END)",
    R"(CREATE TABLE known_keys (
      place BLOB PRIMARY KEY,
      message_key BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",
};

// The server's transparency log: what is known of it, whose pinned list it was proven to hold, and every list ever
// pinned.
constexpr std::array<std::string_view, 5> transparency_migration = {
    R"(CREATE TABLE log_memory (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      memory BLOB NOT NULL
    ) STRICT)",
    R"(CREATE TABLE list_proofs (
      account BLOB PRIMARY KEY,
      list BLOB NOT NULL,
      state INTEGER NOT NULL,
      not_before INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX list_proofs_wanted ON list_proofs (not_before) WHERE state = 0",
    R"(CREATE TABLE seen_lists (
      account BLOB NOT NULL,
      list BLOB NOT NULL,
      PRIMARY KEY (account, list)
    ) STRICT, WITHOUT ROWID)",
    "INSERT INTO list_proofs (account, list, state, not_before) SELECT account, zeroblob(32), 0, 0 FROM contacts",
};

// Groups: their state and the hash of each event, their profiles, and senders' chains.
constexpr std::array<std::string_view, 6> group_migration = {
    R"(CREATE TABLE groups (
      conversation BLOB PRIMARY KEY,
      state BLOB,
      wants_chain INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE group_heads (
      conversation BLOB NOT NULL,
      number INTEGER NOT NULL,
      head BLOB NOT NULL,
      PRIMARY KEY (conversation, number)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE group_profiles (
      conversation BLOB NOT NULL,
      digest BLOB NOT NULL,
      profile BLOB NOT NULL,
      UNIQUE (conversation, digest)
    ) STRICT)",
    R"(CREATE TABLE own_sender_chains (
      conversation BLOB PRIMARY KEY,
      chain BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE sender_key_holders (
      conversation BLOB NOT NULL,
      account BLOB NOT NULL,
      device BLOB NOT NULL,
      holds INTEGER NOT NULL,
      profile BLOB NOT NULL,
      PRIMARY KEY (conversation, account, device)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE received_sender_chains (
      conversation BLOB NOT NULL,
      account BLOB NOT NULL,
      device BLOB NOT NULL,
      chains BLOB NOT NULL,
      PRIMARY KEY (conversation, account, device)
    ) STRICT, WITHOUT ROWID)",
};

// Invitations that this device made; keys of what was written before an account came, still to be given (debts) and
// already received, by whom.
constexpr std::array<std::string_view, 4> history_migration = {
    R"(CREATE TABLE own_invitations (
      conversation BLOB NOT NULL,
      invitation BLOB NOT NULL,
      seed BLOB NOT NULL,
      PRIMARY KEY (conversation, invitation)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE history_debts (
      conversation BLOB NOT NULL,
      account BLOB NOT NULL,
      before_seq INTEGER NOT NULL,
      most_keys INTEGER NOT NULL,
      PRIMARY KEY (conversation, account)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE history_keys (
      conversation BLOB NOT NULL,
      sender BLOB NOT NULL,
      sender_device BLOB NOT NULL,
      message BLOB NOT NULL,
      giver BLOB NOT NULL,
      giver_device BLOB NOT NULL,
      message_key BLOB NOT NULL,
      PRIMARY KEY (conversation, sender, sender_device, message, giver, giver_device)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX history_keys_by_giver ON history_keys (giver)",
};

// What a backup holds of groups, who is to be given its key, and where the logs ended when this home was linked to an
// account without a backup.
constexpr std::array<std::string_view, 5> recovery_migration = {
    "ALTER TABLE group_profiles ADD COLUMN packed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE known_keys ADD COLUMN packed INTEGER NOT NULL DEFAULT 1",
    "CREATE TABLE backup_key_recipients (device BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    "ALTER TABLE home ADD COLUMN begins_at_linking INTEGER NOT NULL DEFAULT 0",
    R"(CREATE TABLE linking_ends (
      conversation BLOB PRIMARY KEY,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",
};

// What direct conversations are about, the names of the own devices, and which conversations were reported.
constexpr std::array<std::string_view, 3> naming_migration = {
    R"(CREATE TABLE direct_profiles (
      conversation BLOB PRIMARY KEY,
      profile BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE device_names (
      device BLOB PRIMARY KEY,
      name BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "ALTER TABLE conversation_settings ADD COLUMN reported_at INTEGER NOT NULL DEFAULT 0",
};

// Up to where conversations were deleted.
constexpr std::array<std::string_view, 1> deletion_migration = {
    "ALTER TABLE conversation_settings ADD COLUMN deleted_up_to INTEGER NOT NULL DEFAULT 0",
};

// Long queues and long conversations cost each message no more than short ones.
constexpr std::array<std::string_view, 5> length_migration = {
    "CREATE INDEX outbox_by_message ON outbox (conversation, message)",
    "CREATE INDEX outbox_ready ON outbox (conversation, position) WHERE not_before = 0",
    "CREATE INDEX outbox_scheduled ON outbox (not_before, position) WHERE not_before > 0",
    "DROP INDEX timeline_unread",
    // With all that is asked for, so that what is unread is counted without reading it.
    "CREATE INDEX timeline_unread ON timeline (conversation, seq, own, place) WHERE own = 0 AND place = 0",
};

// What was deleted as a whole, also with nothing in it; and the events of a group whose chain was read on, which the
// log has still to show.
constexpr std::array<std::string_view, 3> deletion_and_lead_migration = {
    "ALTER TABLE conversation_settings ADD COLUMN was_deleted INTEGER NOT NULL DEFAULT 0",
    "UPDATE conversation_settings SET was_deleted = 1 WHERE deleted_up_to > 0",
    "ALTER TABLE group_heads ADD COLUMN is_ahead INTEGER NOT NULL DEFAULT 0",
};

struct Migration {
  std::span<const std::string_view> statements;
  std::string_view number;
};

// One entry for each version ever released; none is ever changed.
constexpr std::array<Migration, 11> migrations = {{{first_migration, "PRAGMA user_version = 1"},
                                                   {second_migration, "PRAGMA user_version = 2"},
                                                   {third_migration, "PRAGMA user_version = 3"},
                                                   {transparency_migration, "PRAGMA user_version = 4"},
                                                   {group_migration, "PRAGMA user_version = 5"},
                                                   {history_migration, "PRAGMA user_version = 6"},
                                                   {recovery_migration, "PRAGMA user_version = 7"},
                                                   {naming_migration, "PRAGMA user_version = 8"},
                                                   {deletion_migration, "PRAGMA user_version = 9"},
                                                   {length_migration, "PRAGMA user_version = 10"},
                                                   {deletion_and_lead_migration, "PRAGMA user_version = 11"}}};

constexpr std::string_view key_check_text = "sotto client home v1";

std::expected<void, SchemaError> check_key(Database& database, const Vault& vault, Random& random) {
  Query stored(database, "SELECT key_check FROM home WHERE id = 1");
  if (!stored.step()) {
    Query(database, "INSERT INTO home (id, key_check) VALUES (1, ?)",
          vault.seal(SealedColumn::key_check, {}, as_bytes(key_check_text), random))
        .run();
    return {};
  }
  const auto opened = vault.open(SealedColumn::key_check, {}, stored.view(0));
  if (!opened || as_text(opened->reveal()) != key_check_text) return std::unexpected(SchemaError::wrong_key);
  return {};
}

std::uint64_t version_of(Database& database) {
  Query version(database, "PRAGMA user_version");
  return version.step() ? version.number(0) : 0;
}

}  // namespace

std::expected<void, SchemaError> prepare_schema(Database& database, const Vault& vault, Random& random) {
  const std::uint64_t present = version_of(database);
  if (present > migrations.size()) return std::unexpected(SchemaError::newer_version);
  for (auto index = static_cast<std::size_t>(present); index < migrations.size(); ++index) {
    for (const std::string_view statement : migrations[index].statements) Query(database, statement).run();
    Query(database, migrations[index].number).run();
  }
  return check_key(database, vault, random);
}

}  // namespace sotto::client
