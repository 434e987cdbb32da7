#include "client/backup/history_for_devices.h"

#include "client/backup/keeping.h"

namespace sotto::client {

bool is_history_ready(Turn& turn, const Admission& admission) {
  if (turn.backup.load()) return is_all_packed(turn);
  if (admission.is_without_history) return true;
  const std::optional<NewBackup>& begun = turn.memory.new_backup;
  // Its words may never be typed.
  if (begun && !begun->is_confirmed) return true;
  // One is never begun on a guess, because that would delete another device's.
  if (!begun) turn.ask(AskBackup{.question = BackupQuestion::get}, wire::GetBackup{});
  return false;
}

void begin_backup_for_devices(Turn& turn) {
  if (!turn.memory.admission || turn.memory.new_backup) return;
  turn.memory.new_backup = NewBackup{.command = 0,
                                     .backup = turn.random.next<BackupId>(),
                                     .key = turn.random.next_secret<32>(),
                                     .lock = wire::BackupLock::devices,
                                     .header = session::header_for_devices(turn.random),
                                     .is_confirmed = true};
}

void do_without_history(Turn& turn) {
  if (turn.memory.admission) turn.memory.admission->is_without_history = true;
}

}  // namespace sotto::client
