#include "client/backup/recovery.h"

#include <algorithm>

#include "client/backup/offline.h"
#include "client/directory.h"
#include "client/signing_in.h"
#include "client/wording.h"
#include "session/backup_file.h"

namespace sotto::client {
namespace {

/// One recovery at work; ends by answering or failing its command.
class Recovering {
 public:
  Recovering(Turn& turn, WaitingCommand& waiting) : turn_(turn), waiting_(waiting), id_(waiting.frame.id) {}

  /// The recovery of this command, begun if need be; nothing if it has failed or must wait.
  Recovery* begin(const std::string& name) {
    std::optional<Recovery>& recovery = turn_.memory.recovery;
    if (recovery && recovery->command == id_) return turn_.memory.link.is_open() ? &*recovery : nullptr;
    if (turn_.home.load().state != LoginState::empty) return fail(ClientErrorCode::already_registered);
    if (!account_name(name)) return fail(ClientErrorCode::invalid_name);
    recovery = Recovery{.command = id_, .device = session::generate_unlinked_device(turn_.random)};
    return turn_.memory.link.is_open() ? &*recovery : nullptr;
  }

  void restore(Recovery& recovery, const RestoreBackup& command) {
    if (!recovery.login) return sign_in(command.name, command.password);
    if (!recovery.is_authenticated) {
      return ask(BackupQuestion::authenticate, wire::Authenticate{.access_token = recovery.login->tokens.access_token});
    }
    if (!recovery.account) return ask(BackupQuestion::account, wire::GetAccount{.account = recovery.login->account});
    if (command.file.empty() && !recovery.backup) return ask(BackupQuestion::get, wire::GetBackup{});
    if (!recovery.list && !prepare(recovery, command)) return;
    if (!recovery.is_listed) {
      return ask(BackupQuestion::publish, wire::PublishDeviceList{.device_list = *recovery.list});
    }
    ask(BackupQuestion::refresh, wire::Refresh{.refresh_token = recovery.login->tokens.refresh_token});
  }

  void reset(Recovery& recovery, const ResetIdentity& command) {
    if (!recovery.login) return sign_in(command.name, command.password);
    if (!recovery.anew) recovery.anew = make_anew(recovery.login->account);
    wire::ResetAccount request = recovery.anew->request;
    request.name = *account_name(command.name);
    request.password = command.password;
    ask(BackupQuestion::reset, std::move(request));
  }

  Recovery* fail(ClientErrorCode code) {
    turn_.memory.recovery.reset();
    turn_.fail(id_, code);
    return nullptr;
  }

 private:
  template <class Request>
  void ask(BackupQuestion question, Request request) {
    waiting_.blocked_on = key_of(AskBackup{.question = question});
    turn_.ask(AskBackup{.question = question}, std::move(request));
  }

  void sign_in(const std::string& name, const std::string& password) {
    ask(BackupQuestion::recover,
        wire::Recover{
            .name = *account_name(name), .password = password, .device = turn_.memory.recovery->device.device});
  }

  /// Opens the backup and signs the list with this device on it. False if the command has failed.
  bool prepare(Recovery& recovery, const RestoreBackup& command) {
    auto secrets =
        command.file.empty() ? open(recovery.backup->backup, recovery.backup->header, command) : open_file(command);
    if (!secrets) return false;
    const wire::AccountRecord& record = *recovery.account;
    const session::AccountIdentity identity{.account = secrets->account,
                                            .account_key = crypto::ed25519_from_seed(secrets->account_seed.copy())};
    const bool own = identity.account == record.account && identity.account_key.public_key == record.account_key &&
                     account_name(command.name) == record.name;
    const auto known = session::verify_device_list(record.device_list, identity.account, record.account_key);
    // A backup of another identity, or a list that this account's key did not sign: nothing of it is believed.
    if (!own || !known) return fail(ClientErrorCode::backup_of_other_identity) != nullptr;
    session::DeviceListChange change{.added = session::record_of(recovery.device, turn_.now)};
    if (command.remove_others) {
      for (const wire::DeviceRecord& device : known->list.devices) change.removed.push_back(device.device);
    }
    auto list = session::sign_next_device_list(*known, change, identity);
    if (!list) return fail(ClientErrorCode::too_many_devices) != nullptr;
    recovery.list = std::move(*list);
    recovery.secrets = std::move(*secrets);
    return true;
  }

  std::optional<wire::BackupSecrets> open(BackupId backup, ByteView header, const RestoreBackup& command) {
    auto opened = std::expected<wire::BackupSecrets, session::BackupError>();
    if (command.recovery_key.empty()) {
      opened = session::open_backup(backup, header, session::Passphrase{.text = command.passphrase});
    } else {
      const auto key = session::parse_recovery_key(command.recovery_key);
      if (!key) return refuse(ClientErrorCode::invalid_recovery_key);
      opened = session::open_backup(backup, header, *key);
    }
    if (opened) return std::move(*opened);
    using enum session::BackupError;
    if (opened.error() == does_not_open) return refuse(ClientErrorCode::wrong_recovery_key);
    if (opened.error() == other_lock) {
      const bool is_for_devices = session::lock_of(header) == wire::BackupLock::devices;
      return refuse(is_for_devices ? ClientErrorCode::no_backup : ClientErrorCode::other_lock);
    }
    return refuse(ClientErrorCode::backup_damaged);
  }

  std::optional<wire::BackupSecrets> open_file(const RestoreBackup& command) {
    const auto file = session::read_backup_file(command.file);
    if (!file) return refuse(ClientErrorCode::backup_damaged);
    auto secrets = open(file->backup, file->header, command);
    if (secrets && !session::is_whole(command.file, secrets->backup_key)) {
      return refuse(ClientErrorCode::backup_damaged);
    }
    return secrets;
  }

  std::optional<wire::BackupSecrets> refuse(ClientErrorCode code) {
    fail(code);
    return std::nullopt;
  }

  NewIdentity make_anew(AccountId account) {
    session::AccountIdentity identity{.account = account, .account_key = crypto::generate_ed25519(turn_.random)};
    session::LocalDevice device = session::generate_device(identity, turn_.random);
    session::Replenished prekeys = session::replenish({}, device, {}, turn_.now, turn_.random);
    invariant(!prekeys.uploads.empty());
    wire::ResetAccount request{.name = {},
                               .password = {},
                               .account_key = identity.account_key.public_key,
                               .device_list = session::first_device_list(identity, device, turn_.now),
                               .device = device.address.device,
                               .prekeys = std::move(prekeys.uploads.front())};
    prekeys.uploads.erase(prekeys.uploads.begin());
    return {.identity = std::move(identity),
            .device = std::move(device),
            .prekeys = std::move(prekeys.next),
            .uploads = std::move(prekeys.uploads),
            .request = std::move(request)};
  }

  Turn& turn_;
  WaitingCommand& waiting_;
  std::uint64_t id_;
};

void add_uploads(Turn& turn, const std::vector<wire::PublishPrekeys>& uploads) {
  for (const wire::PublishPrekeys& upload : uploads) {
    turn.outbox.add_upload(UploadKind::prekeys, wire::encode(upload));
  }
}

/// The command that the recovery is for, as long as it waits.
template <class Command>
const Command* command_of(const Turn& turn) {
  for (const WaitingCommand& waiting : turn.memory.waiting) {
    if (waiting.frame.id == turn.memory.recovery->command) return std::get_if<Command>(&waiting.frame.command);
  }
  return nullptr;
}

/// What was known of the account's backup: read on from its first pack, on the live stream that follows.
void begin_reading(Turn& turn, const Recovery& recovery, const RestoreBackup& command) {
  const wire::BackupSecrets& secrets = *recovery.secrets;
  BackupRow row;
  if (recovery.backup) {
    row.backup = recovery.backup->backup;
    row.is_reading = recovery.backup->packs > 0;
    if (const auto lock = session::lock_of(recovery.backup->header)) row.lock = *lock;
  }
  turn.backup.begin(row, secrets.backup_key);
  if (command.file.empty()) return;
  if (const auto file = session::read_backup_file(command.file)) keep_file_keys(turn, *file, secrets.backup_key);
}

/// The list names this device and the login has its full tokens: the home is the account's again.
void finish_restore(Turn& turn, const wire::Tokens& tokens) {
  Recovery& recovery = *turn.memory.recovery;
  const auto* command = command_of<RestoreBackup>(turn);
  if (command == nullptr) return;
  const session::AccountIdentity identity{
      .account = recovery.account->account,
      .account_key = crypto::ed25519_from_seed(recovery.secrets->account_seed.copy())};
  const session::LocalDevice device = session::join_account(recovery.device.copy(), identity);
  session::Replenished prekeys = session::replenish({}, device, {}, turn.now, turn.random);
  turn.home.join({.identity = identity, .device = device, .prekeys = prekeys.next, .name = recovery.account->name});
  add_uploads(turn, prekeys.uploads);
  wire::AccountRecord record = *recovery.account;
  record.device_list = *recovery.list;
  pin_own_account(turn, record);
  const auto list = session::verify_device_list(record.device_list, record.account, record.account_key);
  begin_reading(turn, recovery, *command);
  turn.home.sign_in(recovery.login->login, stored_tokens(tokens));
  turn.answer(recovery.command, Restored{.account = record.account,
                                         .device = device.address.device,
                                         .name = record.name,
                                         .packs = recovery.backup ? recovery.backup->packs : 0,
                                         .devices = list ? static_cast<std::uint32_t>(list->list.devices.size()) : 0});
  turn.memory.recovery.reset();
  // The stream is tied to the login's first tokens.
  turn.memory.link.give_up();
}

void finish_reset(Turn& turn, const wire::SignedIn& signed_in) {
  Recovery& recovery = *turn.memory.recovery;
  const auto* command = command_of<ResetIdentity>(turn);
  if (command == nullptr || !recovery.anew) return;
  const NewIdentity& anew = *recovery.anew;
  const bool right = signed_in.account == anew.identity.account && signed_in.device == anew.device.address.device;
  const std::uint64_t id = recovery.command;
  if (!right) {
    turn.memory.recovery.reset();
    return turn.fail(id, ClientErrorCode::server_distrusted);
  }
  const std::string name = *account_name(command->name);
  turn.home.join({.identity = anew.identity, .device = anew.device, .prekeys = anew.prekeys, .name = name});
  add_uploads(turn, anew.uploads);
  pin_own_account(turn, {.account = anew.identity.account,
                         .name = name,
                         .account_key = anew.identity.account_key.public_key,
                         .device_list = anew.request.device_list});
  turn.home.sign_in(signed_in.login, stored_tokens(signed_in.tokens));
  turn.answer(id, SignedIn{.account = signed_in.account, .device = signed_in.device, .name = name});
  turn.memory.recovery.reset();
  turn.memory.link.give_up();
}

void receive_login(Turn& turn, const wire::SignedIn& signed_in) {
  Recovery& recovery = *turn.memory.recovery;
  if (signed_in.device == recovery.device.device) {
    recovery.login = signed_in;
    return;
  }
  const std::uint64_t id = recovery.command;
  turn.memory.recovery.reset();
  turn.fail(id, ClientErrorCode::server_distrusted);
}

void receive_account_shown(Turn& turn, const wire::AccountRecord& record) {
  Recovery& recovery = *turn.memory.recovery;
  if (record.account == recovery.login->account) recovery.account = record;
}

ClientError error_of_recovery(const AskBackup& question, const wire::Error& error) {
  if (question.question == BackupQuestion::get && error.code == wire::ErrorCode::not_found) {
    return error_of(ClientErrorCode::no_backup);
  }
  return error_of(error);
}

}  // namespace

void run_restore_backup(Turn& turn, WaitingCommand& waiting, const RestoreBackup& command) {
  Recovering recovering(turn, waiting);
  if (command.recovery_key.empty() == command.passphrase.empty()) {
    recovering.fail(ClientErrorCode::bad_command);
    return;
  }
  if (!command.recovery_key.empty()) {
    const auto key = session::parse_recovery_key(command.recovery_key);
    if (!key) return turn.fail(waiting.frame.id, error_of(key.error()));
  }
  if (Recovery* recovery = recovering.begin(command.name)) recovering.restore(*recovery, command);
}

void run_reset_identity(Turn& turn, WaitingCommand& waiting, const ResetIdentity& command) {
  Recovering recovering(turn, waiting);
  if (Recovery* recovery = recovering.begin(command.name)) recovering.reset(*recovery, command);
}

void drop_ended_recovery(Turn& turn) {
  if (!turn.memory.recovery) return;
  const bool waits = std::ranges::any_of(turn.memory.waiting, [&](const WaitingCommand& waiting) {
    return waiting.frame.id == turn.memory.recovery->command;
  });
  if (!waits) turn.memory.recovery.reset();
}

bool receive_recovery(Turn& turn, const AskBackup& question, const wire::Answer& answer) {
  // Given up meanwhile.
  if (!turn.memory.recovery) return true;
  Recovery& recovery = *turn.memory.recovery;
  if (const auto* signed_in = std::get_if<wire::SignedIn>(&answer)) {
    if (question.question == BackupQuestion::recover) receive_login(turn, *signed_in);
    if (question.question == BackupQuestion::reset) finish_reset(turn, *signed_in);
  } else if (const auto* record = std::get_if<wire::AccountRecord>(&answer)) {
    receive_account_shown(turn, *record);
  } else if (const auto* backup = std::get_if<wire::Backup>(&answer)) {
    recovery.backup = *backup;
  } else if (const auto* tokens = std::get_if<wire::Tokens>(&answer)) {
    finish_restore(turn, *tokens);
  } else if (std::holds_alternative<wire::Authenticated>(answer)) {
    recovery.is_authenticated = true;
  } else if (std::holds_alternative<wire::Done>(answer)) {
    recovery.is_listed = recovery.list.has_value();
  } else {
    return false;
  }
  return true;
}

void receive_recovery_refused(Turn& turn, const AskBackup& question, const wire::Error& error) {
  if (!turn.memory.recovery) return;
  Recovery& recovery = *turn.memory.recovery;
  if (question.question == BackupQuestion::publish && error.code == wire::ErrorCode::stale_device_list) {
    // Another device changed the list meanwhile: it is read again, and this device added to that one.
    recovery.account.reset();
    recovery.list.reset();
    return;
  }
  const std::uint64_t command = recovery.command;
  turn.memory.recovery.reset();
  turn.fail(command, error_of_recovery(question, error));
}

}  // namespace sotto::client
