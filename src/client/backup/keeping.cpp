#include "client/backup/keeping.h"

#include <algorithm>

#include "client/backup/history_for_devices.h"
#include "client/backup/key_sharing.h"
#include "client/running_command.h"
#include "client/sending.h"
#include "client/wording.h"
#include "crypto/hash.h"

namespace sotto::client {
namespace {

/// Before a backup that another device changes at the same time is looked at again.
constexpr Milliseconds conflict_pause = seconds(1);
/// Octets of profiles in one pack, which then holds nothing else.
constexpr std::size_t largest_profiles = 32 * 1024;

std::string lowered(std::string_view word) {
  std::string result;
  for (const char letter : word) {
    if (letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t') continue;
    result += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return result;
}

std::uint32_t chance(Random& random, std::uint32_t bound) {
  ByteArray<4> octets{};
  random.fill(octets);
  std::uint32_t number = 0;
  for (const std::uint8_t octet : octets) number = number << 8 | octet;
  return number % bound;
}

wire::BackupSecrets secrets_of(Turn& turn, const Secret<32>& key) {
  const Home home = turn.home.load();
  session::AccountIdentity identity = turn.home.identity();
  return {.account = home.account, .account_seed = std::move(identity.account_key.seed), .backup_key = key.copy()};
}

/// Shows the recovery key once and asks for two of its words.
void show_recovery_key(Turn& turn, NewBackup& backup, const session::RecoveryKey& key) {
  const session::RecoveryWords words = session::words_of(key);
  BackupCreated created;
  for (const std::string_view word : words) created.words.emplace_back(word);
  created.code = as_text(session::recovery_text(key).reveal());
  created.first_asked = 1 + chance(turn.random, session::recovery_word_count);
  created.second_asked = 1 + chance(turn.random, session::recovery_word_count - 1);
  if (created.second_asked >= created.first_asked) ++created.second_asked;
  backup.asked = {created.words[created.first_asked - 1], created.words[created.second_asked - 1]};
  turn.answer(backup.command, std::move(created));
}

void begin_backup(Turn& turn, std::uint64_t id, const std::string& passphrase) {
  NewBackup backup{
      .command = id, .backup = turn.random.next<BackupId>(), .key = turn.random.next_secret<32>(), .header = {}};
  const wire::BackupSecrets secrets = secrets_of(turn, backup.key);
  if (turn.context.damaged) return;
  if (passphrase.empty()) {
    const auto key = turn.random.next_secret<32>();
    backup.header = session::lock_backup(backup.backup, secrets, key, turn.random);
    show_recovery_key(turn, backup, key);
  } else {
    auto header = session::lock_backup(backup.backup, secrets, session::Passphrase{.text = passphrase}, turn.random);
    if (!header) return turn.fail(id, ClientErrorCode::storage_failed);
    backup.header = std::move(*header);
    backup.lock = wire::BackupLock::passphrase;
    backup.strength = session::strength_of(passphrase);
    backup.is_confirmed = true;
  }
  turn.memory.new_backup = std::move(backup);
}

void receive_put(Turn& turn) {
  if (!turn.memory.new_backup) return;
  const NewBackup& created = *turn.memory.new_backup;
  turn.backup.begin({.backup = created.backup, .lock = created.lock, .packed_at = {}}, created.key);
  turn.backup.enqueue_all();
  share_backup_key(turn);
  turn.memory.packing.reset();
  if (created.lock == wire::BackupLock::passphrase) {
    turn.answer(created.command, BackupCreated{.words = {}, .code = {}, .strength = shown(created.strength)});
  } else if (created.lock == wire::BackupLock::recovery_key) {
    turn.answer(created.command, Done{});
  }
  turn.memory.new_backup.reset();
}

/// Which backup there is; asked where this home has a key and does not know, or knows of none.
void receive_shown(Turn& turn, const wire::Backup& backup) {
  auto row = turn.backup.load();
  if (!row) return do_without_history(turn);
  if (row->backup == backup.backup && backup.packs < row->packs) {
    turn.notice({.kind = SecurityNoticeKind::backup_shortened});
    return;
  }
  const auto lock = session::lock_of(backup.header);
  row->backup = backup.backup;
  if (lock) row->lock = *lock;
  row->is_reading = backup.packs > row->packs;
  turn.backup.save(*row);
}

void receive_packs(Turn& turn, const wire::BackupPage& page) {
  auto row = turn.backup.load();
  const auto key = turn.backup.key();
  if (!row || !key) return;
  for (const wire::BackupPack& pack : page.packs) {
    if (pack.number <= row->packs) continue;
    const auto content = session::open_pack({row->backup, row->packs + 1}, *key, pack.pack);
    // One that does not open is named and passed over: the others are not lost with it.
    if (pack.number != row->packs + 1 || !content) turn.notice({.kind = SecurityNoticeKind::backup_altered});
    if (content) turn.memory.keys_read += keep_content(turn, *content, KeyOrigin::server);
    row->size += pack.pack.size();
    ++row->packs;
  }
  const bool was_reading = row->is_reading;
  row->is_reading = page.more && !page.packs.empty();
  turn.backup.save(*row);
  if (!was_reading || row->is_reading) return;
  turn.tell(BackupRead{.packs = row->packs, .keys = turn.memory.keys_read});
  turn.memory.keys_read = 0;
}

void receive_packed(Turn& turn, const AskBackup& question) {
  auto row = turn.backup.load();
  if (!row || !turn.memory.packing || turn.memory.packing->number != question.pack) return;
  for (const std::uint64_t position : turn.memory.packing->positions) turn.backup.packed(position);
  for (const auto& [conversation, digest] : turn.memory.packing->profiles) {
    turn.groups.profile_packed(conversation, digest);
  }
  row->packs = question.pack;
  row->size += turn.memory.packing->pack.size();
  row->packed_at = turn.now;
  turn.backup.save(*row);
  turn.memory.packing.reset();
  turn.memory.is_backup_refused = false;
}

/// The next pack: profiles of groups first, which are few, then keys. Nothing if there is nothing to pack.
std::optional<Packing> make_pack(Turn& turn, const BackupRow& row) {
  const auto key = turn.backup.key();
  Packing packing{.number = row.packs + 1, .positions = {}, .profiles = {}, .pack = {}};
  wire::BackupContent content = content_of(turn.groups.unpacked_profiles(profiles_per_pack));
  for (const wire::KnownProfile& profile : content.profiles) {
    packing.profiles.emplace_back(profile.conversation, crypto::sha256(profile.profile));
  }
  if (packing.profiles.empty()) {
    std::vector<UnpackedKey> keys = turn.backup.unpacked(keys_per_pack);
    for (const UnpackedKey& unpacked : keys) packing.positions.push_back(unpacked.position);
    content = content_of(std::move(keys));
  }
  if (!key || turn.context.damaged || (packing.profiles.empty() && packing.positions.empty())) return std::nullopt;
  packing.pack = session::seal_pack({row.backup, packing.number}, *key, content, turn.random);
  return packing;
}

void pack(Turn& turn, const BackupRow& row) {
  if (!turn.memory.packing || turn.memory.packing->number != row.packs + 1) {
    turn.memory.packing = make_pack(turn, row);
    if (!turn.memory.packing) return;
  }
  turn.ask(AskBackup{.question = BackupQuestion::append, .pack = turn.memory.packing->number},
           wire::AppendBackup{
               .backup = row.backup, .number = turn.memory.packing->number, .pack = turn.memory.packing->pack});
}

bool has_unpacked_profiles(Turn& turn) { return !turn.groups.unpacked_profiles(1).empty(); }

void pump_packs(Turn& turn, const BackupRow& row) {
  const std::uint64_t waiting = turn.backup.unpacked_count();
  if (waiting == 0 && !has_unpacked_profiles(turn)) {
    turn.memory.pack_at_once = false;
    return;
  }
  const bool due = turn.memory.pack_at_once || waiting >= keys_per_pack || turn.now - row.packed_at >= pack_interval;
  if (due) pack(turn, row);
}

/// The present backup was deleted, or another device began one anew, whose key this home does not have.
void forget_backup(Turn& turn, const AskBackup& question) {
  const std::optional<BackupRow> row = turn.backup.load();
  if (question.question == BackupQuestion::check) return drop_offered_backup(turn);
  if (question.question == BackupQuestion::read && row && row->backup != question.backup) return;
  // Nobody made the one for the devices by hand, so nobody misses it.
  if (row && !row->backup.is_zero() && row->lock != wire::BackupLock::devices) {
    turn.notice({.kind = SecurityNoticeKind::backup_gone});
  }
  turn.backup.forget();
  turn.memory.packing.reset();
}

void receive_put_refused(Turn& turn, const wire::Error& error) {
  const NewBackup& created = *turn.memory.new_backup;
  if (created.lock == wire::BackupLock::devices) {
    do_without_history(turn);
  } else {
    turn.fail(created.command, error_of(error));
  }
  turn.memory.new_backup.reset();
}

/// Another device was faster, or an answer was lost: what is there now is read first.
void read_on(Turn& turn, const AskBackup& question) {
  turn.memory.packing.reset();
  turn.memory.is_backup_refused = false;
  turn.memory.link.pause(key_of(question), turn.now + conflict_pause);
  if (auto row = turn.backup.load()) {
    row->is_reading = true;
    turn.backup.save(*row);
  }
}

void receive_refused(Turn& turn, const AskBackup& question, const wire::Error& error) {
  turn.memory.is_backup_refused = true;
  if (question.question == BackupQuestion::append && error.code == wire::ErrorCode::invalid_value) {
    // The server holds fewer packs than it confirmed.
    turn.notice({.kind = SecurityNoticeKind::backup_shortened});
    turn.memory.link.pause(key_of(question), turn.now + hours(1));
  } else if (error.code == wire::ErrorCode::limit_reached) {
    turn.memory.link.pause(key_of(question), turn.now + hours(1));
  } else {
    pause_after(turn, question, error);
  }
}

}  // namespace

Strength shown(session::PassphraseStrength strength) {
  switch (strength) {
    case session::PassphraseStrength::too_short:
      return Strength::too_short;
    case session::PassphraseStrength::weak:
      return Strength::weak;
    case session::PassphraseStrength::fair:
      return Strength::fair;
    case session::PassphraseStrength::strong:
      return Strength::strong;
  }
  return Strength::not_estimated;
}

wire::BackupContent content_of(std::vector<UnpackedKey> keys) {
  std::ranges::stable_sort(keys, {}, &UnpackedKey::conversation);
  wire::BackupContent content;
  for (UnpackedKey& unpacked : keys) {
    if (content.conversations.empty() || content.conversations.back().conversation != unpacked.conversation) {
      content.conversations.push_back({.conversation = unpacked.conversation, .keys = {}});
    }
    content.conversations.back().keys.push_back(std::move(unpacked.key));
  }
  return content;
}

wire::BackupContent content_of(std::vector<UnpackedProfile> profiles) {
  wire::BackupContent content;
  std::size_t size = 0;
  for (UnpackedProfile& profile : profiles) {
    size += profile.profile.size();
    if (!content.profiles.empty() && size > largest_profiles) break;
    content.profiles.push_back({.conversation = profile.conversation, .profile = std::move(profile.profile)});
  }
  return content;
}

std::size_t keep_content(Turn& turn, const wire::BackupContent& content, KeyOrigin origin) {
  for (const wire::KnownProfile& known : content.profiles) {
    const auto profile = wire::decode<wire::GroupProfile>(known.profile);
    if (!profile) continue;
    turn.groups.save_profile(known.conversation, *profile);
    if (origin == KeyOrigin::server) turn.groups.profile_packed(known.conversation, crypto::sha256(known.profile));
  }
  std::size_t count = 0;
  for (const wire::ConversationKeys& conversation : content.conversations) {
    for (const wire::MessageKey& key : conversation.keys) {
      const KeyPlace place{conversation.conversation, {key.sender, key.sender_device}, key.message};
      const auto row = turn.conversations.find(conversation.conversation);
      const bool is_dealt_with = row && key.seq != 0 && key.seq <= row->cursor;
      ++count;
      if (!is_dealt_with) {
        turn.backup.add_known(place, key, origin);
      } else if (origin == KeyOrigin::server) {
        turn.backup.packed_elsewhere(place);
      }
    }
  }
  return count;
}

void run_create_backup(Turn& turn, WaitingCommand& waiting, const CreateBackup& command) {
  RunningCommand running(turn, waiting);
  const std::uint64_t id = waiting.frame.id;
  if (!running.can_ask()) return;
  if (turn.memory.new_backup && turn.memory.new_backup->command == id) return;
  if (is_reading_backup(turn)) return running.fail(ClientErrorCode::backup_busy);
  if (!command.passphrase.empty() &&
      session::strength_of(command.passphrase) == session::PassphraseStrength::too_short) {
    return running.fail(ClientErrorCode::weak_passphrase);
  }
  waiting.blocked_on = key_of(AskBackup{.question = BackupQuestion::put});
  begin_backup(turn, id, command.passphrase);
}

void run_confirm_backup(Turn& turn, WaitingCommand& waiting, const ConfirmBackup& command) {
  RunningCommand running(turn, waiting);
  if (!running.can_ask()) return;
  std::optional<NewBackup>& created = turn.memory.new_backup;
  if (!created || created->asked[0].empty()) return running.fail(ClientErrorCode::no_backup);
  if (lowered(command.first_word) != created->asked[0] || lowered(command.second_word) != created->asked[1]) {
    return running.fail(ClientErrorCode::wrong_words);
  }
  created->is_confirmed = true;
  created->command = waiting.frame.id;
  waiting.blocked_on = key_of(AskBackup{.question = BackupQuestion::put});
}

void run_backup_status(Turn& turn, std::uint64_t command) {
  const std::optional<BackupRow> row = turn.backup.load();
  BackupShown status{.on = row && row->lock != wire::BackupLock::devices,
                     .waiting = turn.backup.unpacked_count(),
                     .packed_at = std::nullopt};
  if (row) {
    status.lock = row->lock;
    status.packs = row->packs;
    status.size = row->size;
    status.reading = row->is_reading;
    if (row->packed_at.value != 0) status.packed_at = row->packed_at;
  }
  turn.answer(command, status);
}

void run_erase_backup(Turn& turn, WaitingCommand& waiting) {
  RunningCommand running(turn, waiting);
  if (!running.can_ask()) return;
  turn.memory.new_backup.reset();
  running.ask(AskBackup{.question = BackupQuestion::erase}, wire::DeleteBackup{});
}

void pump_backup(Turn& turn) {
  if (!turn.memory.link.is_live()) return;
  if (turn.memory.new_backup && turn.memory.new_backup->is_confirmed) {
    turn.ask(AskBackup{.question = BackupQuestion::put},
             wire::PutBackup{.backup = turn.memory.new_backup->backup, .header = turn.memory.new_backup->header});
    return;
  }
  const std::optional<BackupRow> row = turn.backup.load();
  if (!row) return;
  pump_backup_key(turn);
  if (turn.memory.offered_backup) {
    const BackupId offered = turn.memory.offered_backup->backup;
    turn.ask(AskBackup{.question = BackupQuestion::check, .backup = offered},
             wire::ReadBackup{.backup = offered, .after = 0});
  }
  if (row->backup.is_zero()) {
    turn.ask(AskBackup{.question = BackupQuestion::get}, wire::GetBackup{});
  } else if (row->is_reading) {
    turn.ask(AskBackup{.question = BackupQuestion::read, .backup = row->backup},
             wire::ReadBackup{.backup = row->backup, .after = row->packs});
  } else {
    pump_packs(turn, *row);
  }
}

bool is_all_packed(Turn& turn) {
  const std::optional<BackupRow> row = turn.backup.load();
  if (!row || (turn.backup.unpacked_count() == 0 && !has_unpacked_profiles(turn))) return true;
  turn.memory.pack_at_once = true;
  // Refused a moment ago: that must not keep anybody from logging out.
  if (!turn.memory.is_backup_refused) return false;
  for (const BackupQuestion question : {BackupQuestion::get, BackupQuestion::read, BackupQuestion::append}) {
    if (turn.memory.link.is_paused(key_of(AskBackup{.question = question}), turn.now)) return true;
  }
  return false;
}

bool is_reading_backup(Turn& turn) {
  const std::optional<BackupRow> row = turn.backup.load();
  return row && (row->is_reading || row->backup.is_zero());
}

bool receive_backup(Turn& turn, const Asked& asked, const AskBackup& question, const wire::Answer& answer) {
  if (question.question == BackupQuestion::get) {
    const auto* backup = std::get_if<wire::Backup>(&answer);
    if (backup != nullptr) receive_shown(turn, *backup);
    return backup != nullptr;
  }
  if (question.question == BackupQuestion::read) {
    const auto* page = std::get_if<wire::BackupPage>(&answer);
    const auto row = turn.backup.load();
    // Packs of a backup that this home went over from meanwhile say nothing of the present one.
    if (page != nullptr && row && row->backup == question.backup) receive_packs(turn, *page);
    return page != nullptr;
  }
  if (question.question == BackupQuestion::check) {
    const auto* page = std::get_if<wire::BackupPage>(&answer);
    if (page != nullptr) (void)take_offered_backup(turn, question.backup);
    return page != nullptr;
  }
  const bool kept = question.question == BackupQuestion::put || question.question == BackupQuestion::append ||
                    question.question == BackupQuestion::erase;
  // The answer of a recovery that was given up meanwhile.
  if (!kept) return true;
  if (!std::holds_alternative<wire::Done>(answer)) return false;
  if (question.question == BackupQuestion::put) receive_put(turn);
  if (question.question == BackupQuestion::append) receive_packed(turn, question);
  if (question.question == BackupQuestion::erase) {
    turn.backup.forget();
    turn.answer(asked.command, Done{});
  }
  return true;
}

void receive_backup_refused(Turn& turn, const Asked& asked, const AskBackup& question, const wire::Error& error) {
  using enum wire::ErrorCode;
  if (question.question == BackupQuestion::put && turn.memory.new_backup) {
    receive_put_refused(turn, error);
  } else if (question.question == BackupQuestion::erase) {
    turn.fail(asked.command, error_of(error));
  } else if (question.question == BackupQuestion::get && !turn.backup.load()) {
    error.code == not_found ? begin_backup_for_devices(turn) : do_without_history(turn);
  } else if (error.code == conflict) {
    read_on(turn, question);
  } else if (error.code == not_found) {
    forget_backup(turn, question);
  } else {
    receive_refused(turn, question, error);
  }
}

}  // namespace sotto::client
