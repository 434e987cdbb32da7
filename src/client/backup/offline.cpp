#include "client/backup/offline.h"

#include <algorithm>

#include "client/backup/keeping.h"
#include "client/wording.h"
#include "session/backup_file.h"

namespace sotto::client {
namespace {

/// Locks the file's header; with a passphrase, or with a recovery key that the event shows.
bool lock(Turn& turn, const ExportBackup& wanted, const wire::BackupSecrets& secrets, session::BackupFile& file,
          BackupExported& event) {
  if (wanted.passphrase.empty()) {
    const auto key = turn.random.next_secret<32>();
    for (const std::string_view word : session::words_of(key)) event.words.emplace_back(word);
    event.code = as_text(session::recovery_text(key).reveal());
    file.header = session::lock_backup(file.backup, secrets, key, turn.random);
    return true;
  }
  event.strength = shown(session::strength_of(wanted.passphrase));
  auto header = session::lock_backup(file.backup, secrets, session::Passphrase{.text = wanted.passphrase}, turn.random);
  if (header) file.header = std::move(*header);
  return header.has_value();
}

void add_pack(Turn& turn, const Secret<32>& key, session::BackupFile& file, const wire::BackupContent& content) {
  const session::PackPlace place{file.backup, static_cast<std::uint32_t>(file.packs.size() + 1)};
  file.packs.push_back(session::seal_pack(place, key, content, turn.random));
}

void add_profiles(Turn& turn, const Secret<32>& key, session::BackupFile& file) {
  std::vector<UnpackedProfile> profiles = turn.groups.all_profiles();
  while (!profiles.empty() && !turn.context.damaged) {
    const std::size_t share = std::min(profiles.size(), profiles_per_pack);
    const auto end = profiles.begin() + static_cast<std::ptrdiff_t>(share);
    const wire::BackupContent content = content_of(std::vector<UnpackedProfile>(profiles.begin(), end));
    add_pack(turn, key, file, content);
    profiles.erase(profiles.begin(), profiles.begin() + static_cast<std::ptrdiff_t>(content.profiles.size()));
  }
}

void add_packs(Turn& turn, const Secret<32>& key, session::BackupFile& file, BackupExported& event) {
  std::uint64_t after = 0;
  while (true) {
    std::vector<UnpackedKey> keys = turn.backup.all_keys({.after = after, .limit = keys_per_pack});
    if (keys.empty() || turn.context.damaged) return;
    after = keys.back().position;
    event.keys += keys.size();
    add_pack(turn, key, file, content_of(std::move(keys)));
  }
}

}  // namespace

void run_export_backup(Turn& turn, std::uint64_t command, const ExportBackup& wanted) {
  const Home home = turn.home.load();
  if (home.state == LoginState::empty || home.state == LoginState::registering) {
    return turn.fail(command, ClientErrorCode::not_registered);
  }
  if (!wanted.passphrase.empty() && session::strength_of(wanted.passphrase) == session::PassphraseStrength::too_short) {
    return turn.fail(command, ClientErrorCode::weak_passphrase);
  }
  session::AccountIdentity identity = turn.home.identity();
  if (turn.context.damaged) return;
  // With the server backup's own key, so that whoever imports this goes on with that one.
  std::optional<Secret<32>> kept = turn.backup.key();
  const wire::BackupSecrets secrets{.account = home.account,
                                    .account_seed = std::move(identity.account_key.seed),
                                    .backup_key = kept ? std::move(*kept) : turn.random.next_secret<32>()};
  session::BackupFile file{.backup = turn.random.next<BackupId>(), .header = {}, .packs = {}};
  BackupExported event;
  if (!lock(turn, wanted, secrets, file, event)) return turn.fail(command, ClientErrorCode::storage_failed);
  if (!wanted.identity_only) add_profiles(turn, secrets.backup_key, file);
  if (!wanted.identity_only) add_packs(turn, secrets.backup_key, file, event);
  event.file = session::write_backup_file(file, secrets.backup_key);
  if (auto frames = session::split_into_frames(event.file)) event.frames = std::move(*frames);
  turn.answer(command, std::move(event));
}

void keep_file_keys(Turn& turn, const session::BackupFile& file, const Secret<32>& key) {
  for (std::size_t index = 0; index < file.packs.size(); ++index) {
    const session::PackPlace place{file.backup, static_cast<std::uint32_t>(index + 1)};
    const auto content = session::open_pack(place, key, file.packs[index]);
    if (content) keep_content(turn, *content, KeyOrigin::file);
  }
}

}  // namespace sotto::client
