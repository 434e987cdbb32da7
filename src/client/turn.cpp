#include "client/turn.h"

#include "client/wording.h"
#include "wire/frame_codec.h"

namespace sotto::client {

void Memory::forget_stream() {
  transparency = {};
  groups.forget_stream();
  checked_senders.clear();
  checked_mailbox_senders.clear();
  held_mailbox.reset();
  held_conversations.clear();
  own_list_epochs.clear();
  short_logs.clear();
  noticed.clear();
  stale_epochs.clear();
  without_prekeys.clear();
  claims_paused_until = {};
  privacy.reset();
  wanted_privacy.reset();
  presence_asked = false;
  mailbox_waits = false;
  mailbox_holds_new = false;
  resume_again = false;
  own_list_checked = false;
  stock_checked = false;
  refreshed = false;
  if (recovery) recovery->is_authenticated = false;
}

void Memory::forget_unfinished() {
  joining.reset();
  admission.reset();
  list_change.reset();
  new_backup.reset();
  packing.reset();
  offered_backup.reset();
  recovery.reset();
  groups.forget_stream();
}

Turn::Turn(Memory& turn_memory, const StoreContext& turn_context, UnixMillis turn_now)
    : memory(turn_memory),
      random(turn_context.random),
      now(turn_now),
      context(turn_context),
      home(turn_context),
      contacts(turn_context),
      conversations(turn_context),
      timeline(turn_context),
      outbox(turn_context),
      sessions(turn_context),
      settings(turn_context),
      waiting(turn_context),
      backup(turn_context),
      groups(turn_context),
      history(turn_context) {}

void Turn::tell(Event event) { effects.events.push_back({.command = 0, .event = std::move(event)}); }

void Turn::answer(std::uint64_t command, Event event) {
  if (command == 0 || !answered_.insert(command).second) return;
  effects.events.push_back({.command = command, .event = std::move(event)});
}

void Turn::fail(std::uint64_t command, ClientError error) { answer(command, Failed{std::move(error)}); }

void Turn::fail(std::uint64_t command, ClientErrorCode code) { fail(command, error_of(code)); }

void Turn::notice(const Notice& notice) {
  Bytes subject;
  const auto append = [&](ByteView part) { subject.insert(subject.end(), part.begin(), part.end()); };
  if (notice.account) append(notice.account->bytes);
  if (notice.conversation) append(notice.conversation->bytes);
  if (notice.seq) append(as_bytes(std::to_string(*notice.seq)));
  constexpr std::size_t most_notices = 1'000;
  if (memory.noticed.size() >= most_notices || !memory.noticed.insert({notice.kind, subject}).second) return;
  tell(SecurityNotice{.kind = notice.kind,
                      .account = notice.account,
                      .conversation = notice.conversation,
                      .seq = notice.seq,
                      .text = words_for(notice.kind, notice.account ? contacts.name_of(*notice.account) : "")});
}

bool Turn::ask(Question question, wire::Request request, std::uint64_t command) {
  const QuestionKey key = key_of(question, command);
  if (memory.link.is_open(key)) return true;
  if (!memory.link.may_ask(key, now)) return false;
  const std::uint64_t id = memory.link.ask({.question = std::move(question), .command = command, .since = now});
  effects.frames.push_back(wire::encode(wire::ClientFrame{.id = id, .request = std::move(request)}));
  return true;
}

Turn::Notice about(const wire::LogEntry& entry, SecurityNoticeKind kind) {
  return {.kind = kind, .account = entry.sender, .conversation = entry.conversation, .seq = entry.seq};
}

}  // namespace sotto::client
